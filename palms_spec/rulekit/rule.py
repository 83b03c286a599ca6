"""The record of a rule, and the decorator that makes one from a generator and its facts."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from palms_spec.facts.references import Namespace
from palms_spec.findings import SAFETIES, Confidence, Safety, Severity

Subject = Literal[
    "document",
    "sample",
    "group",
    "dataset",
    "spec",
    "prompt-set",
    "row",
    "target",
    "review",
    "conflict",
    "suppression",
    "baseline",
    "change",
    "comparison",
]
Stability = Literal["stable", "preview", "deprecated"]
Check = Callable[..., Iterable[Any]]

DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Where a rule is worth calling. A rule without one is called everywhere; with several, one of them is enough.

    `phrases` are looked for in lowered text; `words` among folded words; `characters` in the text as it is; `non_ascii`
    asks for any character beyond ASCII; `defect` for a defect of that kind, met while reading, or, of reviews, for one
    of `verdicts.REMARKS` or for `by-author`. A trigger saves time and nothing else: without it the rule finds the same.
    """

    phrases: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    characters: frozenset[str] = frozenset()
    non_ascii: bool = False
    defect: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A defect as a user has it, and the same without it.

    Each side is the text of one Markdown sample, or the files of a project by path (laid over the project of
    `examples.BASE`; None takes a file away). `[[` and `]]` around a text of the bad side mark the place that must be
    pointed at; they are taken out before it is read.

    `fix` says whether palms can make the one into the other: by a safe fix, by an unsafe one, by one that is only shown
    and so leaves the file as it is, or not at all.
    """

    bad: str | Mapping[str, str | None]
    good: str | Mapping[str, str | None]
    fix: Safety | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `near_misses` look like the defect and are none: the rule stays silent on them.

    A sample rule is called only where what it `needs` of the sample's context, fields of `SampleContext`, is there.
    `completeness` rules are notes while a dataset is a draft. Sample rules about `texts` are asked about those of
    specifications, prompt sets and datasets as well, as turns in the role of what they are. `namespaces` are the keys
    whose groups a group rule sees; `keys` gives those of a sample that are the rule's own (`Namespace.RULE`).
    """

    name: str
    code: str
    family: str
    severity: Severity
    since: str
    subject: Subject
    expected: str
    check: Check
    doc: str
    examples: tuple[Example, ...]
    near_misses: tuple[str | Mapping[str, str | None], ...] = ()
    settings: type | None = None
    trigger: Trigger | None = None
    confidence: Confidence = "high"
    stability: Stability = "stable"
    aliases: tuple[str, ...] = ()
    completeness: bool = False
    texts: bool = False
    namespaces: tuple[Namespace, ...] = ()
    keys: Callable[[Any], Iterable[str]] | None = None
    needs: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """First line of the docstring."""
        return self.doc.split("\n", 1)[0]

    @property
    def fixable(self) -> Safety | Literal[""]:
        """The best that a fix can do for one of the examples."""
        fixes = {example.fix for example in self.examples}
        return next((safety for safety in SAFETIES if safety in fixes), "")


def rule(
    code: str,
    *,
    severity: Severity,
    since: str,
    subject: Subject,
    expected: str,
    examples: Iterable[Example],
    near_misses: Iterable[str | Mapping[str, str | None]] = (),
    settings: type | None = None,
    trigger: Trigger | None = None,
    confidence: Confidence = "high",
    stability: Stability = "stable",
    aliases: Iterable[str] = (),
    completeness: bool = False,
    texts: bool = False,
    namespaces: Iterable[Namespace] = (),
    needs: Iterable[str] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a generator that yields problems. Its name comes from the function, its page from the docstring.

    The generator takes what the subject says (a `Document`, `SampleFacts`, `Group`, `DatasetFacts`, ...) and, if the
    rule has settings, an instance of them.
    """

    def record(check: Check) -> Rule:
        return Rule(
            check.__name__.replace("_", "-"),
            code,
            re.sub(r"\d+$", "", code),
            severity,
            since,
            subject,
            expected,
            check,
            inspect.cleandoc(check.__doc__ or ""),
            tuple(examples),
            tuple(near_misses),
            settings,
            trigger,
            confidence,
            stability,
            tuple(aliases),
            completeness,
            texts,
            tuple(namespaces),
            needs=tuple(needs),
        )

    return record
