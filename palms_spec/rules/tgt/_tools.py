"""Calls of tools in rows, and such rows for examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from palms_spec.targets.rows.row import RowMessage


def tool_calls(message: RowMessage) -> Iterator[tuple[str, Any]]:
    """The calls of a message, each with its pointer."""
    calls = message.value.get("tool_calls")
    for index, one in enumerate(calls) if type(calls) is list else ():
        yield f"{message.pointer}/tool_calls/{index}", one


def functions(message: RowMessage) -> Iterator[tuple[str, dict[str, Any]]]:
    """The functions that a message calls, in the present form and in the one before it, each with its pointer."""
    for pointer, one in tool_calls(message):
        function = one.get("function") if type(one) is dict else None
        if type(function) is dict:
            yield f"{pointer}/function", function
    legacy = message.value.get("function_call")
    if type(legacy) is dict:
        yield f"{message.pointer}/function_call", legacy


def call(name: str, function: str = '{"name": "look", "arguments": "{}"}') -> str:
    """A message that calls a tool, under an id, which may be marked."""
    written = name if name.startswith("[[") else f'"{name}"'
    calls = f'[{{"id": {written}, "type": "function", "function": {function}}}]'
    return f'{{"role": "assistant", "content": null, "tool_calls": {calls}}}'


def result(name: str) -> str:
    """What a tool answers to the call of an id, which is given in quotes."""
    return f'{{"role": "tool", "tool_call_id": {name}, "content": "12 spots"}}'
