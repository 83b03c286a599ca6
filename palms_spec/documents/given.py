"""Paths into documents, as the rules of packs write them: `samples[*].completion`,
`spec.categories[*].positions[*].statement`.

A path begins with one of four roots. Names follow behind a dot, and `[*]` stands for every item of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from palms_spec.documents.dataset import Dataset
from palms_spec.documents.model import Model
from palms_spec.documents.prompts import Prompt
from palms_spec.documents.sample_forms import Weakness
from palms_spec.documents.spec import Spec
from palms_spec.documents.suggestion import nearest

Root = Literal["samples", "spec", "prompts", "dataset"]
Holds = Literal["text", "value", "list", "mapping", "any"]
"""What stands at a path: `any` where its documents do not say."""

ROOTS: dict[str, Root] = {"samples[*]": "samples", "spec": "spec", "prompts[*]": "prompts", "dataset": "dataset"}
ITEMS = "*"
SAMPLE_FIELDS: dict[str, Any] = {
    "prompt": str,
    "completion": str,
    "rejected": str,
    "messages": list[dict[str, str]],
    "id": str,
    "category": str,
    "positions": list[str],
    "origin": str,
    "weakness": Weakness,
    "metadata": dict[str, Any],
}
MESSAGE_FIELDS: dict[str, Any] = {"role": str, "content": str}
_STEP = re.compile(r"\.(?P<name>[A-Za-z_][\w-]*)|(?P<items>\[\*\])|\[(?P<quote>['\"])(?P<quoted>[^'\"]+)(?P=quote)\]")


@dataclass(frozen=True, slots=True)
class Given:
    """A path: the root, and the steps from there, `*` for every item of a list."""

    text: str
    root: Root
    steps: tuple[str, ...]
    holds: Holds

    @property
    def field(self) -> str:
        """The name of the field at its end."""
        return next((step for step in reversed(self.steps) if step != ITEMS), self.root)


class GivenError(ValueError):
    """A path that leads nowhere. `offset` is where in its text it goes wrong."""

    def __init__(self, message: str, hint: str = "", offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.offset = offset


def parse_given(text: str) -> Given:
    """The path that a text stands for. Raises GivenError."""
    start = next((root for root in ROOTS if _begins_with(text, root)), None)
    if start is None:
        word = re.split(r"[.\[]", text, maxsplit=1)[0]
        wanted = next((root for root in ROOTS if root.split("[", 1)[0] == word), None)
        hint = f"write {wanted}" if wanted else nearest(word, ROOTS)
        raise GivenError(f"{text} does not begin with one of {', '.join(ROOTS)}", hint)
    at, steps, inside = len(start), [], _root_type(ROOTS[start])
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            raise GivenError(f"{text[at:]} is no step of a path", "write .name, or [*] for every item of a list", at)
        step = ITEMS if found["items"] else found["name"] or found["quoted"]
        inside = _inside(inside, step, text[:at], at)
        steps.append(step)
        at = found.end()
    if not steps:
        raise GivenError(f"{text} names no field", nearest("", _names(inside)), 0)
    holds = _holds(inside)
    if holds == "mapping":
        raise GivenError(f"{text} holds several fields", f"name one of {', '.join(_names(inside))}", len(text))
    return Given(text, ROOTS[start], tuple(steps), holds)


def _begins_with(text: str, root: str) -> bool:
    return text.startswith(root) and text[len(root) : len(root) + 1] in ("", ".", "[")


def _root_type(root: Root) -> Any:
    types: dict[Root, Any] = {"samples": SAMPLE_FIELDS, "spec": Spec, "prompts": Prompt, "dataset": Dataset}
    return types[root]


def _inside(kind: Any, step: str, before: str, at: int) -> Any:
    """The type of what a step leads to."""
    if kind is Any:
        return Any
    if step == ITEMS:
        if get_origin(kind) is not list:
            raise GivenError(f"{before} is no list", "leave out [*]", at)
        (item,) = get_args(kind)
        return MESSAGE_FIELDS if item == dict[str, str] else _plain(item)
    if get_origin(kind) is list:
        raise GivenError(f"{before} is a list", f"write {before}[*].{step}", at)
    if get_origin(kind) is dict:
        return _plain(get_args(kind)[1])
    names = _names(kind)
    if not names:
        raise GivenError(f"{before} holds no fields", f"end the path at {before}", at)
    if step not in names:
        raise GivenError(f"{before} has no field {step}", nearest(step, names), at)
    return _plain(kind.model_fields[step].annotation if _is_model(kind) else kind[step])


def _plain(annotation: Any) -> Any:
    """A type without what is noted at it, and without None."""
    while get_origin(annotation) not in (None, list, dict, Literal):
        if get_origin(annotation) in (Union, UnionType):
            others = [one for one in get_args(annotation) if one is not type(None)]
            if len(others) > 1:
                return Any
            annotation = others[0]
        else:
            annotation = get_args(annotation)[0]
    return annotation


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _names(kind: Any) -> Iterable[str]:
    if _is_model(kind):
        return list(kind.model_fields)
    return list(kind) if isinstance(kind, dict) else []


def _holds(kind: Any) -> Holds:
    if kind is Any or kind == dict[str, Any]:
        return "any"
    if _names(kind):
        return "mapping"
    if get_origin(kind) is list:
        return "list"
    return "text" if kind is str or get_origin(kind) is Literal else "value"
