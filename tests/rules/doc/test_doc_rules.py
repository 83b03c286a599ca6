"""What the rules about documents say in a whole project, beyond their examples."""

from __future__ import annotations

import gzip

import pytest

from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from tests.projects import found, lint, write_files, write_project

ROWS = "datasets/example/rows.jsonl"
WITH_ROWS = {DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl*]")}
ROW = '{"id": "a", "category": "health", "positions": ["health.no-diagnosis"], "prompt": "Why?", "completion": "So."}\n'
DOC = {"select": ["DOC"]}
BAD = {
    SPEC_PATH: "\ufeff"
    + SPEC.replace("title: Example", "title: Off\ntitle: No").replace("stance: oppose", "stanse: oppose")
    + "sample_metadata: {type: objekt}\n",
    DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, none/*.md]")
    + "splits: {train: 0.5}\ncontrol_for: nobody\n",
    "specs/example/prompts.yaml": "palms: 1\nkind: prompt-set\nid: a\nspec: exmaple\nlanguage: en\nprompts: [{id: a, split: test}]\n",
    "specs/other/spec.yaml": "palms: 2\n",
    "specs/broken/spec.yaml": "palms: [1\n",
    "datasets/example/samples/bad.md": "---\ncategory: helth\npositions: [health.no-diagnosis]\nshelf: 3\n---\n# Why?\n\nSo.\n",
    "datasets/example/drafts/new.md": "---\ncategory: health\n---\n# Why?\n\nSo.\n",
}


def test_a_warm_run_finds_what_a_cold_one_found(tmp_path):
    root = write_project(tmp_path, BAD)
    cold = found(lint(root, cache=True, **DOC))
    assert len({rule for rule, _, _ in cold}) >= 9
    write_files(root, {"datasets/example/samples/more.md": "---\ncategory: health\n---\n# How?\n\nSo.\n"})
    assert found(lint(root, cache=True, **DOC)) == cold
    assert found(lint(root, cache=False, **DOC)) == cold


def test_findings_are_the_same_in_every_process(tmp_path):
    root = write_project(tmp_path, BAD)
    prompts = root / "specs/example/prompts.yaml"
    prompts.write_text(
        prompts.read_text()
        .replace("exmaple", "example")
        .replace("split: test", "split: test, text: x, positions: [zzz]")
    )
    (root / SPEC_PATH).write_text(SPEC)
    for name in ("specs/broken/spec.yaml", "specs/other/spec.yaml"):
        (root / name).unlink()
    hints = [finding.hint for finding in lint(root, select=["unresolved-reference"]).stream()]
    assert "there is health.no-diagnosis, political.nonpartisan" in hints


@pytest.mark.parametrize("name", [ROWS, ROWS + ".gz"])
def test_a_byte_order_mark_before_rows_is_found_and_passed_over(tmp_path, name):
    data = ("\ufeff" + ROW).encode()
    root = write_project(tmp_path, {**WITH_ROWS, name: gzip.compress(data) if name.endswith(".gz") else data})
    assert found(lint(root, **DOC)) == [("byte-order-mark", name, "the file starts with a byte order mark")]


def test_tables_that_are_no_samples_are_left_alone(tmp_path):
    root = write_project(tmp_path, {"logs/run.jsonl": '{"level": "info", "text": 1}\n' * 3000})
    assert found(lint(root, **DOC)) == []


def test_a_table_that_is_named_is_explained(tmp_path):
    root = write_project(tmp_path, {"logs/run.jsonl": '{"level": "info"}\n{"text": 1}\n[]\n'})
    assert [message for _, _, message in found(lint(root / "logs/run.jsonl", **DOC))] == [
        "no known shape of a training row; its keys: level",
        "text: expected text, or a list of turns",
        "a training row is a mapping, and this is none",
    ]


def test_large_files_that_are_no_documents_are_left_alone(tmp_path):
    root = write_project(tmp_path, {"data/table.json": b'{"rows": [' + b"1," * 5_500_000 + b"1]}"})
    assert found(lint(root, **DOC)) == []


def test_a_large_document_is_reported(tmp_path):
    root = write_project(tmp_path, {"specs/large/spec.yaml": SPEC.encode() + b"# " + b"x" * 11_000_000})
    (finding,) = lint(root, **DOC).stream()
    assert finding.rule == "unreadable-document"
    assert "MB" in finding.message


def test_a_specification_that_cannot_be_read_is_named_where_it_is_missed(tmp_path):
    root = write_project(tmp_path, {SPEC_PATH: SPEC.replace("title: Example", "title: Example: values")})
    hints = {finding.rule: finding.hint for finding in lint(root, **DOC).stream()}
    assert hints["unresolved-reference"] == f"is it {SPEC_PATH}, which could not be read?"


def test_ids_of_samples_may_repeat_across_datasets_and_in_files_that_none_claims(tmp_path):
    other = DATASET.replace("id: example", "id: other").replace("samples/**/*.md", "rows.jsonl")
    files = {**WITH_ROWS, ROWS: ROW, "datasets/other/dataset.yaml": other, "datasets/other/rows.jsonl": ROW}
    root = write_project(tmp_path, {**files, "exports/rows.jsonl": ROW * 2})
    assert found(lint(root, select=["duplicate-id"])) == []


def test_every_repeated_id_is_one_finding(tmp_path):
    root = write_project(tmp_path, {**WITH_ROWS, ROWS: ROW * 3 + ROW.replace('"a"', '"sore-throat"')})
    assert [message for _, _, message in found(lint(root, select=["duplicate-id"]))] == [
        "3 samples of example have the id a",
        "2 samples of example have the id sore-throat",
    ]


def test_metadata_are_looked_at_in_rows_lists_and_markdown(tmp_path):
    schema = "sample_metadata: {properties: {level: {enum: [plain]}}}\n"
    rows = ROW.replace('"id"', '"metadata": {"level": "high"}, "id"')
    listed = "- {id: l, prompt: Why?, completion: So., metadata: {level: high}}\n"
    markdown = "---\nmetadata: {level: high}\n---\n# Why?\n\nSo.\n"
    files = {SPEC_PATH: SPEC + schema, **WITH_ROWS, ROWS: rows, "datasets/example/samples/m.md": markdown}
    files[DATASET_PATH] = DATASET.replace("[samples/**/*.md]", "[samples/**, rows.jsonl]")
    root = write_project(tmp_path, {**files, "datasets/example/samples/list.yaml": listed})
    outcome = lint(root, select=["metadata-violation"])
    assert [(finding.message, finding.hint, finding.excerpt) for finding in outcome.stream()] == [
        ("level: expected one of plain; found “high”", "", '"high"'),
        ("level: expected one of plain; found “high”", "", "high"),
        ("level: expected one of plain; found “high”", "", "high"),
    ]
