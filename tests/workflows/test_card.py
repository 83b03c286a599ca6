"""The card says what is declared and what is measured, and nothing that nobody did."""

from __future__ import annotations

import json
import re

import pytest

from palms_spec.errors import UsageError
from palms_spec.sources.node import plain
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml
from palms_spec.workflows.card import dataset_card
from palms_spec.workflows.datasets import open_dataset
from tests.projects import write_project


def test_metadata_are_those_of_a_hub_repository(tmp_path):
    text = dataset_card(open_dataset("example", write_project(tmp_path)))
    front = text.split("---\n")[1]
    tree = read_yaml(SourceText("", front))
    assert tree is not None
    values = plain(tree)
    assert isinstance(values, dict)
    assert values["pretty_name"] == "Example"
    assert values["size_categories"] == ["n<1K"]
    assert "license" not in values, "none is declared"


def test_counts_are_those_of_the_samples(tmp_path):
    text = dataset_card(open_dataset("example", write_project(tmp_path)))
    assert "2 samples" in text
    assert "| Health | 1 | diagnosing a person's condition | 1 |" in text
    assert "Status: **draft**" in text
    assert "No approval or review by people is claimed." in text
    assert "Consulted: nobody outside the project." in text


def test_notes_beside_the_dataset_are_taken_over(tmp_path):
    root = write_project(tmp_path, {"datasets/example/card.md": "## How it was made\n\nBy hand.\n"})
    assert "\n\n## How it was made\n\nBy hand.\n\n" in dataset_card(open_dataset("example", root))


def test_rows_are_counted_as_well(tmp_path):
    row = {"prompt": "Why?", "completion": "Because.", "category": "health", "positions": ["health.no-diagnosis"]}
    root = write_project(
        tmp_path,
        {
            "datasets/example/dataset.yaml": "palms: 1\nkind: dataset\nid: rows\ntitle: Rows\nspec: example\n"
            "samples: [samples/*.jsonl]\n",
            "datasets/example/samples/rows.jsonl": json.dumps(row) + "\n",
        },
    )
    assert "1 sample, 2 words" in dataset_card(open_dataset("rows", root))


@pytest.mark.parametrize("name", ["datasets/example", "datasets/example/dataset.yaml", "example"])
def test_a_dataset_is_found_by_id_and_by_path(tmp_path, monkeypatch, name):
    root = write_project(tmp_path)
    monkeypatch.chdir(root)
    assert open_dataset(name, root).model.id == "example"


@pytest.mark.parametrize(
    ("name", "files", "message"),
    [
        ("exampel", {}, "there is no dataset exampel"),
        (
            "example",
            {"datasets/example/samples/bad.md": "---\nnothing: 1\n---\n# Why?\n\nSo.\n"},
            "has samples with defects",
        ),
    ],
)
def test_what_cannot_be_described_is_an_error(tmp_path, name, files, message):
    root = write_project(tmp_path, files)
    with pytest.raises(UsageError, match=re.escape(message)):
        dataset_card(open_dataset(name, root))
