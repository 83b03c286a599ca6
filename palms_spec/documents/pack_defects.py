"""What is wrong with a rule of a pack that no model can say: a path that leads nowhere, a pattern that does not
compile, a check that does not fit what stands at the path."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from palms_spec.documents import pack_checks as checks
from palms_spec.documents.document import Defect
from palms_spec.documents.given import ITEMS, Given, GivenError, Root, parse_given
from palms_spec.documents.model import Model
from palms_spec.documents.packs import PackRule
from palms_spec.documents.patterns import PatternError, compile_pattern
from palms_spec.documents.suggestion import nearest
from palms_spec.sources.node import Node, ScalarNode, escape_step, locate
from palms_spec.sources.offsets import value_span

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
TARGETS: dict[Root, tuple[Root, ...]] = {
    "samples": ("spec", "prompts", "dataset"),
    "spec": ("spec", "prompts"),
    "prompts": ("prompts", "spec"),
    "dataset": ("dataset", "spec"),
}
"""Where a value may refer to, by where it stands."""
_TOKEN_KEYS = """
    ORTH TEXT NORM LOWER LENGTH IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER IS_TITLE IS_PUNCT IS_SPACE IS_STOP
    IS_SENT_START SENT_START LIKE_NUM LIKE_URL LIKE_EMAIL SPACY POS TAG MORPH DEP LEMMA SHAPE ENT_TYPE ENT_ID ENT_IOB
    ENT_KB_ID PREFIX SUFFIX OP _
"""
TOKEN_KEYS = frozenset(_TOKEN_KEYS.split())


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule that has the structure of one, with the path it is about."""

    rule: PackRule
    check: Any
    given: Given
    node: Node
    text: str
    pointer: str

    def defect(self, message: str, hint: str, where: str, start: int | None = None) -> Defect:
        """A defect of the value at a pointer inside the rule, or of the character `start` of it."""
        if start is not None:
            found = locate(self.node, where)
            if found.exact and isinstance(found.node, ScalarNode):
                first, last = value_span(self.text, found.node, start, start + 1)
                return Defect("schema-violation", message, hint, self.pointer + where, offset=first, end=last)
        return Defect("schema-violation", message, hint, self.pointer + where)


def rule_defects(rule: PackRule, check: Model, node: Node, text: str, pointer: str) -> Iterator[Defect]:
    """What is wrong with a rule whose model and whose check are valid. `pointer` leads to it in the file."""
    try:
        given = parse_given(rule.given)
    except GivenError as error:
        defect = Defect("schema-violation", error.message, error.hint, pointer + "/given")
        yield defect
        return
    one = _Rule(rule, check, given, node, text, pointer)
    yield from _where(one)
    yield from _shape(one)
    yield from _message(one)
    if (find := _CHECKED.get(check.kind)) is not None:  # type: ignore[attr-defined]  # every check has a kind
        yield from find(one)
    yield from _examples(one)


def _examples(one: _Rule) -> Iterator[Defect]:
    """Sides that are not given exactly once. Where a field is asked for, or must not be set, a side left out is one in
    which it is not."""
    optional = one.check.kind in ("absence", "presence") and not one.check.words
    for index, example in enumerate(one.rule.examples):
        for side in ("bad", "good"):
            given = (getattr(example, side) is not None) + bool(getattr(example, f"{side}_files"))
            if given > 1 or (given == 0 and not optional):
                message = f"an example has either {side} or {side}_files"
                yield one.defect(message, "write the text at given, or files by path", f"/examples/{index}")


def _where(one: _Rule) -> Iterator[Defect]:
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


def _shape(one: _Rule) -> Iterator[Defect]:
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


def _message(one: _Rule) -> Iterator[Defect]:
    known = PLACEHOLDERS[one.check.kind]
    for name in ("message", "hint"):
        for found in PLACEHOLDER.finditer(getattr(one.rule, name) or ""):
            if found[1] not in known:
                hint = nearest(found[1], known)
                yield one.defect(f"{found[0]} stands for nothing here", hint, f"/{name}", found.start() + 1)


def _bounds(one: _Rule) -> Iterator[Defect]:
    low, high = one.check.min, one.check.max
    if not low and high is None:
        yield one.defect("there is no bound", "add min, max or both", "/check")
    elif low is not None and high is not None and low > high:
        yield one.defect(f"min is {low:g} and max is {high:g}, so nothing fits", "", "/check/max")


def _patterns(one: _Rule) -> Iterator[Defect]:
    check: checks.Pattern = one.check
    if not check.forbid and not check.require:
        yield one.defect("there is no pattern", "add forbid, require or both", "/check")
    for name in ("forbid", "require"):
        for index, text in enumerate(getattr(check, name)):
            where = f"/check/{name}/{index}"
            try:
                pattern = compile_pattern(text, fold=check.case == "fold")
            except PatternError as error:
                yield one.defect(error.message, error.hint, where, error.offset)
                continue
            if name == "forbid" and pattern.match(""):
                message = "the pattern matches where there is no text at all"
                yield one.defect(message, "have it ask for one character or more", where)


def _swap(one: _Rule) -> Iterator[Defect]:
    check: checks.Swap = one.check
    if not check.swap:
        yield one.defect("there are no words to swap", "write what is found, and what to write instead", "/check/swap")
    written = {word.casefold() if check.case == "fold" else word for word in check.swap}
    for word, suggestion in check.swap.items():
        where = f"/check/swap/{escape_step(word)}"
        if not word.strip():
            yield Defect("schema-violation", "the word is blank", "write it", one.pointer + where, on_key=True)
        elif (suggestion.casefold() if check.case == "fold" else suggestion) in written:
            yield one.defect(f"{suggestion} is swapped itself", "write where the chain ends", where)


def _one_of(one: _Rule) -> Iterator[Defect]:
    for index, value in enumerate(one.check.values):
        if isinstance(value, list | dict) or value is None:
            yield one.defect("expected a single value", "", f"/check/values/{index}")


def _groups(one: _Rule) -> Iterator[Defect]:
    within = one.check.within
    scopes = ("dataset", "project") if one.given.root == "samples" else ("document",)
    if within is not None and within not in scopes:
        message = f"{one.check.kind} within the {within} does not exist for {one.given.text}"
        yield one.defect(message, f"it is {' or '.join(scopes)}", "/check/within")
    if one.given.root == "samples" and one.given.steps[0] in ("messages", "rejected", "weakness"):
        message = f"{one.check.kind} does not look at {one.given.text}"
        yield one.defect(message, "it looks at prompt, completion, id, category, positions and metadata", "/given")


def _consistent(one: _Rule) -> Iterator[Defect]:
    yield from _groups(one)
    try:
        by = parse_given(one.check.by)
    except GivenError as error:
        yield one.defect(error.message, error.hint, "/check/by", error.offset)
        return
    if _owner(by) != _owner(one.given):
        message = f"{by.text} and {one.given.text} are not fields of one thing"
        yield one.defect(message, "both paths go the same way up to the last [*]", "/check/by")


def _owner(given: Given) -> tuple[str, ...]:
    """The way to the thing that a path names a field of: all up to the last item; of samples the sample."""
    if given.root == "samples":
        return ("samples",)
    last = max((index for index, step in enumerate(given.steps) if step == ITEMS), default=-1)
    return (given.root, *given.steps[: last + 1])


def _refers_to(one: _Rule) -> Iterator[Defect]:
    try:
        to = parse_given(one.check.to)
    except GivenError as error:
        yield one.defect(error.message, error.hint, "/check/to", error.offset)
        return
    targets = TARGETS[one.given.root]
    if to.root not in targets:
        message = f"a value at {one.given.text} cannot refer to {to.root}"
        yield one.defect(message, f"it can refer to {', '.join(targets)}", "/check/to")
    elif to.holds == "list":
        yield one.defect(f"{to.text} is a list", f"write {to.text}[*] for its items", "/check/to")


def _tokens(one: _Rule) -> Iterator[Defect]:
    for index, pattern in enumerate(one.check.patterns):
        if not pattern:
            yield one.defect("the pattern has no tokens", "write at least one", f"/check/patterns/{index}")
        for place, token in enumerate(pattern):
            for name in token:
                if name.upper() not in TOKEN_KEYS:
                    where = f"/check/patterns/{index}/{place}/{escape_step(name)}"
                    hint = nearest(name, TOKEN_KEYS)
                    message = f"{name} is nothing that spaCy knows of a token"
                    yield Defect("schema-violation", message, hint, one.pointer + where, on_key=True)


_CHECKED: dict[str, Callable[[_Rule], Iterator[Defect]]] = {
    "pattern": _patterns,
    "swap": _swap,
    "count": _bounds,
    "length": _bounds,
    "metric": _bounds,
    "one-of": _one_of,
    "unique": _groups,
    "consistent": _consistent,
    "refers-to": _refers_to,
    "tokens": _tokens,
}
