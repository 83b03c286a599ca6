"""Calls of tools, in the one form that every reader takes."""

from __future__ import annotations

import json
from typing import Any


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
