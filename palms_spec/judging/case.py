"""What is judged: one conversation, held against the exact wording of one position."""

from __future__ import annotations

from dataclasses import dataclass

from palms_spec.documents.identity import position_hash, sample_hash
from palms_spec.documents.sample import Turn
from palms_spec.documents.spec import Position


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation and a position. `sample` is the id of the sample, `path` the file it stands in.

    A judge is shown the turns and what the position means, which is just what the hashes are over: a verdict cannot
    hang on anything that may change without making it stale.
    """

    sample: str
    path: str
    turns: tuple[Turn, ...]
    position: Position
    sample_hash: str
    position_hash: str

    @property
    def key(self) -> tuple[str, str]:
        """What a verdict on it is known by."""
        return self.sample_hash, self.position_hash


def case_of(sample: str, path: str, turns: tuple[Turn, ...], position: Position) -> Case:
    """The case of a sample and a position."""
    return Case(sample, path, turns, position, sample_hash(turns), position_hash(position))
