"""What is shown for a file that was changed: what stands in it, and what it brings about elsewhere."""

from __future__ import annotations

import pytest

from palms_spec.rulekit.examples import BASE, DATASET, DATASET_PATH, SPEC, SPEC_PATH
from tests.projects import lint, write_files, write_project

SAMPLE_PATH = "datasets/example/samples/sore-throat.md"
PROMPTS_PATH = "specs/example/prompts.yaml"
PROMPTS = """\
palms: 1
kind: prompt-set
id: example-prompts
spec: example@^1
language: en
prompts:
  - {id: one, split: development, category: health, positions: [health.no-diagnosis], text: Is this rash measles?}
"""
ROWS_PATH = "datasets/example/rows.jsonl"
ROW = '{"category": "health", "positions": ["health.no-diagnosis"], "prompt": "Is this rash measles?", "completion": "A clinician has to look at it."}\n'


def shown(root, name: str, *rules: str) -> set[tuple[str, str]]:
    """Rule and path of what is found in, or because of, a file."""
    return {(one.rule, one.path) for one in lint(root / name, select=rules).stream()}


@pytest.mark.parametrize(
    ("changed", "text", "rule", "where"),
    [
        pytest.param(
            SPEC_PATH,
            SPEC.replace("health.no-diagnosis", "health.no-verdict"),
            "unresolved-reference",
            {SAMPLE_PATH, PROMPTS_PATH, ROWS_PATH},
            id="a position that samples and prompts name gets another id",
        ),
        pytest.param(
            SPEC_PATH,
            SPEC.replace("id: example\n", "id: renamed\n"),
            "unresolved-reference",
            {DATASET_PATH, PROMPTS_PATH},
            id="the specification gets another id",
        ),
        pytest.param(
            SPEC_PATH,
            SPEC.replace("version: 1", "version: 2"),
            "unresolved-reference",
            {DATASET_PATH, PROMPTS_PATH},
            id="the specification gets a version that nothing accepts",
        ),
        pytest.param(
            SPEC_PATH,
            SPEC + "sample_metadata: {type: object, required: [level]}\n",
            "metadata-violation",
            {SAMPLE_PATH, ROWS_PATH},
            id="the specification asks for metadata",
        ),
        pytest.param(
            DATASET_PATH,
            DATASET.replace("samples: [", "length: {min: 100, max: 340}\nsamples: ["),
            "sample-too-short",
            {SAMPLE_PATH, ROWS_PATH},
            id="the dataset asks for longer samples",
        ),
        pytest.param(
            DATASET_PATH,
            DATASET.replace("samples/**/*.md", "samples/two-ballots.md"),
            "unclaimed-sample",
            {SAMPLE_PATH},
            id="the dataset claims a sample no longer",
        ),
    ],
)
def test_a_change_answers_for_what_it_brings_about(tmp_path, changed, text, rule, where):
    dataset = DATASET.replace("samples: [", "samples: [rows.jsonl, ")
    assert text != BASE[changed], "something changes"
    root = write_project(tmp_path, {DATASET_PATH: dataset, PROMPTS_PATH: PROMPTS, ROWS_PATH: ROW})
    assert shown(root, ".", rule) == set()
    write_files(root, {changed: text.replace("samples: [samples", "samples: [rows.jsonl, samples")})
    found = shown(root, changed, rule)
    assert {(rule, path) for path in where} <= found
    assert found == shown(root, ".", rule), "all there is"


def test_what_a_change_has_nothing_to_do_with_is_not_shown(tmp_path):
    sample = BASE[SAMPLE_PATH] + "\nHuman: and then?\n"
    root = write_project(tmp_path, {SAMPLE_PATH: sample})
    assert shown(root, SAMPLE_PATH, "role-marker") == {("role-marker", SAMPLE_PATH)}
    assert shown(root, SPEC_PATH, "role-marker") == set()
    assert shown(root, DATASET_PATH, "role-marker") == set()


TARGETED = DATASET.replace("status: draft", "status: released") + "coverage: {samples: 2}\n"
THIRD = BASE[SAMPLE_PATH].replace("sore throat", "stiff knee").replace("strep infection", "torn muscle")


@pytest.mark.parametrize("folder", ["datasets/example", "datasets/[a]*", "."])
@pytest.mark.parametrize("globs", ["samples/**/*.md", "./samples", "samples/", "'samples/[a-z]?*.md'"])
def test_a_sample_more_in_a_released_dataset_answers_for_the_number_of_them(tmp_path, folder, globs):
    files = {
        f"{folder}/{name.removeprefix('datasets/example/')}": text for name, text in BASE.items() if "samples" in name
    }
    dataset = TARGETED.replace("samples/**/*.md", globs)
    files = {f"{folder}/dataset.yaml": dataset, f"{folder}/samples/knee.md": THIRD, **files}
    root = write_files(tmp_path, {**dict.fromkeys(BASE), "palms.toml": "", SPEC_PATH: SPEC, **files, ROWS_PATH: None})
    where = f"{folder}/dataset.yaml".removeprefix("./")
    (tmp_path / folder / "README.md").write_text("# About\n")
    assert shown(root, f"{folder}/samples/knee.md", "dataset-size") == {("dataset-size", where)}
    assert shown(root, f"{folder}/README.md", "dataset-size") == set()


def test_a_sample_of_a_draft_does_not(tmp_path):
    dataset = TARGETED.replace("released", "draft").replace("samples: 2", "samples: 1")
    root = write_project(tmp_path, {DATASET_PATH: dataset})
    assert shown(root, DATASET_PATH, "dataset-size") == {("dataset-size", DATASET_PATH)}
    assert shown(root, SAMPLE_PATH, "dataset-size") == set()


def test_a_sample_of_either_dataset_answers_for_the_size_of_the_control(tmp_path):
    control = TARGETED.replace("id: example\n", "id: control\n").replace(
        "role: values-targeted", "role: control\ncontrol_for: example"
    )
    files = {DATASET_PATH: TARGETED, "datasets/control/dataset.yaml": control, "datasets/control/samples/a.md": THIRD}
    root = write_project(tmp_path, files)
    found = {("control-size-mismatch", "datasets/control/dataset.yaml")}
    assert shown(root, SAMPLE_PATH, "control-size-mismatch") == found
    assert shown(root, "datasets/control/samples/a.md", "control-size-mismatch") == found
