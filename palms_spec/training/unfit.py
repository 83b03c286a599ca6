"""Why a sample, or a file, cannot go to a target."""

from __future__ import annotations

from dataclasses import dataclass, field

NAMED = 10
"""So many samples are named, and the others counted."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """What keeps a record out of a line shape, or a row out of a target. `rule` is a stable name."""

    rule: str
    message: str
    hint: str = ""


@dataclass(slots=True)
class Refusal:
    """One reason why a target gets no file: about the file as a whole, or about `count` samples, some of them named."""

    reason: Unfit
    count: int = 0
    samples: list[str] = field(default_factory=list)

    def add(self, sample: str) -> None:
        """Count one more sample."""
        self.count += 1
        if len(self.samples) < NAMED:
            self.samples.append(sample)


@dataclass(slots=True)
class Refusals:
    """The reasons found so far, in the order in which they were met."""

    _found: dict[Unfit, Refusal] = field(default_factory=dict)

    def add(self, reason: Unfit, sample: str = "") -> None:
        """Note a reason, and the sample that it is about."""
        refusal = self._found.setdefault(reason, Refusal(reason))
        if sample:
            refusal.add(sample)

    def __bool__(self) -> bool:
        return bool(self._found)

    def all(self) -> tuple[Refusal, ...]:
        """All of them."""
        return tuple(self._found.values())
