from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import QUESTION, chat
from palms_spec.rules.tgt._tools import call, functions
from palms_spec.targets.rows.values import shortened

TOOLS = ', "tools": [{"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}]'
_is_name = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch


@rule(
    code="TGT025",
    severity="error",
    since="0.1",
    subject="row",
    aliases=["tool-names"],
    expected="A tool has a name of letters, digits, _ and -, and a call names one of the row's tools.",
    examples=[
        Example(
            bad={"openai.jsonl": chat(QUESTION, call("a", '{"name": [["look at"]], "arguments": "{}"}'))},
            good={"openai.jsonl": chat(QUESTION, call("a", '{"name": "look_at", "arguments": "{}"}'))},
        ),
        Example(
            bad={"together.jsonl": chat(QUESTION, call("a", '{"name": [["see"]], "arguments": "{}"}'), more=TOOLS)},
            good={"together.jsonl": chat(QUESTION, call("a"), more=TOOLS)},
        ),
        Example(
            bad={"openai.jsonl": chat(QUESTION, call("a", '[[{"arguments": "{}"}]]'))},
            good={"openai.jsonl": chat(QUESTION, call("a"))},
        ),
    ],
)
def invalid_tool_name(facts: RowFacts) -> Iterator[Problem]:
    """A tool, or what a call names, is called something that providers do not take, or a call names no tool of the row.

    Whether a call's tool is there is looked at only in rows that define tools.

    ## Why it matters

    The provider refuses the file. Where a call names a tool that the row does not define, the model learns to call what
    it was not given.
    """
    value = facts.row.value
    if not facts.written or type(value) is not dict or not facts.form.tools:
        return
    defined: set[str] = set()
    for pointer, name in _defined(value.get("tools")):
        if type(name) is str and _is_name(name):
            defined.add(name)
        else:
            yield from _wrong(name, pointer)
    for message in facts.messages:
        for pointer, function in functions(message):
            name = function.get("name")
            if type(name) is not str or not _is_name(name):
                yield from _wrong(name, f"{pointer}/name" if "name" in function else pointer)
            elif defined and name not in defined:
                what = f"message {message.number} calls {name}, which is none of the row's tools"
                yield Problem(what, f"the row has {', '.join(sorted(defined)[:8])}", f"{pointer}/name")


def _defined(tools: Any) -> Iterator[tuple[str, Any]]:
    for index, tool in enumerate(tools) if type(tools) is list else ():
        function = tool.get("function") if type(tool) is dict else None
        if type(function) is dict:
            yield f"/tools/{index}/function{'/name' if 'name' in function else ''}", function.get("name")
        else:
            yield f"/tools/{index}", None


def _wrong(name: Any, pointer: str) -> Iterator[Problem]:
    what = f'"{shortened(name)}" is no name of a tool' if type(name) is str else "a tool without a name"
    yield Problem(what, "up to 64 letters, digits, _ and -", pointer)
