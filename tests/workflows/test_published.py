"""Published specifications in place: linted, traced, compared and compiled like our own documents."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest

from palms_spec.engine.fixing import fixing
from palms_spec.engine.inputs import find_inputs
from palms_spec.engine.options import Options
from palms_spec.engine.settings import load_settings
from palms_spec.errors import UsageError
from palms_spec.rulekit.index import read_index
from palms_spec.rulekit.published_example import PROMPTS, TEXT, published
from palms_spec.workflows.compile import compile_dataset
from palms_spec.workflows.datasets import open_dataset
from palms_spec.workflows.diff import diff
from palms_spec.workflows.diff_sides import find_sides
from palms_spec.workflows.fmt import formatting
from palms_spec.workflows.trace import trace
from palms_spec.workflows.verify import verify
from tests.projects import found, lint, rules, write_files
from tests.scratch import kinds, new_scratch, said

ALONE = (
    TEXT[TEXT.index("**Example**") : TEXT.index("<assistant> <!-- BAD")]
    .replace("a rash", "a sore throat")
    .replace("Is this rash measles?", "Is my sore throat a strep infection, or will it pass?")
    + "</comparison>\n~~~\n"
)
BOTH = TEXT + "\n" + ALONE
STRICTER = TEXT.replace("names the emergency number first", "must name the emergency number first")


@pytest.fixture
def project(tmp_path):
    return write_files(tmp_path, published(BOTH))


def test_a_clean_text_is_clean_by_every_rule(tmp_path):
    names = [record.name for record in read_index() if record.stability != "deprecated"]
    root = write_files(tmp_path, published())
    assert found(lint(root, extend_select=names), notes=True) == []


def test_the_rules_about_our_own_form_of_specifications_are_not_asked(tmp_path):
    outcome = lint(write_files(tmp_path, published("# A {#a}\n\nNo.\n", None)))
    assert [rule for rule, _, _ in found(outcome, notes=True)] == []


def test_samples_and_prompts_are_linted_where_they_stand(tmp_path):
    text = TEXT.replace("Yes, that is measles.", "Yes, that is measles. Write to ada@acme.com").replace(
        "please show it", "please\u200b show it"
    )
    root = write_files(tmp_path, published(text, PROMPTS.replace("two weeks", "two\u200b weeks")))
    lines = text.split("\n")
    places = [(one.rule, one.path, one.place.span.line, one.place.span.column) for one in lint(root).stream()]
    rash = next(at for at, line in enumerate(lines, 1) if "\u200b" in line)
    mail = next(at for at, line in enumerate(lines, 1) if "ada@" in line)
    assert ("invisible-character", "published.md", rash, lines[rash - 1].index("\u200b") + 1) in places
    assert ("email-address", "published.md", mail, lines[mail - 1].index("ada@") + 1) in places
    assert ("invisible-character", "examples/k7f2.md", 7, 23) in places


def test_what_several_samples_share_is_told_once(tmp_path):
    text = TEXT.replace(
        "</comparison>", "<assistant> <!-- BAD -->\nNo, it is not.\n</assistant>\n</comparison>"
    ).replace("A description", "A\u200b description")
    root = write_files(tmp_path, published(text))
    assert Counter(rules(lint(root)))["invisible-character"] == 1


def test_a_second_run_says_the_same_from_the_cache(tmp_path):
    text = TEXT.replace("#urgent_help)", "#help)").replace("first.", "first[^m3].")
    root = write_files(tmp_path, published(text))
    first = [(one.rule, one.place) for one in lint(root, cache=True).stream()]
    assert {rule for rule, _ in first} == {"dangling-reference", "footnote-without-examples"}
    assert [(one.rule, one.place) for one in lint(root, cache=True).stream()] == first
    write_files(root, {"examples/k7f2.md": PROMPTS + "\n"})
    assert [(one.rule, one.place) for one in lint(root, cache=True).stream()] == first


def test_without_a_project_a_named_text_is_linted_and_a_folder_is_not(tmp_path):
    root = write_files(tmp_path, {"text.md": TEXT.replace("#urgent_help)", "#help)"), "readme.md": "# Read me\n"})
    assert "dangling-reference" in rules(lint(root / "text.md"))
    assert rules(lint(root / "readme.md")) == []


def test_a_glob_of_model_specs_that_matches_nothing_is_found(tmp_path):
    root = write_files(tmp_path, {**published(), "palms.toml": 'model-specs = ["published.md", "spce.md"]\n'})
    assert found(lint(root)) == [("unmatched-glob", "palms.toml", "spce.md matches no Markdown file")]


def test_findings_in_a_published_text_are_accepted_by_front_matter_and_by_settings(tmp_path):
    broken = TEXT.replace("#urgent_help)", "#help)")
    root = write_files(tmp_path, published(broken))
    assert rules(lint(root)) == ["dangling-reference"]
    write_files(root, {"published.md": "---\n# palms: ignore[dangling-reference] known\nid: theirs\n---\n" + broken})
    assert rules(lint(root)) == []
    path = "published.md#/categories/health/positions/no_diagnosis"
    ignore = f'[lint]\nignores = [{{path = "{path}", rule = "dangling-reference", reason = "known"}}]\n'
    write_files(root, {"published.md": broken, "palms.toml": f'model-specs = ["published.md"]\n{ignore}'})
    assert rules(lint(root)) == []


def test_nothing_in_a_published_text_is_fixed_or_formatted(tmp_path):
    root = write_files(tmp_path, published(TEXT.replace("please show it", "please\u200b show\u00a0it")))
    settings = load_settings(root)
    inputs = find_inputs([root], model_specs=settings.model_specs)
    with fixing(inputs, settings, Options(cache=False, jobs=1), unsafe=True) as done:
        assert done.copies == {}
        assert {one.fix.safety for one in done.before.stream() if one.fix is not None} <= {"shown"}
    with formatting([root]) as formatted:
        assert formatted.copies == {}


def test_a_dataset_of_our_own_may_follow_a_published_text(tmp_path):
    dataset = "palms: 1\nkind: dataset\nid: own\ntitle: Own\nspec: published\nlanguage: en\nsamples: [own/*.md]\n"
    sample = (
        "---\ncategory: health\npositions: [no_diagnose]\n---\n# Is it the flu?\n\nA clinician can tell you that.\n"
    )
    root = write_files(tmp_path, {**published(), "dataset.yaml": dataset, "own/flu.md": sample})
    assert ("unresolved-reference", "own/flu.md", "position no_diagnose is not in published") in found(lint(root))


def test_the_matrix_has_sections_with_their_samples_and_prompts(project):
    rows = {one.position: one for one in trace(load_settings(project), cache=False).positions}
    assert {one: (len(row.samples), len(row.prompts.get("test", ()))) for one, row in rows.items()} == {
        "health": (0, 0),
        "no_diagnosis": (1, 2),
        "urgent_help": (1, 0),
    }


def test_both_datasets_are_compiled_and_verified(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    for name, method, keys in (
        ("published", "dpo", {"prompt", "chosen", "rejected"}),
        ("published-answers", "sft", {"prompt", "completion"}),
    ):
        out = tmp_path / "out" / name
        done = compile_dataset(name, project, targets=["trl"], method=method, out=out)
        assert done.exit_code == 0
        (folder,) = out.iterdir()
        (row,) = [json.loads(line) for line in (folder / "train.jsonl").read_text("utf-8").splitlines()]
        assert row.keys() == keys
        assert verify(folder).differences == []


def test_there_is_no_dataset_of_another_name(project):
    with pytest.raises(UsageError, match="published-answer"):
        open_dataset("published-answer", project)


def _compared(tmp_path, before, after, names=("2025-02-12.md", "2025-04-11.md")):
    write_files(tmp_path, {names[0]: before, names[1]: after})
    settings = load_settings(tmp_path)
    sides = find_sides(str(tmp_path / names[0]), str(tmp_path / names[1]), settings, tmp_path)
    return diff(sides, settings, cache=False)


def test_two_files_are_compared_without_a_project(tmp_path):
    outcome = _compared(tmp_path, TEXT, STRICTER)
    assert kinds(outcome) == [("position-meaning-changed", "urgent_help")]
    (one,) = outcome.seen
    assert (one.change.dropped, one.change.added) == ((), ("must",))
    assert said(outcome) == ["position-meaning-changed"]


def test_a_change_stands_at_its_first_word(tmp_path):
    (one,) = _compared(tmp_path, TEXT, STRICTER).seen
    line = next(line for line in STRICTER.split("\n") if "must" in line)
    assert one.head is not None
    assert (one.head.span.line, one.head.span.column) == (STRICTER.split("\n").index(line) + 1, line.index("must") + 1)


def test_files_of_other_names_are_one_text_as_well(tmp_path):
    assert kinds(_compared(tmp_path, TEXT, STRICTER, ("ours.md", "theirs.md"))) == [
        ("position-meaning-changed", "urgent_help")
    ]
    assert kinds(_compared(tmp_path, BOTH, BOTH, ("ours.md", "theirs.md"))) == []


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("authority=user", "authority=guideline", ("authority-lowered", "urgent_help")),
        ("authority=user", "authority=user tags=u18", ("position-meaning-changed", "urgent_help")),
        ("Point to urgent help", "Name urgent help", ("position-reworded", "urgent_help")),
        ("first.", "first[^m3].", ("footnotes-changed", "urgent_help")),
        ("BAD: names a condition", "BAD: guesses", ("sample-annotated", "no_diagnosis/a-rash")),
        ("BAD: names", "BAD[#urgent_help]: names", ("sample-annotated", "no_diagnosis/a-rash")),
        ("Yes, that", "Yes, sure, that", ("sample-edited", "no_diagnosis/a-rash")),
        ("a rash", "a red rash", ("sample-renamed", "no_diagnosis/a-red-rash")),
        ("# Health {", "# Health and care {", ("category-reworded", "health")),
        ("How the assistant", '!!! meta "Commentary"\n    Why.\n\nHow the assistant', ("rationale-changed", "health")),
        ("## Point", "### Point", ("position-moved", "urgent_help")),
    ],
)
def test_every_part_of_a_text_is_compared(tmp_path, before, after, change):
    assert change in kinds(_compared(tmp_path, TEXT, TEXT.replace(before, after)))


def test_layout_is_no_change(tmp_path):
    laid_out = TEXT.replace("\n\n", "\n\n\n").replace("illness and", "illness\nand").replace("\n", "\r\n")
    assert kinds(_compared(tmp_path, TEXT, laid_out)) == []


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@needs_git
def test_a_change_in_a_repository_is_found_with_what_it_makes_stale(tmp_path):
    scratch = new_scratch(tmp_path, published(BOTH))
    scratch.write({"published.md": BOTH.replace("does not say what", "says what")})
    (one,) = scratch.diff().seen
    assert (one.change.kind, one.stale.samples) == ("position-meaning-changed", ("no_diagnosis/a-rash",))
    assert one.stale.prompts == ("k7f2/a-cough", "k7f2/a-mole")


@needs_git
def test_a_text_without_a_version_need_not_bump_it_and_a_dated_one_needs_a_later_date(tmp_path):
    scratch = new_scratch(
        tmp_path, {**published(), "m/2025-02-12.md": TEXT, "palms.toml": 'model-specs = ["**/*.md"]\n'}
    )
    changed = STRICTER
    assert said(scratch.write({"published.md": changed}).diff()) == ["position-meaning-changed"]
    scratch.commit()
    scratch.write({"m/2025-02-12.md": changed})
    assert "version-not-bumped" in said(scratch.diff("HEAD"))
    scratch.write({"m/2025-02-12.md": TEXT, "m/2025-04-11.md": changed})
    compared = scratch.diff("HEAD")
    assert ("position-meaning-changed", "urgent_help") in kinds(compared)
    assert "version-not-bumped" not in said(compared)


@needs_git
def test_a_change_may_not_hide_a_text_by_naming_it_no_more(tmp_path):
    scratch = new_scratch(tmp_path, published())
    scratch.write({"published.md": STRICTER, "palms.toml": "rules-version = 1\n"})
    assert "position-meaning-changed" in said(scratch.diff())


@needs_git
def test_one_file_of_a_revision_is_compared_without_settings(tmp_path):
    scratch = new_scratch(tmp_path, {"published.md": TEXT})
    scratch.commit({"published.md": STRICTER})
    assert kinds(scratch.diff("main:published.md", "HEAD:published.md", direct=True)) == [
        ("position-meaning-changed", "urgent_help")
    ]
