"""Fields of two models that differ, as texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from palms_spec.documents.identity import normalized
from palms_spec.documents.model import Model


def changed_fields(base: Model, head: Model, names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Name and both values of every field that differs by more than white space, in the order of the names. Values that
    are no texts are given as JSON, lists of texts one a line; what is not there as the empty text."""
    for name in names:
        was, now = field_text(base, name), field_text(head, name)
        if normalized(was) != normalized(now):
            yield name, was, now


def field_text(model: Model, name: str) -> str:
    """The value of a field as a text."""
    value = model.model_dump(mode="json", include={name}, exclude_none=True).get(name)
    if value is None or value == []:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
