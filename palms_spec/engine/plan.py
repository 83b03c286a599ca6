"""What looking at samples needs to know of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from palms_spec.documents.context import ANONYMOUS, SampleContext
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.timing import Timing

if TYPE_CHECKING:
    from palms_spec.documents.sample import Sample
    from palms_spec.engine.mapping import Mapper
    from palms_spec.engine.units import RowUnit, Yield
    from palms_spec.facts.keys import KeyColumns


RowReader = Callable[[bytes, SampleContext], "list[Sample]"]
"""Gives the samples of a row."""


class RowsMapper(Protocol):
    """Looks at the rows of a unit. `timing` is that of its rules, if it is measured."""

    @property
    def timing(self) -> Timing | None: ...

    def map_rows(self, unit: RowUnit, columns: KeyColumns) -> Yield:
        """What the rows yield; their keys go to `columns`, with full references."""
        ...


class RowsPlan(Protocol):
    """What a worker has to know to look at rows, and whoever reads one of them again. It is pickled once a worker."""

    def context(self, number: int) -> SampleContext:
        """The context of a file's samples."""
        ...

    def mapper(self) -> RowsMapper:
        """What looks at rows."""
        ...

    def row_reader(self) -> RowReader:
        """What reads the samples of a row again."""
        ...


@dataclass(frozen=True, slots=True)
class MapPlan:
    """Samples of datasets. Ungated, every rule is called for every sample."""

    rulebook: Rulebook
    contexts: tuple[SampleContext, ...]
    gated: bool = True

    def context(self, number: int) -> SampleContext:
        """The context of a number; beyond the last dataset, that of anonymous files."""
        return self.contexts[number] if number < len(self.contexts) else ANONYMOUS

    def mapper(self) -> Mapper:
        """The rules about samples, made ready."""
        from palms_spec.engine.mapping import Mapper

        return Mapper(self)

    def row_reader(self) -> RowReader:
        """What reads the samples of a row again, as the context has them."""
        from palms_spec.documents.rows import read_row

        return lambda raw, context: read_row(raw, context)[0]
