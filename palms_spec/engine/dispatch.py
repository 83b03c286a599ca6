"""Which sample rules to call for which sample.

One pass over a sample finds out which triggers occur; only their rules are called. A rule without a trigger is called
for every sample. Ungated, all are, and find the same: triggers save time and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from palms_spec.analysis.phrases import PhraseFinder
from palms_spec.documents.context import SampleContext
from palms_spec.engine.rulebook import Rulebook
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.index import RuleRecord, trigger_of
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Trigger

Call = tuple[RuleRecord, Callable[[Any], Iterable[Problem]]]
_ASCII = bytes(range(128))


class SampleDispatch:
    """The calls that a sample asks for. Order is that of the rulebook."""

    __slots__ = (
        "_always",
        "_ascii_calls",
        "_characters",
        "_defects",
        "_finder",
        "_gated",
        "_loaded",
        "_non_ascii",
        "_other_calls",
        "_phrase_calls",
        "_records",
        "_rulebook",
        "_silent_ascii",
        "_usual",
        "_word_calls",
        "_words",
    )

    def __init__(self, rulebook: Rulebook, records: Iterable[RuleRecord] | None = None, *, gated: bool = True) -> None:
        self._rulebook = rulebook
        self._records = list(rulebook.of("sample") if records is None else records)
        self._loaded: dict[int, Call] = {}
        triggers = [trigger_of(record) if gated else None for record in self._records]
        self._gated = gated
        self._usual: dict[int, _Usual] = {}
        self._always = frozenset(number for number, trigger in enumerate(triggers) if trigger is None)
        self._defects = _by(triggers, lambda trigger: [trigger.defect] if trigger.defect else [])
        self._non_ascii = [number for number, trigger in enumerate(triggers) if trigger and trigger.non_ascii]
        phrases = _by(triggers, lambda trigger: [phrase.lower() for phrase in trigger.phrases])
        self._finder = PhraseFinder(phrases) if phrases else None
        self._phrase_calls = list(phrases.values())
        self._word_calls = _by(triggers, lambda trigger: trigger.words)
        self._words = frozenset(self._word_calls)
        characters = _by(triggers, lambda trigger: trigger.characters)
        self._ascii_calls = {ord(character): calls for character, calls in characters.items() if character.isascii()}
        self._silent_ascii = bytes(code for code in _ASCII if code not in self._ascii_calls)
        self._other_calls = characters
        self._characters = frozenset(characters)

    def calls(self, facts: SampleFacts) -> list[Call]:
        """The rules to call for a sample."""
        usual = self._usual.get(id(facts.context)) or self._settle(facts.context)
        numbers: set[int] = set()
        text = facts.text
        if text.isascii():
            if left := text.encode().translate(None, self._silent_ascii):
                for code in set(left):
                    numbers.update(self._ascii_calls[code])
        else:
            numbers.update(self._non_ascii)
            for character in self._characters.intersection(facts.characters):
                numbers.update(self._other_calls[character])
        if self._finder is not None:
            for phrase in self._finder.present(facts.lowered):
                numbers.update(self._phrase_calls[phrase])
        if self._words and not self._words.isdisjoint(facts.words):
            for word in self._words.intersection(facts.words):
                numbers.update(self._word_calls[word])
        for defect in facts.defects:
            numbers.update(self._defects.get(defect.kind, ()))
        numbers &= usual.possible
        if not numbers:
            return usual.calls
        loaded = self._loaded
        return [loaded.get(number) or self._load(number) for number in sorted(numbers | usual.numbers)]

    def _load(self, number: int) -> Call:
        """A call, whose rule is imported when it is first asked for: of many rules few are."""
        record = self._records[number]
        call = self._loaded[number] = (record, self._rulebook.check(record))
        return call

    def _settle(self, context: SampleContext) -> _Usual:
        """What is the same for all samples of a context."""
        possible = frozenset(
            number
            for number, record in enumerate(self._records)
            if not self._gated or all(getattr(context, name) for name in record.needs)
        )
        numbers = self._always & possible
        usual = _Usual(context, possible, numbers, [self._load(number) for number in sorted(numbers)])
        self._usual[id(context)] = usual
        return usual


@dataclass(frozen=True, slots=True)
class _Usual:
    """For a context (held, so that its id stays its own): the rules that have what they need, and those of them that
    are called for every sample."""

    context: SampleContext
    possible: frozenset[int]
    numbers: frozenset[int]
    calls: list[Call]


def _by(triggers: list[Trigger | None], parts: Callable[[Trigger], Iterable[str]]) -> dict[str, list[int]]:
    """Numbers of the rules by each part of their triggers."""
    found: dict[str, list[int]] = {}
    for number, trigger in enumerate(triggers):
        for part in parts(trigger) if trigger else ():
            found.setdefault(part, []).append(number)
    return found
