"""What is wrong with a rule of a pack that no model can say: a path that leads nowhere, a pattern that does not
compile, a check that does not fit what stands at the path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from palms_spec.documents.check_defects import CHECKED, CheckedRule
from palms_spec.documents.document import Defect
from palms_spec.documents.given import ITEMS, Given, GivenError, Root, parse_given
from palms_spec.documents.model import Model
from palms_spec.documents.packs import PackRule
from palms_spec.documents.suggestion import nearest
from palms_spec.sources.node import Node

FILTERS: dict[Root, tuple[str, ...]] = {
    "samples": ("category", "position", "role", "language", "speaker"),
    "spec": ("category", "position", "language"),
    "prompts": ("category", "position", "language", "split"),
    "dataset": ("role", "language"),
}
PLACEHOLDERS: dict[str, tuple[str, ...]] = {
    "absence": ("found", "count", "field"),
    "presence": ("words", "field"),
    "pattern": ("found", "count", "field"),
    "swap": ("found", "suggestion", "count", "field"),
    "count": ("count", "min", "max", "field"),
    "length": ("count", "min", "max", "field"),
    "one-of": ("value", "values", "field"),
    "unique": ("value", "count", "field"),
    "consistent": ("value", "other", "field"),
    "refers-to": ("value", "field"),
    "metric": ("count", "min", "max", "field"),
    "tokens": ("found", "count", "field"),
}
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
TEXT_CHECKS = ("pattern", "swap", "count", "metric", "tokens")


def rule_defects(rule: PackRule, check: Model, node: Node, text: str, pointer: str) -> Iterator[Defect]:
    """What is wrong with a rule whose model and whose check are valid. `pointer` leads to it in the file."""
    try:
        given = parse_given(rule.given)
    except GivenError as error:
        defect = Defect("schema-violation", error.message, error.hint, pointer + "/given")
        yield defect
        return
    one = CheckedRule(rule, check, given, node, text, pointer)
    yield from _where(one)
    yield from _shape(one)
    yield from _message(one)
    if (find := CHECKED.get(check.kind)) is not None:  # type: ignore[attr-defined]  # every check has a kind
        yield from find(one)
    yield from _examples(one)


def _examples(one: CheckedRule) -> Iterator[Defect]:
    """Sides that are not given exactly once. Where a field is asked for, or must not be set, a side left out is one in
    which it is not."""
    optional = one.check.kind in ("absence", "presence") and not one.check.words
    for index, example in enumerate(one.rule.examples):
        for side in ("bad", "good"):
            given = (getattr(example, side) is not None) + bool(getattr(example, f"{side}_files"))
            if given > 1 or (given == 0 and not optional):
                message = f"an example has either {side} or {side}_files"
                yield one.defect(message, "write the text at given, or files by path", f"/examples/{index}")


def _where(one: CheckedRule) -> Iterator[Defect]:
    for name in one.rule.where.model_fields_set:
        fits = FILTERS[one.given.root]
        if name not in fits:
            hint = f"there is {', '.join(fits)}"
            yield one.defect(f"{name} is no filter of {one.given.text}", hint, f"/where/{name}")
        elif name == "speaker" and one.given.steps[0] != "messages":
            hint = "write samples[*].messages[*].content as given"
            yield one.defect(f"{one.given.text} has one speaker only", hint, "/where/speaker")
        elif one.given.root == "spec" and name in _LISTS and not _passes(one.given, _LISTS[name]):
            hint = f"its way does not lead through {_LISTS[name]}[*]"
            yield one.defect(f"{name} is no filter of {one.given.text}", hint, f"/where/{name}")


def _passes(given: Given, name: str) -> bool:
    """Whether a path goes through the items of a list."""
    return any(pair == (name, ITEMS) for pair in pairwise(given.steps))


_LISTS = {"category": "categories", "position": "positions"}
"""In which list of a specification a filter chooses."""


def _shape(one: CheckedRule) -> Iterator[Defect]:
    kind, holds = one.check.kind, one.given.holds
    words = getattr(one.check, "words", None)
    text_only = kind in TEXT_CHECKS or bool(words) or (kind == "length" and one.check.of != "items")
    if text_only and holds in ("list", "value"):
        hint = f"write {one.given.text}[*] for its items" if holds == "list" else ""
        yield one.defect(f"{kind} looks at text, and {one.given.text} is none", hint, "/given")
    elif kind in ("one-of", "unique", "consistent", "refers-to") and holds == "list":
        yield one.defect(f"{one.given.text} is a list", f"write {one.given.text}[*] for its items", "/given")
    elif kind == "length" and one.check.of == "items" and holds not in ("list", "any"):
        yield one.defect(f"{one.given.text} is no list", "count words or characters", "/check/of")


def _message(one: CheckedRule) -> Iterator[Defect]:
    known = PLACEHOLDERS[one.check.kind]
    for name in ("message", "hint"):
        for found in PLACEHOLDER.finditer(getattr(one.rule, name) or ""):
            if found[1] not in known:
                hint = nearest(found[1], known)
                yield one.defect(f"{found[0]} stands for nothing here", hint, f"/{name}", found.start() + 1)
