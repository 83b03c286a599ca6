"""References between documents: `id`, `id@1.2.0`, `id@^1`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """The id a reference names, and the versions it accepts."""

    id: str
    version: tuple[int, ...] = ()
    operator: str = ""

    def accepts(self, version: str) -> bool:
        """Whether a version fits. `^1.2`: 1.2 or later below 2, and below 1.0 within the same minor where one is given;
        `~1.2`: 1.2.x; without an operator: the very numbers given."""
        found = tuple(int(part) for part in version.split("."))
        wanted = self.version
        if self.operator == "^":
            fixed = 1 if wanted[0] > 0 or len(wanted) == 1 else 2
            return found[:fixed] == wanted[:fixed] and found >= wanted
        if self.operator == "~":
            fixed = min(2, len(wanted))
            return found[:fixed] == wanted[:fixed] and found >= wanted
        return found[: len(wanted)] == wanted


def parse_reference(text: str) -> DocumentReference:
    """The parts of a reference that has the form documents are validated for."""
    name, _, version = text.partition("@")
    operator = version[:1] if version[:1] in ("^", "~") else ""
    numbers = version.removeprefix(operator)
    return DocumentReference(name, tuple(int(part) for part in numbers.split(".")) if numbers else (), operator)
