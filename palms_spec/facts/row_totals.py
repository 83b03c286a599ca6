"""What the rows of a training file add up to, however many there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

Key = TypeVar("Key")
Form = tuple[str, ...]
MOST_FORMS = 100
"""Rows in further forms are counted together."""


@dataclass(slots=True)
class Place:
    """How many rows have something, and the line and byte offset of the first of them."""

    line: int
    offset: int
    count: int = 1


@dataclass(slots=True)
class RowTotals:
    """`forms` says of every form (fields with their types) which rows have it; `fields`, of every field that stands in
    all rows or in none, which have it (True) and which do not. `train` are the rows that are trained on."""

    rows: int = 0
    train: int = 0
    forms: dict[Form, Place] = field(default_factory=dict)
    fields: dict[tuple[str, bool], Place] = field(default_factory=dict)
    in_other_forms: int = 0

    def add_form(self, form: Form, place: Place) -> None:
        """Count rows of a form, the first of which stands at a place."""
        if form in self.forms or len(self.forms) < MOST_FORMS:
            _add(self.forms, form, place)
        else:
            self.in_other_forms += place.count

    def add_field(self, name: str, stands: bool, place: Place) -> None:
        """Count that a field stands somewhere, or does not."""
        _add(self.fields, (name, stands), place)

    def merge(self, other: RowTotals) -> None:
        """Add the totals of other rows of the same file."""
        self.rows += other.rows
        self.train += other.train
        self.in_other_forms += other.in_other_forms
        for form, place in other.forms.items():
            self.add_form(form, place)
        for (name, stands), place in other.fields.items():
            self.add_field(name, stands, place)

    def as_json(self) -> list[Any]:
        """JSON values that `from_json` reads back."""
        forms = [[list(form), place.line, place.offset, place.count] for form, place in self.forms.items()]
        fields = [[*name, place.line, place.offset, place.count] for name, place in self.fields.items()]
        return [self.rows, self.train, forms, fields, self.in_other_forms]

    @classmethod
    def from_json(cls, value: list[Any]) -> RowTotals:
        """What `as_json` wrote."""
        rows, train, forms, fields, others = value
        return cls(
            rows,
            train,
            {tuple(form): Place(*place) for form, *place in forms},
            {(name, stands): Place(*place) for name, stands, *place in fields},
            others,
        )


def _add(places: dict[Key, Place], key: Key, place: Place) -> None:
    found = places.get(key)
    if found is None:
        places[key] = place
        return
    found.count += place.count
    if place.offset < found.offset:
        found.line, found.offset = place.line, place.offset
