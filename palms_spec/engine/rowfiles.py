"""Files of rows: unpacked where they are packed, cut into shards, and mapped in this process or in several, which then
form the groups of equal keys as well."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from palms_spec.engine.content import Content
from palms_spec.engine.grouping import KeyStore
from palms_spec.engine.plan import RowsPlan
from palms_spec.engine.units import RowUnit, SampleFile, Yield
from palms_spec.errors import UnreadableSource
from palms_spec.facts.keys import EqualKeys, equal_keys
from palms_spec.sources.files import is_gzip

if TYPE_CHECKING:
    from palms_spec.compute.local import Processes
    from palms_spec.sources.row_access import RowAccess

ONE_PROCESS = 24_000_000
"""Below so many bytes, some 16,000 rows, starting processes takes longer than they save."""


class RowFiles:
    """The files of rows of a run. `unreadable` lists those that cannot be read, or not to their end."""

    def __init__(self, content: Content, folder: Path) -> None:
        self._content = content
        self._folder = folder
        self._unpacked: dict[str, str] = {}
        self._feeds: dict[str, array[int]] = {}
        self._processes: Processes | None = None
        self.unreadable: list[tuple[SampleFile, UnreadableSource]] = []

    def plan(self, files: list[SampleFile], shard_bytes: int) -> tuple[list[RowUnit], int]:
        """The units of all files, in order, and their bytes together."""
        if not files:
            return [], 0
        from palms_spec.sources.jsonl import plan_shards

        units: list[RowUnit] = []
        total = 0
        for file in files:
            try:
                path = self._unpack(file)
                feeds = self._feeds[file.path] = array("Q")
                units += [RowUnit(file, shard) for shard in plan_shards(path, shard_bytes, feeds)]
                total += os.path.getsize(path)
            except UnreadableSource as error:
                self.unreadable.append((file, error))
        return units, total

    def _unpack(self, file: SampleFile) -> str:
        packed = self._content.on_disk(file.path)
        if not is_gzip(packed):
            return packed
        from palms_spec.sources.unpacking import unpack

        target = self._unpacked[file.path] = str(self._folder / f"unpacked-{file.number}")
        error = unpack(packed, target)
        if error is not None:
            self.unreadable.append((file, error))
        return target

    def unpacked(self, name: str) -> str:
        """Where the rows of a file lie."""
        return self._unpacked.get(name) or self._content.on_disk(name)

    def access(self, name: str) -> RowAccess:
        """The rows of a file, to be looked at here and there."""
        from palms_spec.sources.row_access import RowAccess  # where nothing is alike, no row is read again

        return RowAccess(self.unpacked(name), self._feeds.get(name))

    def begin(self, plan: RowsPlan, total_bytes: int, keys: KeyStore, jobs: int, shard_bytes: int) -> None:
        """Start the processes, if there are to be some, so that they get ready while units are still being planned."""
        jobs = min(jobs or os.cpu_count() or 1, -(-total_bytes // shard_bytes))
        if jobs > 1 and total_bytes >= ONE_PROCESS:
            from palms_spec.compute.local import Processes
            from palms_spec.engine import workers

            self._processes = Processes(jobs, workers.start, (plan, str(keys.folder), keys.partitions))
            self._processes.begin(workers.ready)

    def map(
        self, units: list[RowUnit], total_bytes: int, plan: RowsPlan, keys: KeyStore, jobs: int
    ) -> Iterator[tuple[RowUnit, Yield]]:
        """What every unit yields, in order. Keys go to the store."""
        if not units:
            return
        if self._processes is None:
            self.begin(plan, total_bytes, keys, jobs, -(-total_bytes // len(units)) or 1)
        if self._processes is None:
            mapper = plan.mapper()
            for unit in units:
                yield unit, mapper.map_rows(unit, keys.columns)
                keys.trim()
            return
        from palms_spec.engine import workers

        yield from zip(units, self._processes.map(workers.look_at, units), strict=True)

    def groups(self, keys: KeyStore) -> Iterator[list[EqualKeys]]:
        """The groups of equal keys, by partition, formed where the rows were mapped. The keys are gone then."""
        numbers = range(keys.partitions)
        if self._processes is None:
            yield from (list(equal_keys(keys.partition(number))) for number in numbers)
        else:
            from palms_spec.engine import workers

            keys.spill()
            yield from self._processes.map(workers.equal_keys_of, numbers)
        keys.remove()

    def close(self) -> None:
        """End the processes, and delete what was unpacked."""
        if self._processes is not None:
            self._processes.close()
        for path in self._unpacked.values():
            os.unlink(path)
