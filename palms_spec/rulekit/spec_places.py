"""Where in a specification a category or a position is shown: at its id, which is one short value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.documents.context import named
from palms_spec.documents.spec import Category, Position, Spec
from palms_spec.rulekit.problem import Elsewhere

SHOWN = 8


def category_pointer(category: Category) -> str:
    """The pointer to a category, not to its id."""
    return named("/categories", category.id)


def position_pointer(category: Category, position: Position) -> str:
    """The pointer to a position, not to its id."""
    return named(category_pointer(category) + "/positions", position.id)


def active_positions(spec: Spec) -> Iterator[tuple[Category, Position]]:
    """Every position that is not retired, with its category."""
    for category in spec.categories:
        yield from ((category, position) for position in category.positions if position.status == "active")


def elsewhere(path: str, pointers: Iterable[str], label: str) -> tuple[Elsewhere, ...]:
    """The ids of categories or positions as second places of a problem, `SHOWN` at most."""
    return tuple(Elsewhere(label, path=path, pointer=pointer + "/id") for pointer in list(pointers)[:SHOWN])
