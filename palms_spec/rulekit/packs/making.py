"""The rule that an entry of a pack stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from palms_spec.documents.given import Given, Root, parse_given
from palms_spec.documents.model import Model
from palms_spec.documents.pack_checks import CHECKS, Consistent, RefersTo, Swap, Unique
from palms_spec.documents.packs import PackRule
from palms_spec.facts.group import Group
from palms_spec.facts.keys import key_of
from palms_spec.facts.references import Namespace
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.packs.checking import Checker
from palms_spec.rulekit.packs.checks import (
    absence,
    consistent,
    count,
    length,
    metric,
    one_of,
    pattern,
    presence,
    refers_to,
    swap,
    tokens,
    unique,
)
from palms_spec.rulekit.packs.comparing import Comparison
from palms_spec.rulekit.packs.examples import examples_of, near_misses_of
from palms_spec.rulekit.packs.reporting import Reporter
from palms_spec.rulekit.packs.values import values_at
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Check, Rule, Subject

SUBJECTS: dict[Root, Subject] = {
    "samples": "sample",
    "spec": "spec",
    "prompts": "prompt-set",
    "dataset": "dataset",
}
CHECKERS: dict[str, Callable[[Any], Checker]] = {
    "absence": absence.checker,
    "presence": presence.checker,
    "pattern": pattern.checker,
    "swap": swap.checker,
    "count": count.checker,
    "length": length.checker,
    "one-of": one_of.checker,
    "metric": metric.checker,
    "tokens": tokens.checker,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule of a pack as data. `path` is that of the pack in its project, "" for one that comes with palms."""

    rule: dict[str, Any]
    family: str = "HOUSE"
    version: str = ""
    path: str = ""

    def as_json(self) -> dict[str, Any]:
        """JSON values that `Entry(**value)` reads back."""
        return {"rule": self.rule, "family": self.family, "version": self.version, "path": self.path}


def pack_rule(entry: Entry, *, examples: bool = False) -> Rule:
    """The rule of an entry whose content was found to have no defects; its examples only where they are asked for."""
    written = PackRule.model_validate(entry.rule)
    check = CHECKS[written.check["kind"]].model_validate(written.check)
    given = parse_given(written.given)
    made = _made(written, check, given, entry.path)
    return Rule(
        written.name,
        written.code or written.name,
        written.code.rstrip("0123456789") if written.code else entry.family,
        written.severity,
        written.since or entry.version,
        made.subject,
        written.expected,
        made.check,
        _page(written, made.underived),
        examples_of(written, given) if examples else (),
        near_misses_of(written, given) if examples else (),
        trigger=made.trigger,
        confidence=written.confidence,
        stability=written.stability,
        aliases=tuple(written.aliases),
        namespaces=(Namespace.RULE,) if made.keys is not None else (),
        keys=made.keys,
    )


def underived(entry: Entry) -> tuple[str, ...]:
    """The patterns of a rule from which no literal can be derived, so that it is called for every sample."""
    written = PackRule.model_validate(entry.rule)
    check = CHECKS[written.check["kind"]].model_validate(written.check)
    return _made(written, check, parse_given(written.given), entry.path).underived


@dataclass(frozen=True, slots=True)
class _Made:
    """What becomes of a check: its generator, about which subject, with which trigger and keys."""

    check: Check
    subject: Subject
    trigger: Any = None
    keys: Callable[[SampleFacts], Iterator[str]] | None = None
    underived: tuple[str, ...] = field(default=())


def _made(written: PackRule, check: Model, given: Given, path: str) -> _Made:
    find = values_at(given, written.where)
    subject = SUBJECTS[given.root]
    if isinstance(check, Unique):
        report = _reporter(written, given, path, unique.MESSAGE, unique.HINT)
        return _compared(written, unique.comparison(check, find, report), given.root)
    if isinstance(check, Consistent):
        report = _reporter(written, given, path, consistent.MESSAGE, consistent.HINT)
        return _compared(written, consistent.comparison(check, find, report), given.root)
    if isinstance(check, RefersTo):
        report = _reporter(written, given, path, refers_to.MESSAGE, "{what}")
        return _Made(partial(refers_to.problems, find, parse_given(check.to), report), subject)
    checker = CHECKERS[written.check["kind"]](check)
    report = _reporter(
        written, given, path, checker.message, checker.hint, check.fix if isinstance(check, Swap) else "shown"
    )

    def problems(facts: Any) -> Iterator[Problem]:
        for value in find(facts):
            for hit in checker.find(value):
                yield report(value, hit.words, start=hit.start, end=hit.end, replacements=hit.replacements)

    return _Made(problems, subject, checker.trigger if subject == "sample" else None, None, checker.underived)


def _compared(written: PackRule, comparison: Comparison, root: Root) -> _Made:
    """A check over several values: those of a document, or those of samples that share a key."""
    if root != "samples":
        return _Made(comparison.in_document, SUBJECTS[root])

    def keys(facts: SampleFacts) -> Iterator[str]:
        return (f"{written.name}\0{key}" for key in comparison.keys(facts))

    def problems(group: Group) -> Iterator[Problem]:
        # Groups of other rules of packs come by as well: the key tells whose it is.
        for key in keys(group.sample(group.members[0])):
            if key_of(key) == group.key:
                yield from comparison.in_group(group, key.partition("\0")[2])
                return

    return _Made(problems, "group", None, keys)


def _reporter(
    written: PackRule,
    given: Given,
    path: str,
    message: str,
    hint: str,
    safety: Literal["safe", "unsafe", "shown"] = "shown",
) -> Reporter:
    return Reporter(written.message or message, written.hint or hint, given.field, path, safety)


def _page(written: PackRule, underived: tuple[str, ...]) -> str:
    """What `palms rule` shows: the docs, else what is expected; and why it matters."""
    parts = [(written.docs or written.expected).strip()]
    if underived:
        parts.append(
            "No literal text can be derived from a pattern of this rule, so it is looked for in every sample: "
            + ", ".join(f"`{pattern}`" for pattern in underived)
        )
    if written.why:
        parts.append(f"## Why it matters\n\n{written.why.strip()}")
    return "\n\n".join(parts)
