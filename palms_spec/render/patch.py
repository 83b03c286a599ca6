"""Changes of files as a patch that `git apply` and `patch -p1` take: exact, byte for byte."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

Pair = tuple[bytes | None, bytes | None]
"""A line of the old file and the one that stands for it in the new file; None where there is none."""

CONTEXT = 3
MOST_MATCHED = 2_000
"""Lines between the first and the last change up to which the fewest changes are looked for."""

NO_LINE_END = b"\n\\ No newline at end of file\n"
_PLAIN = re.compile(rb"[ !#-\[\]-~]*").fullmatch
_ESCAPES = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}


def patch(name: str, old: Path, new: Path, *, by_line: bool = False) -> Iterator[bytes]:
    """The lines of the patch of a file, whose name is relative to where the patch will be applied; none where nothing
    changes.

    `by_line`: every line of the one file stands for that of the same number in the other, as with rows; then files of
    any size take no memory.
    """
    with old.open("rb") as before, new.open("rb") as after:
        pairs = zip_longest(before, after) if by_line else aligned(list(before), list(after))
        hunks = _hunks(pairs)
        first = next(hunks, None)
        if first is None:
            return
        yield from _head(name)
        yield from first
        for hunk in hunks:
            yield from hunk


def folder_for(root: Path) -> Path:
    """What names in a patch are relative to: the folder of the repository around a folder, or the folder itself."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)


def aligned(old: list[bytes], new: list[bytes]) -> Iterator[Pair]:
    """Lines of two files side by side."""
    start, end = 0, 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield from ((line, line) for line in old[:start])
    middle, other = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(middle), len(other)) > MOST_MATCHED:
        yield from zip_longest(middle, other)
    else:
        for kind, *(first, last, new_first, new_last) in SequenceMatcher(None, middle, other, False).get_opcodes():
            if kind == "equal":
                yield from zip(middle[first:last], other[new_first:new_last], strict=True)
            else:
                yield from ((line, None) for line in middle[first:last])
                yield from ((None, line) for line in other[new_first:new_last])
    yield from ((line, line) for line in old[len(old) - end :])


def _head(name: str) -> Iterator[bytes]:
    raw = os.fsencode(name)
    tab = b"\t" if b" " in raw else b""
    old, new = _quoted(b"a/" + raw), _quoted(b"b/" + raw)
    yield b"diff --git " + old + b" " + new + b"\n"
    yield b"--- " + old + tab + b"\n"
    yield b"+++ " + new + tab + b"\n"


def _quoted(name: bytes) -> bytes:
    """A name as git writes it."""
    if _PLAIN(name):
        return name
    return b'"' + b"".join(_escaped(byte) for byte in name) + b'"'


def _escaped(byte: int) -> bytes:
    if byte in _ESCAPES:
        return b"\\" + _ESCAPES[byte]
    return bytes([byte]) if 0x20 <= byte < 0x7F else b"\\%03o" % byte


def _hunks(pairs: Iterable[Pair]) -> Iterator[list[bytes]]:
    """The hunks, each with its lines."""
    hunk = _Hunk(0, 0)
    before: deque[bytes] = deque(maxlen=CONTEXT)
    old_line = new_line = 0
    for old, new in pairs:
        if old == new and old is not None:
            if hunk.is_open and hunk.same < 2 * CONTEXT:
                hunk.keep(old)
            elif hunk.is_open:
                yield hunk.lines()
                hunk = _Hunk(0, 0)
            before.append(old)
        else:
            if not hunk.is_open:
                hunk = _Hunk(old_line - len(before), new_line - len(before))
                for line in before:
                    hunk.keep(line)
            hunk.change(old, new)
            before.clear()
        old_line += old is not None
        new_line += new is not None
    if hunk.is_open:
        yield hunk.lines()


class _Hunk:
    """Lines that change, and those around them. `same` is how many unchanged lines stand at its end."""

    def __init__(self, old_start: int, new_start: int) -> None:
        self.is_open = False
        self.same = 0
        self._starts = old_start, new_start
        self._lines: list[tuple[bytes, bytes]] = []
        self._added: list[bytes] = []

    def keep(self, line: bytes) -> None:
        """A line that does not change."""
        self._flush()
        self._lines.append((b" ", line))
        self.same += 1

    def change(self, old: bytes | None, new: bytes | None) -> None:
        """A line that does. Those that go stand before those that come."""
        self.is_open = True
        self.same = 0
        if old is not None:
            self._lines.append((b"-", old))
        if new is not None:
            self._added.append(new)

    def _flush(self) -> None:
        self._lines += ((b"+", line) for line in self._added)
        self._added = []

    def lines(self) -> list[bytes]:
        """Head and lines, of those at the end that do not change no more than are shown."""
        self._flush()
        cut = max(0, self.same - CONTEXT)
        shown = self._lines[: len(self._lines) - cut]
        old = sum(sign != b"+" for sign, _ in shown)
        new = sum(sign != b"-" for sign, _ in shown)
        ranges = [_range(start, count) for start, count in zip(self._starts, (old, new), strict=True)]
        written = [sign + (line if line.endswith(b"\n") else line + NO_LINE_END) for sign, line in shown]
        return [b"@@ -%s +%s @@\n" % tuple(ranges), *written]


def _range(start: int, count: int) -> bytes:
    if count == 0:
        return b"%d,0" % start
    return b"%d" % (start + 1) if count == 1 else b"%d,%d" % (start + 1, count)
