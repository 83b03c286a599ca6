"""Each position with its samples, their reviews, and the prompts that ask about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from palms_spec.facts.verdicts import Standing


@dataclass(frozen=True, slots=True)
class TracedSample:
    """A sample that serves a position. `wanted` says how many verdicts its dataset asks for."""

    dataset: str
    id: str
    path: str
    standing: Standing
    wanted: int = 0

    @property
    def state(self) -> str:
        """violates, disagreed, stale, missing, reviewed, or "" where no review is asked for and none is there."""
        if self.standing.disagree:
            return "disagreed"
        if self.standing.violates:
            return "violates"
        if len(self.standing.current) < self.wanted:
            return "stale" if self.standing.stale else "missing"
        if self.standing.current:
            return "reviewed"
        return "stale" if self.standing.stale else ""


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
        states = [sample.state for sample in self.samples]
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
