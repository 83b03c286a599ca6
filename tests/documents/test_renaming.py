"""A field that was probably meant is offered where renaming to it does no harm."""

from __future__ import annotations

import pytest

from palms_spec.documents.document import Document
from palms_spec.documents.reading import read_document
from palms_spec.rulekit.examples import SPEC


def offered(text: str) -> dict[str, str]:
    """The unknown fields of a specification, and what may be meant by each."""
    document = read_document("spec.yaml", text.encode())
    assert isinstance(document, Document)
    return {
        defect.pointer.rsplit("/", 1)[-1]: defect.instead
        for defect in document.defects
        if defect.kind == "unknown-field"
    }


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("stance: neutral", "stanse: neutral", {"stanse": "stance"}, id="a misspelt field"),
        pytest.param(
            "statement: An answer takes", "description: An answer takes", {"description": "statement"}, id="a synonym"
        ),
        pytest.param(
            "stance: neutral",
            "stance: neutral\n        stanse: oppose",
            {"stanse": ""},
            id="the field is there already",
        ),
        pytest.param(
            "context: Q", "sample_metadatas: 5\ncontext: Q", {"sample_metadatas": ""}, id="the value would not fit"
        ),
        pytest.param("context: Q", "zzz: 5\ncontext: Q", {"zzz": ""}, id="nothing is near"),
        pytest.param("stance: neutral", "stanse: nowhere", {"stanse": ""}, id="the value is no choice"),
    ],
)
def test_what_is_offered(old, new, expected):
    assert old in SPEC
    assert offered(SPEC.replace(old, new)) == expected
