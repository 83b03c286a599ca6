"""Files of rows: unpacked where they are packed, cut into shards, and mapped in this process or in several."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from palms_spec.engine.content import Content
from palms_spec.engine.grouping import KeyStore
from palms_spec.engine.plan import MapPlan
from palms_spec.engine.units import RowUnit, SampleFile, Yield
from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import is_gzip

ONE_PROCESS = 24_000_000
"""Below so many bytes, some 16,000 rows, starting processes takes longer than they save."""


class RowFiles:
    """The files of rows of a run. `unreadable` lists those that cannot be read, or not to their end."""

    def __init__(self, content: Content, folder: Path) -> None:
        self._content = content
        self._folder = folder
        self._unpacked: dict[str, str] = {}
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
                units += [RowUnit(file, shard) for shard in plan_shards(path, shard_bytes)]
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

    def map(
        self, units: list[RowUnit], total_bytes: int, plan: MapPlan, keys: KeyStore, jobs: int
    ) -> Iterator[tuple[RowUnit, Yield]]:
        """What every unit yields, in order. Keys go to the store."""
        jobs = min(jobs or os.cpu_count() or 1, len(units))
        if jobs <= 1 or total_bytes < ONE_PROCESS:
            if not units:
                return
            from palms_spec.engine.mapping import Mapper

            mapper = Mapper(plan)
            for unit in units:
                yield unit, mapper.map_rows(unit, keys.columns)
                keys.trim()
            return
        from palms_spec.compute.local import map_in_processes
        from palms_spec.engine import workers

        arguments = (plan, str(keys.folder), keys.partitions)
        results = map_in_processes(workers.look_at, units, jobs=jobs, initializer=workers.start, arguments=arguments)
        yield from zip(units, results, strict=True)

    def close(self) -> None:
        """Delete what was unpacked."""
        for path in self._unpacked.values():
            os.unlink(path)
