"""Sums over the samples of a dataset. Their length is that of the specification and of a few histograms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from palms_spec.facts.row_totals import RowTotals
from palms_spec.facts.style import Style

if TYPE_CHECKING:
    from palms_spec.facts.sample import SampleFacts


@dataclass(slots=True)
class Totals:
    """`categories` and `positions` count samples by id; names the specification does not have are not counted.
    `style` is that of a dataset with a role, and empty for others; `targets` counts for those that a dataset names, by
    their number there."""

    samples: int = 0
    words: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    positions: Counter[str] = field(default_factory=Counter)
    style: Style = field(default_factory=Style)
    targets: dict[int, RowTotals] = field(default_factory=dict)

    def add(self, facts: SampleFacts) -> None:
        """Count one sample."""
        sample, context = facts.sample, facts.context
        self.samples += 1
        self.words += len(facts.words)
        if context.role is not None:
            self.style.add(facts)
        if context.categories is not None:
            if sample.category in context.categories:
                self.categories[sample.category] += 1
            for position in set(sample.positions):
                if context.positions is not None and position in context.positions:
                    self.positions[position] += 1

    def merge(self, other: Totals) -> None:
        """Add the totals of other samples. The order of merging makes no difference."""
        self.samples += other.samples
        self.words += other.words
        self.categories.update(other.categories)
        self.positions.update(other.positions)
        self.style.merge(other.style)
        for number, totals in other.targets.items():
            self.targets.setdefault(number, RowTotals()).merge(totals)

    def as_json(self) -> list[Any]:
        """JSON values that `from_json` reads back."""
        targets = [[number, totals.as_json()] for number, totals in self.targets.items()]
        return [self.samples, self.words, dict(self.categories), dict(self.positions), self.style.as_json(), targets]

    @classmethod
    def from_json(cls, value: list[Any]) -> Totals:
        """What `as_json` wrote."""
        samples, words, categories, positions, style, targets = value
        counted = {number: RowTotals.from_json(totals) for number, totals in targets}
        return cls(samples, words, Counter(categories), Counter(positions), Style.from_json(style), counted)
