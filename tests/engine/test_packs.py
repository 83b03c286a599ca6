"""Rules of packs go the way of all rules: selected, cached, timed, suppressed and caused."""

from __future__ import annotations

import json

import pytest

from palms_spec.engine.known import known_rules
from palms_spec.engine.settings import load_settings
from palms_spec.errors import ConfigurationError
from palms_spec.findings import to_row
from tests.projects import found, lint, rules, write_files, write_project

HEAD = "palms: 1\nkind: rule-pack\nid: house\ntitle: House\nrules:\n"
SHOUT = """\
  - name: shout
    code: HOUSE001
    expected: No shouting.
    given: samples[*].completion
    check: {kind: absence, words: ["!"]}
    examples: [{bad: "a!", good: a}]
"""
LOUD = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is it a cold?\n\nAsk a clinician!\n"
SAMPLE, PACK = "datasets/example/samples/loud.md", "rules/house.yaml"


@pytest.fixture
def project(tmp_path):
    return write_project(tmp_path, {PACK: HEAD + SHOUT, SAMPLE: LOUD})


def _house(outcome):
    return [(one.rule, one.path, one.message) for one in outcome.stream() if one.code.startswith("HOUSE")]


def test_a_pack_in_the_folder_rules_is_used(project):
    assert _house(lint(project)) == [("shout", SAMPLE, "“!” is in the text")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"select": ["shout"]}, ["shout"]),
        ({"select": ["HOUSE"]}, ["shout"]),
        ({"ignore": ["HOUSE001"]}, []),
        ({"isolated": True}, []),
        ({"pairs": ["packs=[]"]}, []),
        ({"pairs": ["exclude=['rules']"]}, []),
    ],
)
def test_rules_of_packs_are_selected_as_others_are(project, given, expected):
    assert [rule for rule, _, _ in _house(lint(project, **given))] == expected


def test_the_configuration_says_where_packs_are(project):
    write_files(project, {"palms.toml": 'packs = ["house/**/*.yaml"]\n', "house/a/b.yaml": HEAD + SHOUT, PACK: None})
    assert len(_house(lint(project))) == 1
    write_files(project, {"palms.toml": 'packs = ["hause/*.yaml", "house-stile"]\n'})
    with pytest.raises(ConfigurationError) as caught:
        load_settings(project)
    assert caught.value.problems == [
        "packs: hause/*.yaml matches no file",
        "packs: no pack house-stile comes with palms; did you mean house-style?",
    ]


def test_a_pack_of_palms_is_used_by_its_name(project):
    write_files(
        project, {"palms.toml": 'packs = ["house-style"]\n', SAMPLE: LOUD.replace("Ask", "Great question! Ask")}
    )
    assert sorted({rule for rule, _, _ in _house(lint(project))}) == ["exclamation-mark", "stock-opening"]


def test_severities_are_set_by_name(project):
    outcome = lint(project, pairs=["lint.severity.shout=note"], select=["shout"])
    assert [finding.severity for finding in outcome.stream()] == ["note"]


def test_a_rule_of_a_pack_has_no_settings(project):
    with pytest.raises(ConfigurationError, match=r"lint.rules.shout: there is no setting words; it has none"):
        load_settings(project, pairs=["lint.rules.shout.words=[]"])


def test_what_a_pack_brings_about_is_shown_for_its_file(project):
    assert len(_house(lint(project / PACK))) == 1
    assert _house(lint(project / "specs")) == []


def test_a_change_of_a_pack_is_seen_at_once(project):
    assert len(_house(lint(project, cache=True))) == 1
    write_files(
        project, {PACK: (HEAD + SHOUT).replace('words: ["!"]', "words: [cold]").replace("completion", "prompt")}
    )
    assert _house(lint(project, cache=True)) == [("shout", SAMPLE, "“cold” is in the text")]
    write_files(project, {PACK: None})
    assert _house(lint(project, cache=True)) == []


def test_a_comment_in_a_pack_leaves_results_about_samples_valid(project, monkeypatch):
    lint(project, cache=True)
    write_files(project, {PACK: "# a comment\n" + HEAD + SHOUT})
    monkeypatch.setattr("palms_spec.engine.mapping.Mapper.map_file", _must_not_run)
    assert len(_house(lint(project, cache=True))) == 1


def _must_not_run(*_):
    raise AssertionError("no sample has to be looked at again")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SHOUT.replace("shout", "role-marker"), "rules/house.yaml brings a rule role-marker, which palms has already"),
        (SHOUT.replace("HOUSE001", "SAM004"), "rules/house.yaml brings a rule SAM004, which palms has already"),
    ],
)
def test_a_name_of_another_rule_is_refused(project, text, problem):
    write_files(project, {PACK: HEAD + text})
    with pytest.raises(ConfigurationError) as caught:
        load_settings(project)
    assert caught.value.problems == [problem]


def test_two_packs_do_not_share_a_name(project):
    write_files(project, {"rules/other.yaml": HEAD.replace("id: house", "id: other") + SHOUT})
    with pytest.raises(ConfigurationError, match=r"rules/other.yaml brings a rule shout, which rules/house.yaml has"):
        load_settings(project)


def test_a_rule_with_defects_is_reported_and_not_evaluated(project):
    broken = SHOUT.replace("name: shout", "name: broken").replace("HOUSE001", "HOUSE002").replace("absence", "absense")
    write_files(project, {PACK: HEAD + SHOUT + broken, "palms.toml": '[lint]\nextend-select = ["broken"]\n'})
    outcome = lint(project)
    assert [rule for rule, _, _ in _house(outcome)] == ["shout"]
    assert ("schema-violation", PACK, "“absense” is not a kind of check") in found(outcome)
    assert outcome.not_evaluated == (("broken", "it has defects, which are findings in rules/house.yaml"),)
    assert lint(project, ignore=["broken"]).not_evaluated == ()


def test_a_pack_that_cannot_be_read_is_a_finding_and_not_evaluated(project):
    write_files(project, {PACK: HEAD + SHOUT + "  - name: [\n"})
    outcome = lint(project)
    assert "syntax-error" in rules(outcome)
    ((name, reason),) = outcome.not_evaluated
    assert name == PACK
    assert reason.startswith("line 13, column")
    write_files(project, {"palms.toml": '[lint]\nignore = ["shout"]\n'})
    with pytest.raises(ConfigurationError) as caught:
        load_settings(project)
    assert caught.value.problems[0].endswith("palms.toml: line 2: lint.ignore: there is no rule shout")
    assert caught.value.problems[1].startswith("rules/house.yaml, which may bring rules, cannot be read: line 13")


def test_patterns_without_literals_are_known(project):
    pattern = SHOUT.replace('absence, words: ["!"]', "pattern, forbid: ['[A-Z]{4,}', foo]")
    write_files(project, {PACK: HEAD + pattern})
    (record,) = [record for record in known_rules(project, {}, cache=False).records if record.name == "shout"]
    assert record.underived == ("[A-Z]{4,}",)


def test_without_a_project_there_are_no_packs(tmp_path):
    write_files(tmp_path, {PACK: HEAD + SHOUT, "rows.jsonl": '{"prompt": "Why?", "completion": "A!"}\n'})
    assert _house(lint(tmp_path)) == []


UNIQUE = """\
  - name: same-title
    code: HOUSE002
    expected: Titles differ.
    given: samples[*].metadata.title
    check: {{kind: unique, within: {within}}}
    examples: [{{bad: a, good: b}}]
  - name: mixed-category
    code: HOUSE003
    expected: One question, one category.
    given: samples[*].category
    check: {{kind: consistent, by: "samples[*].prompt"}}
    examples: [{{bad: a, good: b}}]
"""
DATASET = "palms: 1\nkind: dataset\nid: {id}\ntitle: {id}\nspec: example\nsamples: ['*.jsonl']\n"


@pytest.fixture
def rows(tmp_path):
    def _rows(name):
        for number in range(60):
            yield {
                "prompt": f"Is it {number % 50}?",
                "completion": "Ask.",
                "category": "political" if number == 55 else "health",
                "metadata": {"title": f"{name} {number % 57}" if number % 7 else "all"},
            }

    for name in ("one", "two"):
        text = "".join(json.dumps(row) + "\n" for row in _rows(name))
        write_project(
            tmp_path, {f"datasets/{name}/rows.jsonl": text, f"datasets/{name}/dataset.yaml": DATASET.format(id=name)}
        )
    return tmp_path


def test_values_of_samples_are_compared_within_a_dataset_or_the_project(rows):
    write_files(rows, {PACK: HEAD + UNIQUE.format(within="dataset")})
    assert [(rule, path) for rule, path, _ in _house(lint(rows))] == [
        (rule, f"datasets/{name}/rows.jsonl")
        for name in ("one", "two")
        for rule in ("same-title", "mixed-category", "same-title", "same-title")
    ]
    write_files(rows, {PACK: HEAD + UNIQUE.format(within="project")})
    assert "title “all” is there 18 times" in [message for _, _, message in _house(lint(rows))]


def test_comparing_does_not_depend_on_how_the_work_is_done(rows):
    write_files(rows, {PACK: HEAD + UNIQUE.format(within="project")})
    whole = [to_row(finding) for finding in lint(rows).stream()]
    assert whole == [to_row(finding) for finding in lint(rows, shard_bytes=300, partitions=8).stream()]


def test_what_differs_points_at_itself_and_at_the_first(rows):
    write_files(rows, {PACK: HEAD + UNIQUE.format(within="dataset")})
    one = next(finding for finding in lint(rows).stream() if finding.rule == "mixed-category")
    assert (one.message, one.place.span.line, one.excerpt) == (
        "category is political here and health there",
        56,
        '"political"',
    )
    assert [(related.label, related.place.span.line) for related in one.related] == [("there", 6)]


REFERS = """\
  - name: unknown-source
    code: HOUSE004
    expected: Sources are those of the specification.
    given: samples[*].metadata.source
    check: {kind: refers-to, to: "spec.governance.sources[*].title"}
    examples: [{bad: a, good: b}]
"""


def test_a_value_that_names_nothing_in_the_specification(project):
    named = LOUD.replace("---\n#", "metadata: {source: Universal Declaration of Human Right}\n---\n#")
    write_files(project, {PACK: HEAD + REFERS, SAMPLE: named})
    (one,) = [finding for finding in lint(project, cache=True).stream() if finding.rule == "unknown-source"]
    assert one.message == "source names Universal Declaration of Human Right, which is not there"
    assert one.hint == "did you mean Universal Declaration of Human Rights?"
    spec = project / "specs/example/spec.yaml"
    spec.write_text(spec.read_text().replace("Human Rights", "Human Right"))
    assert _house(lint(project, cache=True)) == [], "what samples may refer to is part of what their results hang on"
