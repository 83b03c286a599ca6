"""JSON Schemas that are seen to be valid at a glance, as most are that say no more than which fields there are.

It spares the import of jsonschema, which takes half as long as a warm run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def is_plain(schema: Any) -> bool:
    """Whether a schema is valid at a glance."""
    if isinstance(schema, bool):
        return True
    if not isinstance(schema, dict):
        return False
    return all(key in _GLANCES and _GLANCES[key](value) for key, value in schema.items())


_GLANCES: dict[str, Callable[[Any], bool]] = {
    "title": lambda value: isinstance(value, str),
    "description": lambda value: isinstance(value, str),
    "type": lambda value: isinstance(value, str) and value in TYPES,
    "properties": lambda value: isinstance(value, dict) and all(map(is_plain, value.values())),
    "additionalProperties": is_plain,
    "items": is_plain,
    "required": lambda value: (
        isinstance(value, list) and all(isinstance(name, str) for name in value) and len(set(value)) == len(value)
    ),
    "enum": lambda value: isinstance(value, list),
}
"""Keywords with what their value has to be. Whatever else a schema says is left to jsonschema."""
