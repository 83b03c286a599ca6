"""What runs in a worker process: a mapper made once, and one call a unit."""

from __future__ import annotations

import os
from pathlib import Path

from palms_spec.engine.plan import RowsMapper, RowsPlan
from palms_spec.engine.units import RowUnit, Yield
from palms_spec.facts.keys import EqualKeys, KeyColumns, equal_keys, partition_of

_state: tuple[RowsMapper, KeyColumns, Path] | None = None


def start(plan: RowsPlan, folder: str, partitions: int) -> None:
    """Make the worker ready. Keys are spilled into a folder that all workers share."""
    global _state  # noqa: PLW0603 - a worker's state lives as long as its process
    _state = (plan.mapper(), KeyColumns(partitions), Path(folder))


def ready() -> None:
    """Nothing: a worker that can be asked for this can be asked for more."""


def look_at(unit: RowUnit) -> Yield:
    """Map one unit."""
    assert _state is not None, "start() comes first"
    mapper, columns, folder = _state
    result = mapper.map_rows(unit, columns)
    columns.spill(folder, f"worker-{os.getpid()}")
    if mapper.timing is not None:
        result.times = mapper.timing.taken_rules()
    return result


def equal_keys_of(number: int) -> list[EqualKeys]:
    """The groups of equal keys of a partition."""
    assert _state is not None, "start() comes first"
    return list(equal_keys(partition_of(_state[2], number)))
