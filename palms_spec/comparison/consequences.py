"""What a change makes stale: the samples that serve a position, the prompts that ask about it, what reviewers said of
them, and what models answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from palms_spec.comparison.change import Change
from palms_spec.comparison.datasets import SampleVersion
from palms_spec.documents.prompts import Prompt

STALE_MAKERS = frozenset(
    ("position-reversed", "position-meaning-changed", "position-reworded", "position-removed", "position-retired")
)
"""Kinds of changes after which a verdict given before says nothing about the position any more."""


PROMPT_CHANGES = frozenset(("prompt-reworded", "prompt-removed"))
"""Kinds of changes after which answers to a prompt are answers to something else."""


@dataclass(frozen=True, slots=True)
class Stale:
    """Samples and prompts, by id, that were written for what a position said before; reviews, as sample and reviewer,
    that were given on an earlier text; studies whose outputs answer a prompt that is stale or gone."""

    samples: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    results: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What there is of each sort, with its noun."""
        sorts = (
            ("sample", self.samples),
            ("prompt", self.prompts),
            ("review", self.reviews),
            ("result", self.results),
        )
        return tuple((noun, names) for noun, names in sorts if names)


def made_stale(change: Change, samples: Iterable[SampleVersion], prompts: Iterable[Prompt]) -> Stale:
    """What one change makes stale. Samples and prompts are those of the head; they may name the position by its old id
    or by its new one."""
    if change.kind not in STALE_MAKERS:
        return Stale()
    names = {side.item for side in (change.base, change.head) if side}
    return Stale(
        tuple(sample.id for sample in samples if not names.isdisjoint(sample.positions)),
        tuple(prompt.id for prompt in prompts if not names.isdisjoint(prompt.positions)),
    )


def coverage(samples: Iterable[SampleVersion]) -> Counter[str]:
    """How many samples serve each position."""
    return Counter(position for sample in samples for position in set(sample.positions))
