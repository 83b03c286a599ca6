"""The rows of a file, whatever kind of file it is, as JSON values that a document can hold."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from palms_spec.errors import SourceError, SourceSyntaxError, UnreadableSource
from palms_spec.sources.columnar import columnar_rows, columnar_size
from palms_spec.sources.json import has_duplicate_keys, loads
from palms_spec.sources.json_array import BrokenList, iter_items
from palms_spec.sources.jsonl import MAX_ROW_BYTES, iter_rows, plan_shards
from palms_spec.sources.row_kinds import COLUMNAR, RowKind
from palms_spec.training.readers.source_files import SourceFile
from palms_spec.training.readers.storable import storable, without_nulls

# From 19 digits on a whole number may need more than 64 bits, and orjson makes another one of it.
_MANY_DIGITS = re.compile(rb"\d{19}").search


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row and where it stands: `line` in a text, `number` in a list or a table, both from 1, 0 where there is none.

    `problem` says why there is no value, "" if there is one. `done` is the share of the file that is behind it, 0 where
    that is not known.
    """

    value: Any
    line: int = 0
    number: int = 0
    problem: str = ""
    done: float = 0.0

    @property
    def place(self) -> dict[str, int]:
        """Line and number, as far as there are such."""
        return {name: at for name, at in (("line", self.line), ("row", self.number)) if at}


def source_rows(file: SourceFile) -> Iterator[SourceRow]:
    """The rows of a file that are not blank, in order.

    Raises UnreadableSource where the file cannot be opened, and MissingExtra where pyarrow is needed and not there.
    """
    try:
        if file.kind in COLUMNAR:
            yield from _table(file.path, file.kind)
        elif file.kind == "json-array":
            yield from _list(file.path)
        else:
            yield from _lines(file.path)
    except UnreadableSource as error:
        raise UnreadableSource(f"{file.name}: {error.message}", hint=error.hint) from error


def _lines(path: Path) -> Iterator[SourceRow]:
    line = 0
    try:
        (shard,) = plan_shards(path, 1 << 60)
        size = math.inf if shard.packed else path.stat().st_size
        for raw, line, offset in iter_rows(shard):
            if raw is None:
                yield SourceRow(None, line, problem=f"the row is longer than {MAX_ROW_BYTES / 1e6:g} MB")
            else:
                yield _parsed(raw, line, done=offset / size)
    except UnreadableSource as error:
        if not line:
            raise
        yield SourceRow(None, line, problem=f"behind this row {error.message}")


def _list(path: Path) -> Iterator[SourceRow]:
    number = line = 0
    try:
        for number, (raw, line) in enumerate(iter_items(path), start=1):
            yield _parsed(raw, line, number)
    except BrokenList as error:
        yield SourceRow(None, error.line, number + 1, error.message)
    except UnreadableSource as error:
        if not number:
            raise
        yield SourceRow(None, line, number, f"behind this row the file {error.message}")


def _table(path: Path, kind: RowKind) -> Iterator[SourceRow]:
    number = 0
    size = columnar_size(path, kind) or math.inf
    try:
        for number, found in enumerate(columnar_rows(path, kind), start=1):
            if isinstance(found, UnreadableSource):
                yield SourceRow(None, 0, number, found.message)
            else:
                yield SourceRow(without_nulls(storable(found)), 0, number, done=number / size)
    except UnreadableSource as error:
        if not number:
            raise
        yield SourceRow(None, 0, number, f"behind this row the file {error.message}")


def _parsed(raw: bytes, line: int, number: int = 0, done: float = 0.0) -> SourceRow:
    try:
        return SourceRow(_value(raw), line, number, done=done)
    except SourceError as error:
        column = f" in column {error.offset + 1}" if error.offset else ""
        return SourceRow(None, line, number, error.message + column)


def _value(raw: bytes) -> Any:
    """The value of a row, exactly. Raises SourceError."""
    try:
        value: Any = orjson.loads(raw)
    except orjson.JSONDecodeError:
        value = storable(loads(raw))
    else:
        if _MANY_DIGITS(raw):
            value = storable(loads(raw))
    if has_duplicate_keys(raw, value):
        raise SourceSyntaxError("a key stands more than once in it, and only one of them could be kept")
    return value
