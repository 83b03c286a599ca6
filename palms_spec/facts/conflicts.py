"""What rules about conflicting reviews are told."""

from __future__ import annotations

from dataclasses import dataclass

from palms_spec.facts.group import Member


@dataclass(frozen=True, slots=True)
class ConflictFacts:
    """A sample that violates a position, and others that nearly ask the same and adhere to it, each with how alike the
    questions are, from 0 to 1."""

    sample: Member
    position: str
    others: tuple[tuple[Member, float], ...]
