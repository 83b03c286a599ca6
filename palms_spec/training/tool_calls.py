"""Calls of tools, in the one form that every reader takes."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def portable_call(call: dict[str, Any]) -> dict[str, Any]:
    """A call as `{id, type, function: {name, arguments}}`, its arguments as JSON text; keys it has besides are kept.

    Arguments that are text already stay as they are. Raises ValueError for numbers that JSON does not have.
    """
    function = dict(call.get("function") or {})
    arguments = function.get("arguments", "{}")
    if not isinstance(arguments, str):
        arguments = json.dumps(arguments, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    written = {"id": call.get("id"), "type": call.get("type", "function")}
    head = {name: value for name, value in written.items() if value is not None}
    name = {"name": function.pop("name")} if "name" in function else {}
    function.pop("arguments", None)
    rest = {key: value for key, value in call.items() if key not in ("id", "type", "function")}
    return {**head, "function": {**name, **function, "arguments": arguments}, **rest}


def short_id(name: str, length: int) -> str:
    """An id of letters and digits of this length: the name itself if it is one, else one that follows from it."""
    if len(name) == length and name.isascii() and name.isalnum():
        return name
    number = int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big")
    characters = []
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        characters.append(_DIGITS[digit])
    return "".join(characters)
