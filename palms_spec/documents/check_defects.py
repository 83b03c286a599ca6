"""What is wrong with the check of a rule of a pack, kind by kind, beyond what its model says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from palms_spec.documents import pack_checks as checks
from palms_spec.documents.document import Defect
from palms_spec.documents.given import ITEMS, Given, GivenError, Root, parse_given
from palms_spec.documents.packs import PackRule
from palms_spec.documents.patterns import PatternError, compile_pattern
from palms_spec.documents.suggestion import nearest
from palms_spec.sources.node import Node, ScalarNode, escape_step, locate
from palms_spec.sources.offsets import value_span

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
class CheckedRule:
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


def _bounds(one: CheckedRule) -> Iterator[Defect]:
    low, high = one.check.min, one.check.max
    if not low and high is None:
        yield one.defect("there is no bound", "add min, max or both", "/check")
    elif low is not None and high is not None and low > high:
        yield one.defect(f"min is {low:g} and max is {high:g}, so nothing fits", "", "/check/max")


def _patterns(one: CheckedRule) -> Iterator[Defect]:
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


def _swap(one: CheckedRule) -> Iterator[Defect]:
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


def _one_of(one: CheckedRule) -> Iterator[Defect]:
    for index, value in enumerate(one.check.values):
        if isinstance(value, list | dict) or value is None:
            yield one.defect("expected a single value", "", f"/check/values/{index}")


def _groups(one: CheckedRule) -> Iterator[Defect]:
    within = one.check.within
    scopes = ("dataset", "project") if one.given.root == "samples" else ("document",)
    if within is not None and within not in scopes:
        message = f"{one.check.kind} within the {within} does not exist for {one.given.text}"
        yield one.defect(message, f"it is {' or '.join(scopes)}", "/check/within")
    if one.given.root == "samples" and one.given.steps[0] in ("messages", "rejected", "weakness"):
        message = f"{one.check.kind} does not look at {one.given.text}"
        yield one.defect(message, "it looks at prompt, completion, id, category, positions and metadata", "/given")


def _consistent(one: CheckedRule) -> Iterator[Defect]:
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


def _refers_to(one: CheckedRule) -> Iterator[Defect]:
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


def _tokens(one: CheckedRule) -> Iterator[Defect]:
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


CHECKED: dict[str, Callable[[CheckedRule], Iterator[Defect]]] = {
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
