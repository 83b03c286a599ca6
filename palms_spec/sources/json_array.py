"""Rows of a file that is one JSON list, item by item, whatever its size."""

from __future__ import annotations

import codecs
import json
import os
import re
import zlib
from collections.abc import Callable, Iterator
from gzip import GzipFile

from palms_spec.errors import SourceSyntaxError, UnreadableSource
from palms_spec.sources.files import is_gzip, open_regular
from palms_spec.sources.jsonl import BLOCK_BYTES, MAX_ROW_BYTES

Item = tuple[bytes, int]
"""The JSON text of an item, and the line where it begins, from 1."""
_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*")
_NUMBER = frozenset("0123456789.eE+-")
_NUMBER_OR_END = _NUMBER | {""}


class BrokenList(SourceSyntaxError):
    """A list that cannot be read any further. `line` is where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message, hint="what follows in the file was not read")
        self.line = line


def iter_items(path: str | os.PathLike[str]) -> Iterator[Item]:
    """The items of the list in a file, which may be packed by gzip, in order.

    Raises UnreadableSource where it cannot be opened or is no UTF-8, and BrokenList where what stands there is no list
    or not closed; what comes before that is given first.
    """
    packed = is_gzip(path)
    with open_regular(path) as stream:
        read = GzipFile(fileobj=stream, mode="rb").read1 if packed else stream.read
        yield from _Reader(read).items()


class _Reader:
    """A window of text that moves over the file. `at` is where reading has come to in it, `line` the line there."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def items(self) -> Iterator[Item]:
        if self._next() != "[":
            raise BrokenList("expected a list of rows", self._line)
        self._step(1)
        if self._next() == "]":
            self._step(1)
        else:
            while True:
                yield self._item()
                following = self._next()
                if following not in (",", "]"):
                    what = "the list is not closed" if not following else "expected a comma or ]"
                    raise BrokenList(what, self._line)
                self._step(1)
                if following == "]":
                    break
        if self._next():
            raise BrokenList("text goes on where the list has ended", self._line)

    def _item(self) -> Item:
        self._next()
        while True:
            try:
                _, end = _DECODER.raw_decode(self._text, self._at)
                # A number goes on in what is not read yet, and the scanner cannot know.
                if self._ended or self._text[end - 1] not in _NUMBER or self._text[end : end + 1] not in _NUMBER_OR_END:
                    break
                error = "the list is not closed"
            except (ValueError, RecursionError) as refusal:
                error = getattr(refusal, "msg", "it is nested too deeply").lower()
                where = getattr(refusal, "pos", self._at)
                if self._ended:
                    raise BrokenList(error, self._line_at(where)) from refusal
            if len(self._text) - self._at > MAX_ROW_BYTES:
                raise BrokenList(f"no row ends within {MAX_ROW_BYTES / 1e6:g} MB: {error}", self._line)
            self._more()
        item = self._text[self._at : end].encode("utf-8", "surrogatepass"), self._line
        self._step(end - self._at)
        return item

    def _next(self) -> str:
        """The next character that is no blank, "" at the end of the file; it stands at `at` then."""
        while True:
            match = _BLANK.match(self._text, self._at)
            assert match is not None
            self._step(match.end() - self._at)
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._more()

    def _step(self, length: int) -> None:
        self._line += self._text.count("\n", self._at, self._at + length)
        self._at += length

    def _line_at(self, position: int) -> int:
        return self._line + self._text.count("\n", self._at, position)

    def _more(self) -> None:
        """Read on, as much again as is held already, and let go of what was passed."""
        held = self._text[self._at :]
        try:
            block = self._read(max(BLOCK_BYTES, len(held)))
            self._text, self._at = held + self._decode(block, not block), 0
        except UnicodeDecodeError as error:
            raise UnreadableSource(f"is no UTF-8 behind line {self._line}", hint="save the file as UTF-8") from error
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableSource(f"cannot be read behind line {self._line}: {error}") from error
        self._ended = not block
