"""Fixes made on a file of rows, from one file to another: however large it is, one row at a time is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from palms_spec.engine.edits import MARK
from palms_spec.engine.mending import Mended, mend
from palms_spec.findings import Finding
from palms_spec.sources.row_access import RowAccess

ROW_NAME = "row.json"
BLOCK = 1 << 20


def mend_rows(source: Path, target: Path, findings: Iterable[Finding]) -> Iterator[Mended]:
    """Write the file at `target` after fixes of findings in `source`, which come in order. What became of each row with
    a finding is given, without its text."""
    access = RowAccess(str(source))
    try:
        with source.open("rb") as old, target.open("wb") as new:
            at = 0
            for start, raw, some in _by_row(access, findings):
                if start < at:
                    continue
                _copy(old, new, start - at)
                mended = mend(ROW_NAME, raw, some, start) if raw else _unmarked(some)
                new.write(mended.data)
                at = start + (len(raw) or MARK.end)
                old.seek(at)
                yield Mended(b"", mended.fixed, mended.dropped)
            _copy(old, new, None)
    finally:
        access.close()


def _by_row(access: RowAccess, findings: Iterable[Finding]) -> Iterator[tuple[int, bytes, list[Finding]]]:
    """Where each row with findings starts, the row, and the findings. A byte order mark counts as an empty row."""
    held: tuple[int, bytes] = (0, b"")

    def row_of(finding: Finding) -> tuple[int, bytes]:
        nonlocal held
        assert finding.fix is not None
        first = finding.fix.edits[0]
        if first == MARK:
            return 0, b""
        start, raw = held
        if not (raw and start <= first.start <= start + len(raw)):
            raw, start = access.row(first.start)
            held = start, raw
        return held

    for (start, raw), some in groupby(findings, key=row_of):
        yield start, raw, list(some)


def _unmarked(findings: list[Finding]) -> Mended:
    return Mended(b"", findings[:1], [])


def _copy(old: BinaryIO, new: BinaryIO, length: int | None) -> None:
    """Copy so many bytes, or all that are left."""
    while length is None or length > 0:
        block = old.read(BLOCK if length is None else min(BLOCK, length))
        if not block:
            break
        new.write(block)
        if length is not None:
            length -= len(block)
