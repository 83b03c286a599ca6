"""The lines of a file of any size in a version of a folder, packed or not, one at a time."""

from __future__ import annotations

import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO

from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import GZIP_MAGIC
from palms_spec.sources.jsonl import MAX_ROW_BYTES
from palms_spec.sources.trees import PIECE, Tree
from palms_spec.sources.unpacking import ALWAYS_ALLOWED, MOST_TIMES

_GZIP = 16 + zlib.MAX_WBITS  # what zlib calls the format of gzip


def lines_of(tree: Tree, name: str) -> Iterator[bytes]:
    """The lines, without their ends and without a byte order mark. Raises UnreadableSource where the file cannot be
    read to its end, a line is longer than a row may be, or it unpacks to far more than it is."""
    return stream_lines(tree.open(name))


def stream_lines(opened: AbstractContextManager[BinaryIO]) -> Iterator[bytes]:
    """The same for a file that is open."""
    try:
        with opened as stream:
            pieces = iter(lambda: stream.read(PIECE), b"")
            first = next(pieces, b"")
            packed = first.startswith(GZIP_MAGIC)
            text = _unpacked(first, pieces) if packed else _joined(first, pieces)
            yield from _lines(text)
    except OSError as error:
        raise UnreadableSource(f"cannot be read to its end: {error}") from error


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    carried, first = b"", True
    for piece in pieces:
        lines = (carried + piece).split(b"\n")
        carried = lines.pop()
        if len(carried) > MAX_ROW_BYTES or any(len(line) > MAX_ROW_BYTES for line in lines):
            raise UnreadableSource(f"a line is longer than {MAX_ROW_BYTES / 1e6:g} MB")
        if first and lines:
            lines[0], first = lines[0].removeprefix(BOM_UTF8), False
        yield from lines
    yield carried.removeprefix(BOM_UTF8) if first else carried


def _joined(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _unpacked(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    """The content of gzip data, which may have several members."""
    packed = unpacked = 0
    worker = zlib.decompressobj(_GZIP)
    try:
        for piece in _joined(first, rest):
            packed += len(piece)
            data = piece
            while data:
                if worker.eof:
                    if not data.strip(b"\0"):
                        break  # padding
                    worker = zlib.decompressobj(_GZIP)
                text = worker.decompress(data, PIECE)
                unpacked += len(text)
                if unpacked > max(ALWAYS_ALLOWED, packed * MOST_TIMES):
                    raise UnreadableSource(f"unpacks to more than {MOST_TIMES} times its size", hint="is it data?")
                yield text
                data = worker.unconsumed_tail or worker.unused_data
    except zlib.error as error:
        raise UnreadableSource(f"cannot be unpacked: {error}") from error
    if not worker.eof:
        raise UnreadableSource("the packed data end too early", hint="pack it again")
