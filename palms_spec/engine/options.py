"""How a run does its work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from palms_spec.engine.timing import Timing, phase


@dataclass(frozen=True, slots=True)
class Options:
    """How to run; none of it changes what is found.

    `jobs` is the number of processes, 0 as many as there are cores. `progress` is told, from time to time, which share
    of the rows was looked at. With `timing` the time that phases and rules take is measured.
    """

    jobs: int = 0
    cache: bool = True
    gated: bool = True
    shard_bytes: int = 8_000_000
    partitions: int = 0
    progress: Callable[[float], None] | None = None
    timing: Timing | None = None

    def phase(self, name: str) -> AbstractContextManager[None]:
        """A block whose time is measured, if that is asked for."""
        return phase(self.timing, name)


DEFAULT_OPTIONS = Options()
