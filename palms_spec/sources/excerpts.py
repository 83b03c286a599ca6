"""The lines that spans stand in, read again for showing them: only the part around a span, however long its line is.

Spans of one file come in order of their offset, so every file, packed ones included, is gone through once.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from gzip import GzipFile
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from palms_spec.errors import UnreadableSource
from palms_spec.findings import Span
from palms_spec.sources.files import GZIP_MAGIC, open_regular

REACH = 4096
"""Bytes of a line that are read before a span, of a span itself, and after it: more than any terminal shows."""
MOST_LINES = 3

_LINE_END = re.compile("\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """One line: what the span covers, and what stands before and after it. `cut_…`: the line goes on there."""

    number: int
    before: str
    marked: str
    after: str
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The first lines of a span, and how many more it has."""

    lines: tuple[ExcerptLine, ...]
    more: int = 0


class Excerpts:
    """Excerpts of files below a root; `stand_ins` are read in place of the files they are named by."""

    def __init__(self, root: Path, stand_ins: Mapping[str, str] = MappingProxyType({})) -> None:
        self._root = root
        self._stand_ins = stand_ins
        self._path: str | None = None
        self._window: _Window | None = None

    def of(self, path: str, span: Span, text: str) -> Excerpt | None:
        """The excerpt at a span, whose text is known to begin like `text`.

        None where the file has changed since, or cannot be read.
        """
        if path != self._path:
            self.close()
            self._path, self._window = path, _open(Path(self._stand_ins.get(path) or self._root / path))
        if self._window is None:
            return None
        try:
            return _excerpt(self._window, span, text)
        except (OSError, EOFError, zlib.error, UnicodeDecodeError):
            return None

    def close(self) -> None:
        """Let go of the file that was read last."""
        if self._window is not None:
            self._window.close()
        self._path, self._window = None, None


def _excerpt(window: _Window, span: Span, text: str) -> Excerpt | None:
    start = max(0, span.offset - REACH)
    length = min(span.end_offset - span.offset, REACH)
    data = window.read(start, span.offset + length + REACH)
    head, rest = data[: span.offset - start], data[span.offset - start :]
    if len(rest) < length:
        return None
    line_start = max(head.rfind(b"\n"), head.rfind(b"\r")) + 1
    cut_before = line_start == 0 and start > 0
    if cut_before:
        before = head.lstrip(_CONTINUATION).decode()
    else:
        before = head[line_start:].decode().removeprefix("\ufeff" if start + line_start == 0 else "")
        if len(before) + 1 != span.column:
            return None
    is_whole = length == span.end_offset - span.offset
    marked = _decoded(rest[:length])
    if not marked.startswith(text):
        return None
    after, cut_after = "", True
    if is_whole:
        tail = rest[length:]
        after = _decoded(tail)
        end = _LINE_END.search(after)
        after, cut_after = (after[: end.start()], False) if end else (after, len(tail) == REACH)
    return _lines(span, before, marked, after, cut_before, cut_after)


def _lines(span: Span, before: str, marked: str, after: str, cut_before: bool, cut_after: bool) -> Excerpt:
    parts = _LINE_END.split(marked)
    if len(parts) == 1:
        return Excerpt((ExcerptLine(span.line, before, marked, after, cut_before, cut_after),))
    lines = [ExcerptLine(span.line, before, parts[0], "", cut_before)]
    for number, part in enumerate(parts[1:], span.line + 1):
        covered = part.lstrip()
        lines.append(ExcerptLine(number, part[: len(part) - len(covered)], covered, ""))
    last = lines[-1]
    lines[-1] = ExcerptLine(last.number, last.before, last.marked, after, cut_after=cut_after)
    if not parts[-1]:
        lines.pop()
    shown = lines[:MOST_LINES]
    last_line = span.end_line - (span.end_column == 1)
    return Excerpt(tuple(shown), max(0, last_line - shown[-1].number))


def _decoded(data: bytes) -> str:
    """The text of bytes that may end in the middle of a character."""
    return codecs.getincrementaldecoder("utf-8")().decode(data)


_CONTINUATION = bytes(range(0x80, 0xC0))


def _open(path: Path) -> _Window | None:
    try:
        file = open_regular(path)
    except UnreadableSource:
        return None
    try:
        is_packed = file.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        file.seek(0)
    except OSError:
        file.close()
        return None
    return _Window(file, GzipFile(fileobj=file) if is_packed else file)


class _Window:
    """A stretch of a file that moves forward. Going backward works too, but goes through a packed file again."""

    def __init__(self, file: BinaryIO, stream: BinaryIO | GzipFile) -> None:
        self._file = file
        self._stream = stream
        self._start = 0
        self._held = b""

    def read(self, start: int, end: int) -> bytes:
        """The bytes from start to end, or to the end of the file."""
        if self._start <= start <= self._start + len(self._held):
            self._held = self._held[start - self._start :]
        else:
            self._stream.seek(start)
            self._held = b""
        self._start = start
        missing = end - start - len(self._held)
        if missing > 0:
            self._held += self._stream.read(missing)
        return self._held[: end - start]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
