"""palms.toml and --config: every problem at once, with its line and what was meant."""

from __future__ import annotations

import pytest

from palms_spec.engine.settings import load_settings
from palms_spec.errors import ConfigurationError
from tests.projects import lint, rules, write_project

MARKED = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Why?\n\nNobody knows. <|im_start|>\n"
SAMPLE = "datasets/example/samples/marked.md"


def test_all_problems_are_told_at_once_with_their_lines(tmp_path):
    root = write_project(
        tmp_path,
        {"palms.toml": 'rules-version = 2\nexlude = ["a"]\n\n[lint]\nselect = "SAM"\nfail-on = "fatal"\nslect = []\n'},
    )
    with pytest.raises(ConfigurationError) as caught:
        load_settings(root)
    text = str(caught.value)
    assert "line 1: rules-version is 2, expected 1" in text
    assert "line 2: there is no key exlude; did you mean exclude?" in text
    assert "line 5: lint.select is 'SAM', expected a list of texts" in text
    assert "line 6: lint.fail-on is 'fatal', expected one of note, warning, error" in text
    assert "line 7: there is no key lint.slect; did you mean lint.select?" in text


def test_unknown_rules_are_told_with_what_was_meant(tmp_path):
    root = write_project(tmp_path, {"palms.toml": '[lint]\nselect = ["role-maker", "SAM999", "sam"]\n'})
    with pytest.raises(ConfigurationError) as caught:
        load_settings(root)
    assert "there is no rule role-maker; did you mean role-marker?" in str(caught.value)
    assert "there is no rule sam; did you mean SAM?" in str(caught.value)


def test_keys_rules_and_settings_are_told_together_and_with_their_lines(tmp_path):
    toml = """\
[lint]
slect = ["nope"]
ignore = ["sample-too-lon"]
severity = {nope = "error"}
per-file-ignores = {"a/*" = ["wrong"], "b/*" = ["wrong"]}

[lint.rules.sample-too-long]
mox = 3

[lint.rules.overused-opening]
share = "high"
"""
    root = write_project(tmp_path, {"palms.toml": toml})
    with pytest.raises(ConfigurationError) as caught:
        load_settings(root, select=["nope"], pairs=["lint.ignore=['nope']"])
    assert [problem.removeprefix(f"{root}/") for problem in caught.value.problems] == [
        "palms.toml: line 2: there is no key lint.slect; did you mean lint.select?",
        "there is no rule nope",
        "--config: lint.ignore: there is no rule nope",
        "palms.toml: line 4: lint.severity: there is no rule nope",
        "palms.toml: line 5: lint.per-file-ignores: there is no rule wrong",
        "palms.toml: line 11: lint.rules.overused-opening.share is 'high', expected a number from 0 to 1",
        "palms.toml: line 8: lint.rules.sample-too-long: there is no setting mox; it has none",
    ]


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("[lint.rules.near-duplicate-sample]\nthreshhold = 1\n", "did you mean threshold?"),
        ('[lint.rules.near-duplicate-sample]\nthreshold = "high"\n', "is 'high', expected a number"),
        ("[lint.rules.near-duplicate-sample]\nthreshold = true\n", "is True, expected a number from 0 to 1"),
        ("[lint.rules.near-duplicate-sample]\nthreshold = 3\n", "is 3, expected a number from 0 to 1"),
        ("[lint.rules.overused-opening]\nminimum = 1.5\n", "is 1.5, expected a whole number, at least 2"),
        ("[lint.rules.email-address]\nallowed = [3]\n", "is .3., expected a list of texts"),
        ("[lint.severity]\nrole-marker = 'loud'\n", "expected a table from rules to one of"),
        ("[lint.severity]\nrole-maker = 'note'\n", "did you mean role-marker?"),
        ("lint = 3\n", "there is no key lint"),
        ("[lint\n", "is no TOML"),
        ("plugins = ['nowhere']\n", "plug-in nowhere is not installed"),
        ("extend = 'palms.toml'\n", "extends itself"),
        ("extend = 'missing.toml'\n", "cannot be read"),
    ],
)
def test_what_is_wrong_is_an_error(tmp_path, toml, problem):
    root = write_project(tmp_path, {"palms.toml": toml})
    with pytest.raises(ConfigurationError, match=problem):
        load_settings(root)


def test_a_file_adds_to_the_one_it_extends(tmp_path):
    root = write_project(
        tmp_path,
        {
            "base/shared.toml": "[lint]\nselect = ['SAM']\nfail-on = 'note'\n[lint.severity]\nrole-marker = 'note'\n",
            "palms.toml": "extend = 'base/shared.toml'\n[lint]\nfail-on = 'error'\n[lint.severity]\nempty-answer = 'warning'\n",
        },
    )
    settings = load_settings(root)
    assert {record.family for record in settings.rulebook.records} == {"SAM"}
    assert settings.fail_on == "error"
    assert settings.severities == {"role-marker": "note", "empty-answer": "warning"}


def test_the_command_line_counts_more_than_the_file(tmp_path):
    root = write_project(tmp_path, {"palms.toml": "[lint]\nselect = ['DOC']\nfail-on = 'note'\n"})
    settings = load_settings(
        root,
        select=["SAM", "TXT001"],
        ignore=["empty-answer"],
        fail_on="error",
        pairs=["lint.rules.near-duplicate-sample.threshold=0.5", "lint.severity.role-marker=note"],
    )
    names = {record.name for record in settings.rulebook.records}
    assert {"role-marker", "control-character"} <= names
    assert not {"empty-answer", "syntax-error"} & names
    assert settings.fail_on == "error"
    assert settings.rulebook.settings == {"near-duplicate-sample": {"threshold": 0.5}}
    assert settings.severities == {"role-marker": "note"}


def test_isolated_leaves_the_file_unread(tmp_path):
    root = write_project(tmp_path, {"palms.toml": "this is no TOML"})
    assert load_settings(root, isolated=True).configuration is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["role-marker"]),
        ({"ignore": ["SAM004"]}, []),
        ({"ignore": ["SAM"]}, []),
        ({"ignore": ["SAM"], "extend_select": ["role-marker"]}, ["role-marker"]),
        ({"select": ["SAM"], "ignore": ["role-marker"]}, []),
        ({"select": ["TXT"]}, []),
        ({"select": ["ALL"], "ignore": ["ALL"]}, []),
    ],
)
def test_a_name_wins_over_its_family_and_ignore_wins_between_equals(tmp_path, given, expected):
    root = write_project(tmp_path, {SAMPLE: MARKED})
    assert rules(lint(root, **given)) == expected


@pytest.mark.parametrize(
    ("toml", "given", "expected"),
    [
        ("ignore = ['role-marker']", {}, []),
        ("ignore = ['role-marker']", {"select": ["SAM"]}, ["role-marker"]),
        ("ignore = ['role-marker']", {"extend_select": ["SAM004"]}, ["role-marker"]),
        ("select = ['role-marker']", {"ignore": ["SAM"]}, []),
        ("select = ['TXT']", {"ignore": ["DOC"]}, []),
        ("select = ['TXT']", {"extend_select": ["SAM"]}, ["role-marker"]),
    ],
)
def test_the_command_line_decides_over_the_file(tmp_path, toml, given, expected):
    root = write_project(tmp_path, {"palms.toml": f"[lint]\n{toml}\n", SAMPLE: MARKED})
    assert rules(lint(root, **given)) == expected


def test_severities_and_fail_on_decide_the_exit_code(tmp_path):
    root = write_project(tmp_path, {SAMPLE: MARKED})
    assert lint(root).exit_code == 1
    assert lint(root, pairs=["lint.severity.role-marker=note"]).exit_code == 0
    assert lint(root, pairs=["lint.severity.SAM004=note"], fail_on="note").exit_code == 1
