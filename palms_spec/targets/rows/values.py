"""JSON values in words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from palms_spec.documents.suggestion import did_you_mean

MOST_CHARACTERS = 60
_TYPES: dict[type, str] = {
    str: "text",
    bool: "boolean",
    int: "number",
    float: "number",
    list: "list",
    dict: "mapping",
    type(None): "null",
}
_WITH_ARTICLE = {"boolean": "a boolean", "number": "a number", "list": "a list", "mapping": "a mapping"}


def type_of(value: Any) -> str:
    """The type of a value, in JSON's terms."""
    return _TYPES[type(value)]


def described(value: Any) -> str:
    """The type of a value, as it is called in a sentence."""
    if value == "":
        return "an empty text"
    name = type_of(value)
    return _WITH_ARTICLE.get(name, name)


def shortened(text: str) -> str:
    """A key or a role as a message names it: what is very long is cut."""
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "…"


def listed_keys(keys: Iterable[str]) -> str:
    """The first keys of a mapping."""
    return ", ".join([shortened(key) for key in list(keys)[:8]])


@lru_cache(maxsize=1024)
def meant_key(key: str, known: frozenset[str]) -> str:
    """ "did you mean X?", or "" where none of the known keys is near; remembered, for what is wrong in one row often is
    in all."""
    return did_you_mean(key, known) if len(key) <= MOST_CHARACTERS else ""
