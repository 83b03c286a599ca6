"""Each position with its samples, their reviews, and the prompts that ask about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from palms_spec.documents.dataset import Reviews
from palms_spec.facts.verdicts import Standing, State


@dataclass(frozen=True, slots=True)
class TracedSample:
    """A sample that serves a position, with how it was reviewed and what its dataset asks for."""

    dataset: str
    id: str
    path: str
    standing: Standing
    policy: Reviews

    @property
    def state(self) -> State:
        """How it stands to the position, in one word."""
        return self.standing.state(self.policy)


@dataclass(frozen=True, slots=True)
class TracedPosition:
    """A position of a specification with everything that refers to it. `prompts` are ids by split."""

    spec: str
    category: str
    position: str
    statement: str
    retired: bool
    samples: tuple[TracedSample, ...]
    prompts: dict[str, tuple[str, ...]]
    wanted: int = 0

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words; nothing is asked of a retired position."""
        if self.retired:
            return ()
        return tuple(self._gaps())

    def _gaps(self) -> Iterator[str]:
        if len(self.samples) < max(self.wanted, 1):
            yield "no samples" if not self.samples else f"{len(self.samples)} of {self.wanted} samples"
        if not self.prompts.get("test"):
            yield "no test prompts"
        states: list[str] = [sample.state for sample in self.samples]
        for state, told in (
            ("violates", "violate it"),
            ("disagreed", "with reviewers who disagree"),
            ("stale", "with stale reviews"),
            ("missing", "without the reviews asked for"),
        ):
            if states.count(state):
                yield f"{states.count(state)} {told}"


@dataclass(frozen=True, slots=True)
class Trace:
    """All positions of a project, those with gaps first. `unread` are files of which something could not be read."""

    positions: tuple[TracedPosition, ...]
    unread: tuple[str, ...] = ()

    @property
    def with_gaps(self) -> int:
        """How many positions lack something."""
        return sum(bool(one.gaps) for one in self.positions)
