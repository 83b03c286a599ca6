"""Suppressions and ignores: what is shown, what is counted, and what is said about them."""

from __future__ import annotations

import dataclasses
import json

import pytest

from palms_spec.engine import rulebook
from palms_spec.errors import ConfigurationError
from palms_spec.findings import to_row
from palms_spec.rulekit.loading import load_rule
from palms_spec.rules.sam.role_marker import role_marker
from tests.projects import found, lint, rules, write_files, write_project

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n"
MARKED = "# What does a transcript look like?\n\nEach line begins with who speaks.\n\nHuman: good morning\n"
SAMPLE = "datasets/example/samples/marked.md"
IGNORED = FRONT + "# palms: ignore[role-marker] a quoted transcript{}\n---\n" + MARKED
DAY = "2026-06-01"


def accepted(outcome):
    """Rule, by what and the reason of every finding that is accepted."""
    return [(one.rule, why.by, why.reason) for one, why in outcome.all() if why is not None]


@pytest.fixture
def suppressed(tmp_path):
    return write_project(tmp_path, {SAMPLE: IGNORED.format("")})


def test_what_is_suppressed_is_not_shown_and_not_lost(suppressed):
    outcome = lint(suppressed)
    assert rules(outcome) == []
    assert outcome.exit_code == 0
    assert accepted(outcome) == [("role-marker", "source", "a quoted transcript")]
    assert (outcome.tally.suppressed, outcome.tally.baselined, outcome.tally.rules["role-marker"]) == (1, 0, 0)


def test_a_suppression_is_for_its_rule_only(suppressed):
    write_files(suppressed, {SAMPLE: IGNORED.format("").replace("[health.no-diagnosis]", "[health.none]")})
    assert rules(lint(suppressed)) == ["unresolved-reference"]


@pytest.mark.parametrize("options", [{"ignore": ["role-marker"]}, {"select": ["SUP", "DOC"]}])
def test_a_suppression_of_a_rule_that_is_off_is_not_unused(tmp_path, options):
    clean = MARKED.replace("Human: good morning\n", "")
    root = write_project(tmp_path, {SAMPLE: FRONT + "# palms: ignore[role-marker] reason\n---\n" + clean})
    assert rules(lint(root)) == ["unused-suppression"]
    assert rules(lint(root, **options)) == []


def test_a_suppression_is_unused_whatever_is_shown(suppressed):
    assert rules(lint(suppressed / "specs")) == []
    assert rules(lint(suppressed / SAMPLE)) == []
    write_files(suppressed, {SAMPLE: IGNORED.format("").replace("Human:", "Person:")})
    assert rules(lint(suppressed / "specs")) == []
    assert rules(lint(suppressed / SAMPLE)) == ["unused-suppression"]


def test_what_is_unused_is_not_known_where_the_rule_failed(suppressed, monkeypatch):
    def fails(facts):
        raise ZeroDivisionError("by design")

    broken = dataclasses.replace(role_marker, check=fails)
    monkeypatch.setattr(
        rulebook, "load_rule", lambda module: broken if module.endswith("role_marker") else load_rule(module)
    )
    outcome = lint(suppressed)
    assert set(rules(outcome)) == {"rule-crashed"}
    assert outcome.exit_code == 2


@pytest.mark.parametrize(
    ("until", "today", "expected"),
    [
        ("2026-06-02", DAY, []),
        ("2026-06-01", DAY, ["expired-suppression", "role-marker"]),
        ("2026-05-31", DAY, ["expired-suppression", "role-marker"]),
        ("summer", DAY, ["expired-suppression", "role-marker"]),
        ("1999-12-31", "", ["expired-suppression", "role-marker"]),
        ("9999-12-31", "", []),
    ],
)
def test_a_suppression_holds_until_its_day(tmp_path, until, today, expected):
    root = write_project(tmp_path, {SAMPLE: IGNORED.format(f" until={until}")})
    assert rules(lint(root, today=today)) == expected


def test_days_are_not_cached(tmp_path):
    root = write_project(tmp_path, {SAMPLE: IGNORED.format(f" until={DAY}")})
    for today, expected in (("2026-05-31", []), (DAY, ["expired-suppression", "role-marker"]), ("2026-05-31", [])):
        assert rules(lint(root, today=today, cache=True)) == expected


def test_the_cache_makes_no_difference(tmp_path):
    spec = "specs/example/spec.yaml"
    root = write_project(tmp_path, {SAMPLE: IGNORED.format("")})
    text = (root / spec).read_text()
    (root / spec).write_text(
        text.replace("governance:\n  owners: [the maintainers]", "# palms: ignore[VAL004] x\ngovernance:")
    )
    expected = [(to_row(one), why) for one, why in lint(root).all()]
    assert sum(why is not None for _, why in expected) == 2
    assert [(to_row(one), why) for one, why in lint(root, cache=True).all()] == expected, "cold"
    assert [(to_row(one), why) for one, why in lint(root, cache=True).all()] == expected, "warm"
    write_files(root, {"datasets/example/samples/other.md": FRONT + "---\n# Why?\n\nSo.\n"})
    kept = [(to_row(one), why) for one, why in lint(root, cache=True).all() if one.path in (SAMPLE, spec)]
    assert kept == [pair for pair in expected if pair[0][4][0] in (SAMPLE, spec)], "one file more"


def _row(number: int) -> str:
    row = {"prompt": f"What is number {number}?", "completion": "Human: it is a number."}
    if number % 3 == 0:
        row["palms_ignore"] = [{"rule": "SAM004", "reason": "a quotation"}]  # type: ignore[assignment]
    return json.dumps(row) + "\n"


@pytest.mark.parametrize("jobs", [1, 2])
def test_rows_suppress_for_themselves(tmp_path, monkeypatch, jobs):
    monkeypatch.setattr("palms_spec.engine.rowfiles.ONE_PROCESS", 0)
    write_files(tmp_path, {"rows.jsonl": "".join(map(_row, range(90)))})
    outcome = lint(tmp_path / "rows.jsonl", select=["role-marker", "SUP"], shard_bytes=1_000, jobs=jobs)
    assert len(accepted(outcome)) == 30
    assert [one.place.span.line % 3 for one in outcome.stream()] == [2, 0] * 30
    assert rules(outcome) == ["role-marker"] * 60


def test_a_finding_of_a_group_is_suppressed_where_it_stands(tmp_path):
    same = "---\n# Is it catching, and for how long?\n\nAsk a clinician; that depends on what it is.\n"
    one, two = "datasets/example/samples/one.md", "datasets/example/samples/two.md"
    comment = "# palms: ignore[duplicate-sample] both are wanted\n"
    root = write_project(tmp_path, {one: FRONT + same, two: FRONT + comment + same})
    assert accepted(lint(root)) == [("duplicate-sample", "source", "both are wanted")]
    root = write_project(tmp_path, {one: FRONT + comment + same, two: FRONT + same})
    assert rules(lint(root)) == ["unused-suppression", "duplicate-sample"]


def test_a_dataset_suppresses_what_is_said_of_it(tmp_path):
    root = write_project(tmp_path)
    path = "datasets/example/dataset.yaml"
    text = (root / path).read_text() + "coverage: {samples: 9}\n"
    write_files(root, {path: text + "palms_ignore: [{rule: dataset-size, reason: more to come}]\n"})
    assert accepted(lint(root)) == [("dataset-size", "source", "more to come")]


def test_an_unclaimed_sample_may_say_that_it_is(tmp_path):
    path = "datasets/example/drafts/later.md"
    root = write_project(tmp_path, {path: FRONT + "---\n# Why?\n\nSo.\n"})
    assert rules(lint(root)) == ["unclaimed-sample"]
    write_files(root, {path: FRONT + "# palms: ignore[unclaimed-sample] a draft\n---\n# Why?\n\nSo.\n"})
    assert rules(lint(root)) == []


TOML = "[[lint.ignores]]\npath = '{}'\nrule = '{}'\nreason = 'known'\n"


@pytest.mark.parametrize(
    ("path", "rule", "expected"),
    [
        (SAMPLE, "role-marker", []),
        ("datasets/**", "SAM004", []),
        ("datasets", "SAM004", []),
        ("datasets/**#/completion", "SAM004", []),
        ("datasets/**#/compl", "SAM004", ["role-marker", "unused-suppression"]),
        ("datasets/**#/prompt", "SAM004", ["role-marker", "unused-suppression"]),
        ("specs/**", "SAM004", ["role-marker", "unused-suppression"]),
        ("datasets/**", "empty-answer", ["role-marker", "unused-suppression"]),
    ],
)
def test_the_configuration_accepts_findings(tmp_path, path, rule, expected):
    root = write_project(tmp_path, {SAMPLE: FRONT + "---\n" + MARKED, "palms.toml": TOML.format(path, rule)})
    outcome = lint(root)
    assert rules(outcome) == expected
    assert accepted(outcome) == ([] if expected else [("role-marker", "configuration", "known")])


def test_what_is_said_of_an_entry_stands_in_the_configuration(tmp_path):
    inline = "ignores = [\n  {path = 'a', rule = 'role-marker', reason = 'x'},\n  {path = 'b', rule = 'SAM004'},\n]\n"
    tables = "[[lint.ignores]]\nrule = 'role-marker'\nreason = 'x'\npath = 'a'\n\n[[lint.ignores]]\npath = 'b'\nrule = 'SAM004'\n"
    for text, lines in (("[lint]\n" + inline, [3, 4, 4]), (tables, [2, 8, 8])):
        root = write_project(tmp_path, {"palms.toml": text})
        outcome = [one for one in lint(root).stream() if one.path == "palms.toml"]
        assert [one.place.span.line for one in outcome] == lines
        assert [one.rule for one in outcome].count("suppression-without-reason") == 1
        for one in outcome:
            span = one.place.span
            assert text.encode()[span.offset : span.end_offset].decode().startswith(one.excerpt)


def test_an_entry_of_an_extended_file_stands_there(tmp_path):
    files = {"shared/base.toml": TOML.format("x", "role-marker"), "palms.toml": "extend = 'shared/base.toml'\n"}
    root = write_project(tmp_path, files)
    assert [path for _, path, _ in found(lint(root))] == ["shared/base.toml"]


def test_an_entry_may_expire(tmp_path):
    text = TOML.format("datasets/**", "role-marker") + "until = 2026-06-01\n"
    root = write_project(tmp_path, {SAMPLE: FRONT + "---\n" + MARKED, "palms.toml": text})
    assert rules(lint(root, today="2026-05-31")) == []
    assert rules(lint(root, today="2026-06-01")) == ["role-marker", "expired-suppression"]


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("ignores = [{path = 'a'}]", "rule is missing"),
        ("ignores = [{path = 'a', rule = 'role-marker', why = 'x'}]", "why is no field of one"),
        ("ignores = [{path = 'a', rule = 'role-marker', until = 'soon'}]", "until is soon, which is no day"),
        ("ignores = [{path = 'a', rule = 'role-maker'}]", "did you mean role-marker"),
        ("ignores = [{path = 'a', rule = 3}]", "rule is no text"),
        ("ignores = 'a'", "expected tables of path, rule, reason and until"),
        ("per-file-ignores = {a = 'SAM'}", "expected a table from globs to lists of rules"),
        ("per-file-ignores = {a = ['SAMM']}", "did you mean SAM"),
    ],
)
def test_what_is_wrong_with_an_entry_is_an_error(tmp_path, toml, problem):
    root = write_project(tmp_path, {"palms.toml": f"[lint]\n{toml}\n"})
    with pytest.raises(ConfigurationError, match=problem):
        lint(root)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("'datasets/**' = ['SAM004']", []),
        ("'**/*.md' = ['SAM']", []),
        ("'*.md' = ['SAM']", ["role-marker"]),
        ("'datasets/**' = ['TXT', 'DOC']", ["role-marker"]),
        ("'datasets/**' = ['ALL']", []),
    ],
)
def test_rules_can_be_off_for_some_files(tmp_path, entry, expected):
    text = f"[lint]\nper-file-ignores = {{{entry}}}\n"
    root = write_project(tmp_path, {SAMPLE: FRONT + "---\n" + MARKED, "palms.toml": text})
    outcome = lint(root)
    assert rules(outcome) == expected
    assert accepted(outcome) == []


def test_rules_about_suppressions_can_be_off_for_some_files(tmp_path):
    files = {SAMPLE: IGNORED.format("").replace(" a quoted transcript", "")}
    root = write_project(tmp_path, files)
    assert rules(lint(root)) == ["suppression-without-reason"]
    write_files(root, {"palms.toml": "[lint]\nper-file-ignores = {'datasets/**' = ['SUP003']}\n"})
    assert rules(lint(root)) == []


def test_a_rule_about_suppressions_is_not_suppressed_in_place(tmp_path):
    comment = "# palms: ignore[unused-suppression, empty-answer] no\n"
    root = write_project(tmp_path, {SAMPLE: FRONT + comment + "---\n# Why?\n\nNobody knows.\n"})
    assert [message for rule, _, message in found(lint(root)) if rule == "unused-suppression"] == [
        "unused-suppression cannot be suppressed where it is found",
        "empty-answer finds nothing that this covers",
    ]


def test_findings_about_suppressions_are_in_order(tmp_path):
    files = {f"datasets/example/samples/{number}.md": IGNORED.format(" until=2020-01-01") for number in range(9)}
    keys = [one.sort_key for one in lint(write_project(tmp_path, files)).stream()]
    assert keys == sorted(keys)
