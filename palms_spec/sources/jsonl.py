"""Rows of JSONL files of any size: shards that can be read on their own, rows with their places."""

from __future__ import annotations

import codecs
import os
import zlib
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import GzipFile

from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import is_gzip, open_regular

MAX_ROW_BYTES = 10_000_000
BLOCK_BYTES = 1 << 20
FEED_BLOCK = 1 << 16
BLANKS = b" \t\r"
BROKEN = (OSError, EOFError, zlib.error)

# Bytes without line end; line, from 1; byte offset. The bytes are None where they are more than MAX_ROW_BYTES.
Row = tuple[bytes | None, int, int]
Block = tuple[list[bytes] | None, int, int]
Read = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a file that begins and ends with a line. `end` is None where it is the end of the file.

    `has_bom`: a byte order mark stands before it, at the start of the file. `packed`: the shard is a whole gzip file,
    and offsets are those of the unpacked text.
    """

    path: str
    start: int
    end: int | None
    first_line: int
    has_bom: bool = False
    packed: bool = False


def plan_shards(path: str | os.PathLike[str], shard_bytes: int, feeds_before: array[int] | None = None) -> list[Shard]:
    """The shards of a file, in order, each of `shard_bytes` and as much more as its last line needs.

    A file that makes more than one is read once, to count lines; a gzip file is one shard. How many line feeds stand
    before each `FEED_BLOCK` of such a file goes into `feeds_before`, if it is given: `RowAccess` asks for it.
    Raises UnreadableSource where the file cannot be opened or read.
    """
    name, packed = os.fspath(path), is_gzip(path)
    start, line = _first_row(path, packed), 1
    if packed or os.stat(path).st_size <= start + shard_bytes:
        return [Shard(name, start, None, line, start > 0, packed)]
    shards: list[Shard] = []
    with _reading(path, packed, start) as read:
        for end, feeds in _cuts(read, start, shard_bytes, array("Q") if feeds_before is None else feeds_before):
            shards.append(Shard(name, start, end, line, start > 0 and not shards))
            start, line = end, 1 + feeds
    return shards


def iter_rows(shard: Shard) -> Iterator[Row]:
    """The rows of a shard that are not blank, in order.

    Raises UnreadableSource where the file cannot be read to its end; of gzip data that are cut off or broken the rows
    before that come first.
    """
    for rows, line, offset in line_blocks(shard):
        if rows is None:
            yield None, line, offset
            continue
        for raw in rows:
            length = len(raw) + 1
            if raw:
                if raw[-1] == 13:
                    raw = raw[:-1]
                if raw and (raw[0] > 32 or raw.strip(BLANKS)):
                    yield raw, line, offset
            line += 1
            offset += length


def line_blocks(shard: Shard) -> Iterator[Block]:
    """The lines of a shard, blank ones too, without their line feeds, many at once: with the number and the byte offset
    of the first. None stands for a line that is too long. Raises what `iter_rows` raises."""
    line = shard.first_line
    with _reading(shard.path, shard.packed, shard.start) as read:
        for block, offset, _ in _line_blocks(read, shard.start, shard.end):
            if block is None:
                yield None, line, offset
                line += 1
                continue
            rows = block.split(b"\n")
            if not rows[-1]:
                rows.pop()
            yield rows, line, offset
            line += len(rows)


def _line_blocks(read: Read, start: int, end: int | None) -> Iterator[tuple[bytes | None, int, int]]:
    """Whole lines, many at once, and the offsets where they start and end; None in place of a line that is too long."""
    at, carried, dropped = start, b"", 0
    while True:
        size = BLOCK_BYTES if end is None else min(BLOCK_BYTES, end - at - len(carried) - dropped)
        block = read(size) if size > 0 else b""
        if not block:
            break
        first = block.find(b"\n") + 1
        if first and (dropped or len(carried) + first - 1 > MAX_ROW_BYTES):
            line_end = at + dropped + len(carried) + first
            yield None, at, line_end
            at, carried, dropped, block = line_end, b"", 0, block[first:]
        cut = block.rfind(b"\n") + 1
        if cut:
            lines = carried + block[:cut]
            yield lines, at, at + len(lines)
            at, carried = at + len(lines), block[cut:]
            continue
        carried += block
        if dropped or len(carried) > MAX_ROW_BYTES:
            dropped, carried = dropped + len(carried), b""
    if dropped:
        yield None, at, at + dropped
    elif carried:
        yield carried, at, at + len(carried)


def _cuts(read: Read, start: int, shard_bytes: int, feeds_before: array[int]) -> Iterator[tuple[int, int]]:
    """Where each shard ends, and how many lines end before that."""
    at, wanted, last, feeds = start, start + shard_bytes, start, 0
    while piece := read(FEED_BLOCK - at % FEED_BLOCK):
        if at % FEED_BLOCK == 0 or at == start:
            feeds_before.append(feeds)
        while (newline := piece.find(b"\n", max(0, wanted - 1 - at, last - at))) >= 0:
            last = at + newline + 1
            yield last, feeds + piece.count(b"\n", 0, newline + 1)
            wanted = last + shard_bytes
        feeds += piece.count(b"\n")
        at += len(piece)
    if at > last:
        yield at, feeds


@contextmanager
def _reading(path: str | os.PathLike[str], packed: bool, start: int) -> Iterator[Read]:
    """A function that reads the next bytes of a file, or of what is packed in it, from an offset on."""
    with open_regular(path) as stream:
        try:
            if packed:
                unpacked = GzipFile(fileobj=stream, mode="rb")
                unpacked.read(start)
                # `read` would lose what it has unpacked already when it comes upon an error.
                yield unpacked.read1
            else:
                stream.seek(start)
                yield stream.read
        except BROKEN as error:
            raise UnreadableSource(_broken(error, packed)) from error


def _first_row(path: str | os.PathLike[str], packed: bool) -> int:
    """Where the first row begins: behind the byte order mark, if there is one."""
    with open_regular(path) as stream:
        try:
            head = GzipFile(fileobj=stream, mode="rb").read(3) if packed else stream.read(3)
        except BROKEN:
            return 0  # reading the rows will say what is wrong
    return len(codecs.BOM_UTF8) if head == codecs.BOM_UTF8 else 0


def _broken(error: Exception, packed: bool) -> str:
    if isinstance(error, EOFError):
        return "the gzip data end before they are complete"
    if packed:
        return "the gzip data are broken"
    return f"cannot be read: {(getattr(error, 'strerror', None) or str(error)).lower()}"
