"""Whether backtracking over a regular expression can take time that doubles with each character of a text.

It can where some loop of the expression reads one and the same text in two ways, which is decided on its automaton of
positions (Glushkov 1961): two different ways around a loop that read equal characters, or two reasons for one and the
same step of a loop (Weideman et al. 2016, "Analyzing matching time behavior of backtracking regular expression matchers
by using ambiguity of NFA"). What lookarounds and references to groups match is not looked into; atomic groups and
possessive repetitions count as one character, for they are not backtracked into.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

MOST_POSITIONS = 150
"""A loop of more positions is taken to be harmless: it is a list of words, and comparing all with all takes long."""
FEW_ROUNDS = 16
"""What repeats at most so often is no loop."""
_ASCII = [chr(code) for code in range(128)]
_OTHERS = ["é", "É", "ß", "д", "日", "٣", "\u2028", "\xa0", "“", "—", "😀"]


@dataclass(slots=True)
class _Part:
    """A part of the expression: whether it can match nothing, and at which positions it begins and ends."""

    empty: bool = True
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)


class _Automaton:
    """Positions, the characters each stands for, and how many reasons there are to step from one to another."""

    def __init__(self, flags: int, alphabet: Iterable[str]) -> None:
        self.flags = flags
        self.alphabet = frozenset(alphabet)
        self.characters: list[frozenset[str]] = []
        self.steps: Counter[tuple[int, int]] = Counter()

    def position(self, characters: frozenset[str]) -> _Part:
        self.characters.append(characters)
        number = len(self.characters) - 1
        return _Part(False, [number], [number])

    def sequence(self, items: Iterable[Any]) -> _Part:
        whole = _Part()
        for item in items:
            part = self.part(item)
            self.steps.update((before, after) for before in whole.last for after in part.first)
            whole = _Part(
                whole.empty and part.empty,
                whole.first + part.first if whole.empty else whole.first,
                whole.last + part.last if part.empty else part.last,
            )
        return whole

    def either(self, choices: Iterable[Iterable[Any]]) -> _Part:
        parts = [self.sequence(choice) for choice in choices]
        return _Part(
            any(part.empty for part in parts),
            [number for part in parts for number in part.first],
            [number for part in parts for number in part.last],
        )

    def part(self, item: tuple[Any, Any]) -> _Part:
        name, argument = str(item[0]), item[1]
        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            return self.position(self._matched(name, argument))
        if name == "BRANCH":
            return self.either(argument[1])
        if name == "SUBPATTERN":
            return self.sequence(argument[3])
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            return self._repeated(*argument)
        if name in ("ATOMIC_GROUP", "POSSESSIVE_REPEAT"):
            least, body = (argument[0], argument[2]) if name == "POSSESSIVE_REPEAT" else (1, argument)
            return self._closed(body, optional=least == 0)
        if name == "GROUPREF_EXISTS":
            return self.either([argument[1] or (), argument[2] or ()])
        if name.startswith("GROUPREF"):
            return self.position(self.alphabet)
        return _Part()

    def _repeated(self, least: int, most: int, body: Iterable[Any]) -> _Part:
        part = self.sequence(body)
        if int(most) > FEW_ROUNDS:
            self.steps.update((before, after) for before in part.last for after in part.first)
        return _Part(part.empty or least == 0, part.first, part.last)

    def _closed(self, body: Iterable[Any], *, optional: bool) -> _Part:
        inner = _Automaton(self.flags, self.alphabet)
        empty = inner.sequence(body).empty or optional
        part = self.position(frozenset().union(*inner.characters))
        return _Part(empty, part.first, part.last)

    def _matched(self, name: str, argument: Any) -> frozenset[str]:
        if name == "ANY":
            return self.alphabet if self.flags & re.DOTALL else self.alphabet - {"\n"}
        if name == "IN":
            return self._class(argument)
        same = self._cases(chr(argument))
        return self.alphabet - same if name == "NOT_LITERAL" else same & self.alphabet

    def _class(self, items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
        found: set[str] = set()
        negated = False
        for kind, argument in items:
            name = str(kind)
            if name == "NEGATE":
                negated = True
            elif name == "LITERAL":
                found |= self._cases(chr(argument))
            elif name == "RANGE":
                low, high = argument
                inside = {one for one in self.alphabet if any(low <= ord(case) <= high for case in self._cases(one))}
                found |= inside
            else:
                found |= {one for one in self.alphabet if _is_in_category(str(argument), one)}
        return self.alphabet - found if negated else self.alphabet & found

    def _cases(self, character: str) -> frozenset[str]:
        if not self.flags & re.IGNORECASE:
            return frozenset(character)
        return frozenset(one for one in (character, character.lower(), character.upper()) if len(one) == 1)


def can_explode(tree: list[Any], flags: int) -> bool:
    """Whether matching can take exponential time. `tree` is what Python's parser made of the expression."""
    mentioned = set(_mentioned(tree))
    cases = {case for one in mentioned for case in (one.lower(), one.upper()) if len(case) == 1}
    automaton = _Automaton(flags, {*_ASCII, *_OTHERS, *mentioned, *cases})
    automaton.sequence(tree)
    following: dict[int, list[int]] = {}
    for before, after in automaton.steps:
        following.setdefault(before, []).append(after)
    for loop in _components(following):
        if any(count > 1 and {*step} <= loop for step, count in automaton.steps.items()):
            return True
        if 1 < len(loop) <= MOST_POSITIONS and _is_ambiguous(loop, following, automaton.characters):
            return True
    return False


def _is_ambiguous(loop: set[int], following: dict[int, list[int]], characters: list[frozenset[str]]) -> bool:
    """Whether two ways around a loop, apart in between, read the same text."""
    inside = {one: [after for after in following[one] if after in loop] for one in loop}
    together: dict[tuple[int, int], list[tuple[int, int]]] = {}
    seen = [(one, one) for one in loop]
    for pair in seen:
        if pair in together:
            continue
        together[pair] = [
            (left, right)
            for left in inside[pair[0]]
            for right in inside[pair[1]]
            if characters[left] & characters[right]
        ]
        seen += together[pair]
    return any(
        any(left == right for left, right in found) and any(left != right for left, right in found)
        for found in _components(together)
    )


def _components(following: dict[Any, list[Any]]) -> list[set[Any]]:
    """The loops of a graph: its strongly connected components in which a step leads on (Tarjan 1972, no recursion)."""
    index: dict[Any, int] = {}
    low: dict[Any, int] = {}
    stack: list[Any] = []
    held: set[Any] = set()
    found: list[set[Any]] = []
    for start in following:
        if start in index:
            continue
        work = [(start, iter(following.get(start, ())))]
        index[start] = low[start] = len(index)
        stack.append(start)
        held.add(start)
        while work:
            node, others = work[-1]
            for other in others:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    held.add(other)
                    work.append((other, iter(following.get(other, ()))))
                    break
                if other in held:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component: set[Any] = set()
                    while node not in component:
                        other = stack.pop()
                        held.discard(other)
                        component.add(other)
                    if len(component) > 1 or node in following.get(node, ()):
                        found.append(component)
    return found


def _mentioned(tree: Any) -> Iterable[str]:
    """Every character that is named in a tree."""
    if isinstance(tree, tuple) and len(tree) == 2 and str(tree[0]) in ("LITERAL", "NOT_LITERAL"):
        yield chr(tree[1])
    elif isinstance(tree, tuple) and len(tree) == 2 and str(tree[0]) == "RANGE":
        yield from map(chr, tree[1])
    elif isinstance(tree, tuple | list) or hasattr(tree, "data"):
        for part in tree:
            yield from _mentioned(part)


def _is_in_category(name: str, character: str) -> bool:
    plain = name.removeprefix("CATEGORY_").removeprefix("NOT_")
    inside = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}.get(plain, r"\w")
    return bool(re.match(inside, character)) != ("NOT_" in name)
