"""Single rows of a large file, and their line numbers, without reading the file again from its start."""

from __future__ import annotations

import codecs
from array import array

from palms_spec.sources.files import open_regular
from palms_spec.sources.jsonl import FEED_BLOCK as BLOCK

NEAR = 64
"""Mostly the offset is that of the start of a row, or of a byte not far behind it."""


class RowAccess:
    """A JSONL file, uncompressed, opened for looking at rows here and there.

    Line numbers come from a table of the line feeds before each block: the given one, which `plan_shards` made, or one
    that is made in a pass over the file when the first is asked for.
    """

    def __init__(self, path: str, feeds_before: array[int] | None = None) -> None:
        self._file = open_regular(path)
        self._feeds_before = feeds_before or None

    def row(self, offset: int) -> tuple[bytes, int]:
        """The row that holds the byte at an offset, without line end and byte order mark, and where it starts."""
        start = self._start_of(offset)
        self._file.seek(start)
        raw = self._file.readline().rstrip(b"\r\n")
        if start == 0 and raw.startswith(codecs.BOM_UTF8):
            return raw[len(codecs.BOM_UTF8) :], len(codecs.BOM_UTF8)
        return raw, start

    def row_from(self, start: int) -> bytes:
        """The row that starts at an offset, without its line end. It is quicker than looking for the start."""
        self._file.seek(start)
        return self._file.readline().rstrip(b"\r\n")

    def _start_of(self, offset: int) -> int:
        end, reach = offset, NEAR
        while end > 0:
            begin = max(0, end - reach)
            self._file.seek(begin)
            found = self._file.read(end - begin).rfind(b"\n")
            if found != -1:
                return begin + found + 1
            end, reach = begin, BLOCK
        return 0

    def line(self, offset: int) -> int:
        """Number, from 1, of the line that holds the byte at an offset."""
        table = self._feeds_before
        if table is None:
            table = self._feeds_before = self._count()
        block = min(offset // BLOCK, len(table) - 1)
        self._file.seek(block * BLOCK)
        return table[block] + self._file.read(offset - block * BLOCK).count(b"\n") + 1

    def _count(self) -> array[int]:
        table, feeds = array("Q", [0]), 0
        self._file.seek(0)
        while piece := self._file.read(BLOCK):
            feeds += piece.count(b"\n")
            table.append(feeds)
        return table

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
