"""One row of a JSONL file: its samples and its defects. The usual row passes through without an object too many."""

from __future__ import annotations

from typing import Any

import orjson

from palms_spec.documents.context import SampleContext, reference_defects
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.opening import ROW, tree_defects
from palms_spec.documents.sample import Sample, model_of
from palms_spec.documents.shapes import FOREIGN_SHAPES, foreign_samples, own_sample, own_sample_unchecked
from palms_spec.documents.validation import validate
from palms_spec.errors import SourceError, UnreadableSource
from palms_spec.sources.json import has_duplicate_keys, loads, read_json
from palms_spec.sources.node import Node
from palms_spec.sources.text import decode

NO_DEFECTS: list[Defect] = []


def read_row(raw: bytes, context: SampleContext) -> tuple[list[Sample], list[Defect]]:
    """The samples of a row, which is not blank, and its defects (offsets count characters of the row)."""
    try:
        value: Any = orjson.loads(raw)
    except orjson.JSONDecodeError:
        try:
            value = loads(raw)
        except UnreadableSource as error:
            return [], [Defect("unreadable-document", error.message, error.hint, offset=error.offset)]
        except SourceError as error:
            return [], [Defect("syntax-error", error.message, error.hint, offset=error.offset)]
    defects = list(tree_defects(_tree(raw))) if has_duplicate_keys(raw, value) else NO_DEFECTS
    if context.anonymous:
        samples = foreign_samples(value)
        if samples is None:
            keys = "the keys " + ", ".join(sorted(value)[:8]) if isinstance(value, dict) else "no mapping"
            hint = f"known shapes: {FOREIGN_SHAPES}"
            return [], [*defects, Defect("schema-violation", f"no known shape of a training row: {keys}", hint)]
        return samples, defects
    sample = own_sample(value)
    if sample is None:
        model, violations = validate(model_of(value if isinstance(value, dict) else ()), _tree(raw))
        defects = [*defects, *violations]
        if model is None:
            return [], defects
        sample = own_sample_unchecked(model, value)
    unresolved = list(reference_defects(sample, context))
    return [sample], [*defects, *unresolved] if unresolved else defects


def row_document(path: str, raw: bytes, line: int, byte: int, name: str = "") -> Document:
    """One row as a document of its own, to be opened when a place in it is asked for."""
    return Document(path, raw, kind=ROW, id=name, first_line=line, first_byte=byte)


def _tree(raw: bytes) -> Node:
    tree = read_json(decode("", raw))
    assert tree is not None, "a row that parsed is not blank"
    return tree
