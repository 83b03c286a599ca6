"""The text of one file, with the way from character offsets to lines, columns and bytes."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from functools import cached_property

from palms_spec.errors import UnreadableSource
from palms_spec.findings import Span


class SourceText:
    """Decoded text of a file (or of a part of one), without byte order mark, and the positions in it.

    Lines end at LF, CRLF or CR, as editors see them; the other Unicode line separators are ordinary characters.
    `first_line` and `first_byte` shift the positions of a text that starts in the middle of a file.
    """

    __slots__ = ("__dict__", "first_byte", "first_line", "has_bom", "path", "text")

    def __init__(
        self, path: str, text: str, *, has_bom: bool = False, first_line: int = 1, first_byte: int = 0
    ) -> None:
        self.path = path
        self.text = text
        self.has_bom = has_bom
        self.first_line = first_line
        self.first_byte = first_byte + (len(codecs.BOM_UTF8) if has_bom else 0)

    @cached_property
    def line_starts(self) -> list[int]:
        """Character offset of the start of every line, in order."""
        text = self.text
        starts = [0]
        if "\r" not in text:
            at = text.find("\n")
            while at != -1:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
            return starts
        for at, character in enumerate(text):
            if character == "\n" or (character == "\r" and text[at + 1 : at + 2] != "\n"):
                starts.append(at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character offset."""
        index = bisect_right(self.line_starts, offset) - 1
        return self.first_line + index, offset - self.line_starts[index] + 1

    def byte_offset(self, offset: int) -> int:
        """Bytes from the start of the file to a character offset."""
        return self.first_byte + len(self.text[:offset].encode("utf-8", "surrogatepass"))

    def span(self, start: int, end: int) -> Span:
        """The span between two character offsets, which are brought into the text's bounds first."""
        start = max(0, min(start, len(self.text)))
        end = max(start, min(end, len(self.text)))
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        return Span(line, column, end_line, end_column, self.byte_offset(start), self.byte_offset(end))


def decode(path: str, data: bytes) -> SourceText:
    """UTF-8 bytes as text.

    Raises UnreadableSource where the bytes are not UTF-8; its message names the encoding if a mark gives it away, else
    the first bad byte and its line.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UnreadableSource("encoded as UTF-32", hint="save the file as UTF-8")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableSource("encoded as UTF-16", hint="save the file as UTF-8")
    has_bom = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if has_bom else data
    try:
        return SourceText(path, body.decode("utf-8"), has_bom=has_bom)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        at = error.start + (len(data) - len(body))
        raise UnreadableSource(
            f"byte 0x{body[error.start]:02x} at offset {at} (line {line}) is not valid UTF-8",
            hint="save the file as UTF-8",
        ) from error
