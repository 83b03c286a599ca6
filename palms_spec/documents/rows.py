"""One row of a JSONL file: its samples and its defects. The usual row passes through without an object too many."""

from __future__ import annotations

from codecs import BOM_UTF8
from itertools import islice
from typing import Any

import orjson

from palms_spec.documents.context import SampleContext, reference_defects
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.foreign_shapes import FOREIGN_SHAPES, foreign_samples, shape_of
from palms_spec.documents.opening import MARKED, ROW, tree_defects
from palms_spec.documents.sample import Sample
from palms_spec.documents.sample_forms import model_of
from palms_spec.documents.shapes import own_sample, own_sample_unchecked
from palms_spec.documents.validation import validate
from palms_spec.errors import SourceError, UnreadableSource
from palms_spec.sources.files import is_gzip
from palms_spec.sources.json import has_duplicate_keys, loads, read_json
from palms_spec.sources.jsonl import MAX_ROW_BYTES, Shard, iter_rows
from palms_spec.sources.node import Node
from palms_spec.sources.text import SourceText, decode

NO_DEFECTS: list[Defect] = []
PEEKED = 20


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
    tree, defects = None, NO_DEFECTS
    if has_duplicate_keys(raw, value):
        tree, refused = _tree(raw)
        if tree is None:
            return [], refused
        defects = list(tree_defects(tree))
    if context.anonymous:
        samples = foreign_samples(value)
        if samples is None:
            return [], [*defects, _shapeless(value)]
        return samples, defects
    sample = own_sample(value)
    if sample is None:
        if tree is None:
            tree, refused = _tree(raw)
            if tree is None:
                return [], refused
        model, violations = validate(model_of(value), tree)
        defects = [*defects, *violations]
        if model is None:
            return [], defects
        sample = own_sample_unchecked(model, value)
    unresolved = list(reference_defects(sample, context))
    return [sample], [*defects, *unresolved] if unresolved else defects


def _shapeless(value: Any) -> Defect:
    """Why a row of a file that no dataset claims cannot be read."""
    hint = f"known shapes: {FOREIGN_SHAPES}"
    if not isinstance(value, dict):
        return Defect("schema-violation", "a training row is a mapping, and this is none", hint)
    if known := shape_of(value):
        message = f"{' and '.join(known)}: expected text, or a list of turns"
        return Defect("schema-violation", message, "a turn has role and content", f"/{known[0]}")
    keys = ", ".join(list(value)[:8]) or "none"
    return Defect("schema-violation", f"no known shape of a training row; its keys: {keys}", hint)


def may_hold_samples(path: str) -> bool:
    """Whether one of the first rows of a file has the shape of a training row, or cannot be read.

    Logs, results and other tables in JSONL are not samples that somebody got wrong.
    """
    try:
        for raw, _, _ in islice(iter_rows(Shard(path, 0, None, 1, packed=is_gzip(path))), PEEKED):
            if raw is not None and foreign_samples(orjson.loads(raw.removeprefix(BOM_UTF8))) is not None:
                return True
    except (UnreadableSource, orjson.JSONDecodeError):
        return True
    return False


def row_document(path: str, raw: bytes, line: int, byte: int, name: str = "") -> Document:
    """One row as a document of its own, to be opened when a place in it is asked for."""
    return Document(path, raw, kind=ROW, id=name, first_line=line, first_byte=byte)


def too_long_row(path: str, line: int, byte: int) -> Document:
    """What there is to say about a row that was not read, for its length."""
    message = f"the row is longer than {MAX_ROW_BYTES / 1e6:g} MB"
    defect = Defect("unreadable-document", message, "split the sample, or leave it out", offset=0)
    source = SourceText(path, "", first_line=line, first_byte=byte)
    return Document(path, kind=ROW, source=source, defects=[defect], first_line=line, first_byte=byte)


def marked_file(path: str) -> Document:
    """What there is to say about a file of rows that starts with a byte order mark."""
    source = SourceText(path, "", has_bom=True)
    return Document(path, kind=ROW, source=source, defects=[MARKED])


def _tree(raw: bytes) -> tuple[Node | None, list[Defect]]:
    """The tree of a row that parsed; None, with the reason, where it goes beyond the bounds of documents."""
    try:
        return read_json(decode("", raw)), []
    except SourceError as error:
        return None, [Defect("syntax-error", error.message, error.hint, offset=error.offset)]
