"""Published texts of a project together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from palms_spec.documents.project import Project, load_project
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.published.files import published_files
from palms_spec.documents.reading import read_document
from palms_spec.rulekit.published_example import PROMPTS, TEXT


def _project(files: Mapping[str, str], globs=("*.md",)) -> Project:
    return load_project(
        Path(),
        sorted(files),
        lambda name: read_document(name, files[name].encode()),
        lambda name: files.get(name, "").encode(),
        published=published_files(sorted(files), globs),
    )


def _defects(project: Project) -> list[tuple[str, str, str]]:
    return [(one.path, defect.kind, defect.message) for one in project.documents for defect in one.defects]


def _prompts(project: Project) -> list[PromptSet]:
    return [one.model for one in project.documents if isinstance(one.model, PromptSet)]


FILES = {"text.md": TEXT, "examples/k7f2.md": PROMPTS}


def test_prompts_belong_to_the_section_of_their_footnote():
    project = _project(FILES)
    (prompts,) = _prompts(project)
    assert (prompts.id, prompts.spec) == ("text/k7f2", "text")
    assert [(one.id, one.title, one.split, one.category, one.positions) for one in prompts.prompts] == [
        ("k7f2/a-cough", "a cough", "test", "health", ["no_diagnosis"]),
        ("k7f2/a-mole", "a mole", "test", "health", ["no_diagnosis"]),
    ]
    assert project.named("prompt-set", "text/k7f2") is not None
    assert project.named("prompt-set", "k7f2") is None
    assert _defects(project) == []


def test_comparisons_are_datasets_of_the_specification():
    project = _project(FILES)
    assert [(one.model.id, one.model.spec, one.files) for one in project.datasets] == [("text", "text", ["text.md"])]
    both = _project({"text.md": TEXT + "\n" + TEXT[TEXT.index("~~~xml") : TEXT.index("## Point")].replace("BAD", "OK")})
    assert [one.model.id for one in both.datasets] == ["text", "text-answers"]
    assert [one.id for one in both.documents if one.kind == "dataset"] == ["text", "text-answers"]


def test_a_text_without_comparisons_brings_no_datasets():
    assert _project({"text.md": "# A {#a}\n\nText.\n"}).datasets == []


def test_prompts_may_lie_where_model_specs_says():
    files = {"docs/text.md": TEXT, "prompts/k7f2.md": PROMPTS}
    assert [one.spec for one in _prompts(_project(files, ("docs/text.md", "prompts/")))] == ["text"]


def test_of_several_releases_the_latest_keeps_the_id_and_the_prompts():
    files = {"m/2025-04-11.md": TEXT, "m/2025-02-12.md": TEXT, "m/2025-10-27.md": TEXT, "m/examples/k7f2.md": PROMPTS}
    project = _project(files, ("m/*.md",))
    assert [(one.path, one.id) for one in project.documents if one.kind == "values-spec"] == [
        ("m/2025-02-12.md", "m-2025.02.12"),
        ("m/2025-04-11.md", "m-2025.04.11"),
        ("m/2025-10-27.md", "m"),
    ]
    assert [one.spec for one in _prompts(project)] == ["m"]


def test_two_texts_of_one_name_that_are_no_releases_are_left_to_the_rule_about_ids():
    project = _project({"a/text.md": TEXT, "b/text.md": TEXT}, ("**/*.md",))
    assert [one.id for one in project.documents if one.kind == "values-spec"] == ["text", "text"]


@pytest.mark.parametrize(
    ("files", "defect"),
    [
        (
            {"text.md": TEXT},
            ("text.md", "footnote-without-examples", "no examples are there for the footnotes of this text"),
        ),
        (
            {"text.md": TEXT.replace("first.", "first[^m3].\n\nAnd[^m4]."), "examples/k7f2.md": PROMPTS},
            ("text.md", "footnote-without-examples", "no file holds examples for [^m3]"),
        ),
        (
            {**FILES, "examples/m3.md": PROMPTS.replace("k7f2", "m3")},
            ("examples/m3.md", "examples-without-footnote", "no footnote [^m3] leads here"),
        ),
    ],
)
def test_footnotes_and_prompts_belong_together(files, defect):
    assert _defects(_project(files))[0] == defect


def test_a_file_of_prompts_without_a_first_line_is_known_by_its_name():
    files = {"text.md": TEXT, "examples/k7f2.md": PROMPTS.split("\n\n", 1)[1]}
    assert [one.id for one in _prompts(_project(files))] == ["text/k7f2"]


def test_other_files_beside_the_prompts_are_passed_over():
    project = _project({**FILES, "examples/README.md": "# How to write prompts\n"})
    assert len(_prompts(project)) == 1
    assert _defects(project) == []


def test_turns_of_prompts_keep_roles_and_attributes():
    turns = '<developer>\nBe brief.\n</developer>\n<assistant recipient="reader">\nopen\n</assistant>\n<tool>\npage\n</tool>'
    prompts = f"Examples for [^k7f2] in x:\n\n**Example**: a page\n\n~~~xml\n{turns}\n<user>\nAnd?\n</user>\n~~~\n"
    ((prompt,),) = [one.prompts for one in _prompts(_project({"text.md": TEXT, "examples/k7f2.md": prompts}))]
    assert prompt.messages is not None
    assert [(one.role, one.content, one.attributes) for one in prompt.messages] == [
        ("developer", "Be brief.", None),
        ("assistant", "open", {"recipient": "reader"}),
        ("tool", "page", None),
        ("user", "And?", None),
    ]
    assert [role for role, _ in prompt.turns] == ["assistant", "tool", "user"]


def test_a_glob_that_matches_nothing_is_a_defect_of_the_settings():
    settings = 'model-specs = ["spce/*.md"]\n'
    project = _project({"palms.toml": settings, "text.md": TEXT}, ("text.md", "spce/*.md"))
    assert ("palms.toml", "unmatched-glob", "spce/*.md matches no Markdown file") in _defects(project)
    (document,) = [one for one in project.documents if one.path == "palms.toml"]
    assert settings[document.defects[0].offset : document.defects[0].end] == "spce/*.md"


def test_a_dataset_does_not_claim_a_published_text():
    dataset = "palms: 1\nkind: dataset\nid: own\ntitle: Own\nsamples: ['*.md']\n"
    project = _project({"dataset.yaml": dataset, "text.md": TEXT, "a.md": "# Why?\n\nSo.\n"}, ("text.md",))
    assert [one.files for one in project.datasets if one.model.id == "own"] == [["a.md"]]


def test_a_footnote_that_stands_twice_leads_from_both_sections():
    text = TEXT.replace("first.", "first[^k7f2].")
    (prompts,) = _prompts(_project({"text.md": text, "examples/k7f2.md": PROMPTS}))
    assert {tuple(one.positions) for one in prompts.prompts} == {("no_diagnosis", "urgent_help")}


def test_of_prompts_nothing_is_said_where_their_text_cannot_be_read():
    files = {"text.md": TEXT.replace("#health}", "#he,alth}"), "examples/k7f2.md": PROMPTS}
    assert {kind for _, kind, _ in _defects(_project(files))} == {"schema-violation"}
