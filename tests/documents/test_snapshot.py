from __future__ import annotations

import json
from pathlib import Path

import pytest

from palms_spec.documents.reading import read_document
from palms_spec.documents.snapshot import restored, snapshot
from palms_spec.shipped import shipped
from tests.rulekit.packs.every_kind import PACK

DATASET = b"""\
palms: 1
kind: dataset
id: forms
title: Every form
language: en
samples: [samples/*.md, {url: "s3://a/b.jsonl", sha256: "0000000000000000000000000000000000000000000000000000000000000000"}]
targets: [openai, {target: trl, shape: prompt-completion}]
splits: {train: 0.5, validation: 0.5}
palms_ignore: [{rule: SAM001, reason: because}]
"""
FILES = {
    path.name: path.read_bytes()
    for path in (*shipped().glob("specs/*/*.yaml"), *shipped().glob("rules/*.yaml"), Path(PACK))
}


@pytest.mark.parametrize("data", [*FILES.values(), DATASET], ids=[*FILES, "dataset.yaml"])
def test_a_document_is_restored_as_it_was(data):
    document = read_document("a.yaml", data)
    again = restored("a.yaml", data, json.loads(json.dumps(snapshot(document))))
    assert document is not None
    assert again is not None
    assert document.model is not None
    assert again.model is not None
    assert again.model == document.model
    assert again.model.model_fields_set == document.model.model_fields_set
    assert again.model.model_dump() == document.model.model_dump()
    assert (again.kind, again.id, again.suppressions) == (document.kind, document.id, document.suppressions)
