"""A section, with what it says and what it shows."""

from __future__ import annotations

from dataclasses import dataclass

from palms_spec.documents.published.examples import Example
from palms_spec.documents.published.outline import Section
from palms_spec.documents.published.prose import Prose
from palms_spec.sources.node import escape_step


@dataclass(frozen=True, slots=True)
class Told:
    """`chapter` is the section that it stands in at the top, or is itself. `is_position` says whether it is a position
    of its own, which a chapter is only where it has something to say."""

    section: Section
    chapter: Section
    prose: Prose
    examples: tuple[Example, ...]
    is_position: bool

    @property
    def pointer(self) -> str:
        """The pointer to it in the tree of the specification."""
        category = f"/categories/{escape_step(self.chapter.id)}"
        return f"{category}/positions/{escape_step(self.section.id)}" if self.is_position else category
