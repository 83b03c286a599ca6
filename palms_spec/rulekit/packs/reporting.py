"""From what a check found in a value to a problem, in the words of the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palms_spec.documents.pack_defects import PLACEHOLDER
from palms_spec.findings import Safety
from palms_spec.rulekit.packs.values import Value
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repair import Repair, Replace


@dataclass(frozen=True, slots=True)
class Reporter:
    """`message` and `hint` may hold placeholders. `path` is that of the pack, whose change can bring findings about."""

    message: str
    hint: str
    field: str
    path: str = ""
    safety: Safety = "shown"

    def __call__(
        self,
        value: Value,
        words: Mapping[str, str],
        *,
        start: int | None = None,
        end: int | None = None,
        replacements: tuple[tuple[int, int, str], ...] = (),
        **more: Any,
    ) -> Problem:
        """The problem of a value, or of the characters from `start` to `end` of its text."""
        said = {"field": self.field, **words}
        if start is None and value.start and value.text is not None:
            start, end = 0, len(value.text)
        return Problem(
            filled(self.message, said),
            filled(self.hint, said),
            value.pointer,
            start=None if start is None else value.start + start,
            end=None if end is None else value.start + end,
            repair=self._repair(value, words, replacements),
            causes=(*more.pop("causes", ()), *([self.path] if self.path else [])),
            **more,
        )

    def _repair(
        self, value: Value, words: Mapping[str, str], replacements: tuple[tuple[int, int, str], ...]
    ) -> Repair | None:
        if not replacements:
            return None
        changes = tuple(
            Replace(value.pointer, text, value.start + first, value.start + last) for first, last, text in replacements
        )
        return Repair(f"write {words['suggestion']} for {words['found']}", self.safety, changes)


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text with what its placeholders stand for."""
    return PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), text)
