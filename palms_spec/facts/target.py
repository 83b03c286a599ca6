"""A training file, or a dataset, as a whole and for one target."""

from __future__ import annotations

from dataclasses import dataclass

from palms_spec.facts.group import Member
from palms_spec.facts.row_totals import Place, RowTotals
from palms_spec.targets.plan import Plan


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What the rows add up to. `bytes` is the size of the file, None for a dataset; there `pointer` leads to where it
    names the target, in a file at `path`."""

    path: str
    plan: Plan
    totals: RowTotals
    bytes: int | None = None
    pointer: str = ""

    @property
    def is_file(self) -> bool:
        """Whether these are rows of a training file."""
        return self.bytes is not None

    @property
    def rows(self) -> str:
        """What is counted."""
        return "rows" if self.is_file else "samples"

    def member(self, place: Place) -> Member | None:
        """A row of the file, to be pointed at; of a dataset there are none."""
        return Member(place.offset, "row", self.path) if self.is_file else None
