"""All findings of a run, in memory while they are few, in a file when they are many; read back in order of report."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from typing import IO, Any, TypeVar

from palms_spec.engine.packing import loads
from palms_spec.findings import Finding, Suppression, from_row, suppression_of

IN_MEMORY = 16_000_000
PIECE = 1 << 16
Record = TypeVar("Record")


class Spool:
    """Blocks of packed findings, or of packed suppressions. Every block is in order; blocks of one `stream` follow
    each other in order as well."""

    def __init__(self, folder: str | None = None, in_memory: int = IN_MEMORY) -> None:
        self._folder = folder
        self._limit = in_memory
        self._file: IO[bytes] | None = None
        self._end = 0
        self._streams: dict[str, list[tuple[int, int]]] = {}
        self._held = bytearray()

    def add(self, stream: str, block: bytes) -> None:
        """Take a block."""
        if not block:
            return
        self._streams.setdefault(stream, []).append((self._end, len(block)))
        self._end += len(block)
        if self._file is None:
            self._held += block
            if len(self._held) > self._limit:
                import tempfile

                self._file = tempfile.TemporaryFile(prefix="palms-", dir=self._folder)  # noqa: SIM115 - `close` closes it
                self._file.write(self._held)
                self._held = bytearray()
        else:
            self._file.write(block)

    @property
    def size(self) -> int:
        """Bytes of all blocks."""
        return self._end

    def findings(self) -> Iterator[Finding]:
        """All findings, merged; the spool can be read more than once."""
        streams = [self._read(blocks, from_row) for blocks in self._streams.values()]
        return heapq.merge(*streams, key=lambda finding: finding.sort_key)

    def suppressions(self) -> Iterator[Suppression]:
        """The same for a spool of suppressions."""
        streams = [self._read(blocks, suppression_of) for blocks in self._streams.values()]
        return heapq.merge(*streams, key=lambda one: one.sort_key)

    def _read(self, blocks: list[tuple[int, int]], record: Callable[[list[Any]], Record]) -> Iterator[Record]:
        for start, length in blocks:
            rest = b""
            for at in range(start, start + length, PIECE):
                lines = (rest + self._piece(at, min(PIECE, start + length - at))).split(b"\n")
                rest = lines.pop()
                for line in lines:
                    yield record(loads(line))

    def _piece(self, at: int, length: int) -> bytes:
        if self._file is None:
            return bytes(self._held[at : at + length])
        self._file.seek(at)
        return self._file.read(length)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
