"""Two versions of a specification compared: categories, positions, and what is said of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from palms_spec.comparison.change import Change, Side
from palms_spec.comparison.fields import changed_fields
from palms_spec.comparison.matching import match
from palms_spec.comparison.meaning import carriers_changed
from palms_spec.documents.identity import normalized
from palms_spec.documents.spec import Category, Position, Spec
from palms_spec.sources.node import escape_step

OPPOSITE = frozenset(("support", "oppose"))
DOCUMENT_FIELDS = ("title", "language", "context", "status", "authority_levels", "sample_metadata")
GOVERNANCE_FIELDS = ("owners", "consulted", "sources", "dissent")


@dataclass(frozen=True, slots=True)
class Placed:
    """A position and the category it stands in."""

    category: str
    position: Position

    @property
    def around(self) -> str:
        """The position that it is a part of, as far as that says more than the category does."""
        around = self.position.within or ""
        return around if around != self.category else ""


@dataclass(frozen=True, slots=True)
class SpecVersion:
    """A specification, and the file that it was read from."""

    path: str
    spec: Spec

    def positions(self) -> dict[str, Placed]:
        """Positions by id; of an id that is given twice, the first."""
        found: dict[str, Placed] = {}
        for category in self.spec.categories:
            for position in category.positions:
                found.setdefault(position.id, Placed(category.id, position))
        return found

    def categories(self) -> dict[str, Category]:
        """Categories by id; of an id that is given twice, the first."""
        found: dict[str, Category] = {}
        for category in self.spec.categories:
            found.setdefault(category.id, category)
        return found

    def category_side(self, category: Category, field: str = "", text: str = "") -> Side:
        """A category, or a field of it."""
        pointer = f"/categories/{escape_step(category.id)}"
        return Side(category.id, self.path, _at(pointer, field), text)

    def position_side(self, placed: Placed, field: str = "", text: str = "") -> Side:
        """A position, or a field of it."""
        pointer = f"/categories/{escape_step(placed.category)}/positions/{escape_step(placed.position.id)}"
        return Side(placed.position.id, self.path, _at(pointer, field), text)

    def document_side(self, field: str, text: str) -> Side:
        """A field of the document."""
        return Side(self.spec.id, self.path, "/" + field, text)


def spec_changes(base: SpecVersion, head: SpecVersion) -> list[Change]:
    """All differences, in the order of the head's document, what is gone last."""
    return [*_of_document(base, head), *_of_categories(base, head), *_of_positions(base, head)]


def _of_document(base: SpecVersion, head: SpecVersion) -> Iterator[Change]:
    name = head.spec.id
    for field, was, now in changed_fields(base.spec, head.spec, DOCUMENT_FIELDS):
        sides = base.document_side(field, was), head.document_side(field, now)
        yield Change("spec-changed", name, "spec", *sides, field)
    for field, was, now in changed_fields(base.spec.governance, head.spec.governance, GOVERNANCE_FIELDS):
        where = f"governance/{field}"
        sides = base.document_side(where, was), head.document_side(where, now)
        yield Change("governance-changed", name, "spec", *sides, where)


def _of_categories(base: SpecVersion, head: SpecVersion) -> Iterator[Change]:
    name, were, are = head.spec.id, base.categories(), head.categories()
    matched = match({one: _told(were[one]) for one in were}, {one: _told(are[one]) for one in are})
    for old, new in matched.pairs:
        was, now = were[old], are[new]
        if old != new:
            sides = base.category_side(was, "id", old), head.category_side(now, "id", new)
            yield Change("category-renamed", name, "category", *sides, "id")
        if normalized(was.name) != normalized(now.name):
            sides = base.category_side(was, "name", was.name), head.category_side(now, "name", now.name)
            yield Change("category-reworded", name, "category", *sides, "name")
        if was.weight != now.weight:
            texts = f"{was.weight:g}", f"{now.weight:g}"
            sides = base.category_side(was, "weight", texts[0]), head.category_side(now, "weight", texts[1])
            yield Change("weight-changed", name, "category", *sides, "weight")
    for one in matched.new:
        yield Change("category-added", name, "category", None, head.category_side(are[one], text=are[one].name))
    for one in matched.gone:
        yield Change("category-removed", name, "category", base.category_side(were[one], text=were[one].name), None)


def _of_positions(base: SpecVersion, head: SpecVersion) -> Iterator[Change]:
    name, were, are = head.spec.id, base.positions(), head.positions()
    matched = match(
        {one: _said(placed.position) for one, placed in were.items()},
        {one: _said(placed.position) for one, placed in are.items()},
    )
    partners = dict(
        match(
            {one: _told(c) for one, c in base.categories().items()},
            {one: _told(c) for one, c in head.categories().items()},
        ).pairs
    )
    by_head = {new: old for old, new in matched.pairs}
    for one, now in are.items():
        if one not in by_head:
            yield Change("position-added", name, "position", None, head.position_side(now, text=_said(now.position)))
            continue
        was = were[by_head[one]]
        moved = partners.get(was.category) != now.category
        yield from _of_position(name, base, was, head, now, moved=moved)
        if not moved and was.around != (by_head.get(now.around) if now.around else ""):
            sides = base.position_side(was, "within", was.around), head.position_side(now, "within", now.around)
            yield Change("position-moved", name, "position", *sides, "within")
    for one in matched.gone:
        gone = base.position_side(were[one], text=_said(were[one].position))
        yield Change("position-removed", name, "position", gone, None)


def _of_position(
    name: str, base: SpecVersion, was: Placed, head: SpecVersion, now: Placed, *, moved: bool
) -> Iterator[Change]:
    old, new = was.position, now.position

    def change(kind: str, field: str, before: str, after: str, words: tuple[tuple[str, ...], ...] = ((), ())) -> Change:
        sides = base.position_side(was, field, before), head.position_side(now, field, after)
        return Change(kind, name, "position", *sides, field, *words)

    if old.id != new.id:
        yield change("position-renamed", "id", old.id, new.id)
    if moved:
        yield change("position-moved", "", was.category, now.category)
    if old.status != new.status:
        yield change(
            "position-retired" if new.status == "retired" else "position-restored", "status", old.status, new.status
        )
    if old.stance != new.stance:
        reversed_stance = {old.stance, new.stance} == OPPOSITE
        kind = "position-reversed" if reversed_stance else "position-meaning-changed"
        yield change(kind, "stance", old.stance or "", new.stance or "")
    for field in ("subject", "statement"):
        before, after = getattr(old, field) or "", getattr(new, field) or ""
        if normalized(before) != normalized(after):
            words = carriers_changed(before, after)
            kind = "position-meaning-changed" if any(words) else "position-reworded"
            yield change(kind, field, before, after, words)
    if old.attributes != new.attributes:
        narrowed = [[f"{name}={value}" for name, value in sorted(one.attributes.items())] for one in (old, new)]
        were, are = narrowed
        words = tuple(one for one in were if one not in are), tuple(one for one in are if one not in were)
        yield change("position-meaning-changed", "attributes", "\n".join(were), "\n".join(are), words)
    if old.footnotes != new.footnotes:
        yield change("footnotes-changed", "footnotes", "\n".join(old.footnotes), "\n".join(new.footnotes))
    if old.authority != new.authority:
        yield change(_authority(base.spec, old, head.spec, new), "authority", old.authority or "", new.authority or "")
    if normalized(old.rationale or "") != normalized(new.rationale or ""):
        yield change("rationale-changed", "rationale", old.rationale or "", new.rationale or "")


def _authority(base: Spec, old: Position, head: Spec, new: Position) -> str:
    """Raised or lowered where both rankings put the two in the same order."""
    ranked = [
        levels
        for levels in (base.authority_levels, head.authority_levels)
        if old.authority in levels and new.authority in levels
    ]
    if len(ranked) == 2:
        raised = {levels.index(str(new.authority)) < levels.index(str(old.authority)) for levels in ranked}
        if len(raised) == 1:
            return "authority-raised" if raised.pop() else "authority-lowered"
    return "authority-changed"


def _said(position: Position) -> str:
    """What a position demands, as one text: how it is known again under another id."""
    return "\n".join((position.subject or "", position.stance or "", position.statement))


def _told(category: Category) -> str:
    return "\n".join((category.name, *(position.statement for position in category.positions)))


def _at(pointer: str, field: str) -> str:
    return f"{pointer}/{field}" if field else pointer
