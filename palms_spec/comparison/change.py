"""The change: one difference between two versions of a document, with its name and its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from palms_spec.documents.identity import canonical_hash, normalized

Thing = Literal["spec", "category", "position", "prompt-set", "prompt", "dataset", "sample"]
FINGERPRINT_LENGTH = 16

MIRRORS = {
    one: other
    for pair in (
        ("document-added", "document-removed"),
        ("category-added", "category-removed"),
        ("position-added", "position-removed"),
        ("position-restored", "position-retired"),
        ("authority-raised", "authority-lowered"),
        ("prompt-added", "prompt-removed"),
        ("sample-added", "sample-dropped"),
    )
    for one, other in (pair, pair[::-1])
}
"""What a kind of change is called when it is seen from the other side; all other kinds keep their name."""


@dataclass(frozen=True, slots=True)
class Side:
    """What stands in one of the versions: the id of the thing, the file and the pointer to the value that is compared
    (with ids in place of indices), and that value as text; of what is a row its line."""

    item: str
    path: str
    pointer: str
    text: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `document` is the id of the document it is in, `thing` what changed, `field` which part of it.

    `base` is None for what is new, `head` for what is gone. `dropped` and `added` are the words of a change of wording
    that carry its meaning (`meaning`), `dropped` those of the base.
    """

    kind: str
    document: str
    thing: Thing
    base: Side | None
    head: Side | None
    field: str = ""
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def item(self) -> str:
        """The id of what changed, as it is now; of what is gone, as it was."""
        side = self.head or self.base
        return side.item if side else ""

    @property
    def fingerprint(self) -> str:
        """16 hex digits that stand for this change as long as both of its texts stay as they are, whatever else is
        committed, moved between files or reflowed."""
        sides = [[side.item, normalized(side.text)] if side else [] for side in (self.base, self.head)]
        return canonical_hash([self.kind, self.document, self.thing, self.field, sides])[:FINGERPRINT_LENGTH]

    def mirrored(self) -> Change:
        """The same difference, seen from the other side."""
        kind = MIRRORS.get(self.kind, self.kind)
        return Change(kind, self.document, self.thing, self.head, self.base, self.field, self.added, self.dropped)
