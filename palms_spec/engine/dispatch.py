"""Which sample rules to call for which sample.

One pass over a sample finds out which triggers occur; only their rules are called. A rule without a trigger is called
for every sample. Ungated, all are, and find the same: triggers save time and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from palms_spec.analysis.phrases import PhraseFinder
from palms_spec.engine.rulebook import Rulebook
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.index import RuleRecord
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Trigger

Call = tuple[RuleRecord, Callable[[Any], Iterable[Problem]]]
_ASCII = bytes(range(128))


class SampleDispatch:
    """The calls that a sample asks for. Order is that of the rulebook."""

    __slots__ = (
        "_always",
        "_ascii_calls",
        "_calls",
        "_defects",
        "_finder",
        "_non_ascii",
        "_other_calls",
        "_other_pattern",
        "_phrase_calls",
        "_silent_ascii",
        "_word_calls",
        "_words",
    )

    def __init__(self, rulebook: Rulebook, *, gated: bool = True) -> None:
        self._calls: list[Call] = [(record, rulebook.check(record)) for record in rulebook.of("sample")]
        triggers = [rulebook.rule(record).trigger if gated else None for record, _ in self._calls]
        self._always = [number for number, trigger in enumerate(triggers) if trigger is None]
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
        self._other_calls = {character: calls for character, calls in characters.items() if not character.isascii()}
        self._other_pattern = _any_of(self._other_calls) if self._other_calls else None

    def calls(self, facts: SampleFacts) -> list[Call]:
        """The rules to call for a sample."""
        numbers = set(self._always)
        text = facts.text
        if text.isascii():
            if self._ascii_calls and (left := text.encode().translate(None, self._silent_ascii)):
                for code in set(left):
                    numbers.update(self._ascii_calls[code])
        else:
            numbers.update(self._non_ascii)
            for character in set(text).intersection(map(chr, self._ascii_calls)):
                numbers.update(self._ascii_calls[ord(character)])
            if self._other_pattern is not None:
                for character in set(self._other_pattern.findall(text)):
                    numbers.update(self._other_calls[character])
        if self._finder is not None:
            for phrase in self._finder.present(facts.lowered):
                numbers.update(self._phrase_calls[phrase])
        if self._words and not self._words.isdisjoint(facts.words):
            for word in self._words.intersection(facts.words):
                numbers.update(self._word_calls[word])
        for defect in facts.defects:
            numbers.update(self._defects.get(defect.kind, ()))
        return [self._calls[number] for number in sorted(numbers)]


def _by(triggers: list[Trigger | None], parts: Callable[[Trigger], Iterable[str]]) -> dict[str, list[int]]:
    """Numbers of the rules by each part of their triggers."""
    found: dict[str, list[int]] = {}
    for number, trigger in enumerate(triggers):
        for part in parts(trigger) if trigger else ():
            found.setdefault(part, []).append(number)
    return found


def _any_of(characters: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of some characters. It is written in ranges: single ones beyond U+FFFF are tried one by one."""
    ranges: list[tuple[int, int]] = []
    for code in sorted(map(ord, characters)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = ranges[-1][0], code
        else:
            ranges.append((code, code))
    return re.compile("[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges) + "]")
