"""Whether a change of wording is a change of meaning, as far as words can tell.

In a specification, few words carry most of what is demanded: negations, modal verbs, numbers, and what opens exceptions
and conditions or says how far a demand reaches. Where one of them goes, comes or gives way to another, the change is
one of meaning until somebody accountable has said that it is none. The words are English.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile

from palms_spec.comparison.wording import word_hunks

FAMILIES = {
    "negation": "not no never none nobody nothing nowhere neither nor without",
    "modal": "must should shall may might can could will would need needs ought required requires forbidden prohibited "
    "allowed permitted optional recommended",
    "number": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half "
    "once twice double",
    "exception": "except unless but if when where until only even otherwise regardless despite",
    "reach": "all any every each some most few both either always usually often sometimes rarely",
}
CARRIERS = frozenset(word for words in FAMILIES.values() for word in words.split())
"""The words that carry meaning, besides numbers in digits."""
NEGATIONS = frozenset(FAMILIES["negation"].split())
CLAUSE_ENDS = frozenset((".", ",", ";", ":", "!", "?", "(", ")", "and", "or", "but"))
_CONTRACTION = re.compile(r"\b(?:(ca)|(wo)|(sha)|(\w+?))n['’]t\b")
_CLAUSE_WORD = re.compile(r"[^\W_]+|[.,;:!?()]")
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


def carriers(words: list[str]) -> list[str]:
    """The words of a text that carry its meaning, in order, in small letters."""
    found = (match[0] for match in _WORD.finditer(_plain(" ".join(words))))
    return [word for word in found if word in CARRIERS or word[0].isdigit()]


def carriers_changed(base: str, head: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The carriers that went and those that came, in order of their places. A run of words that gives way to another
    with the same carriers changes none; one that moves to another run goes and comes, and so, last, does a negation
    that stays in words and now stands before other ones altogether."""
    dropped: list[str] = []
    added: list[str] = []
    for before, after in word_hunks(base, head):
        if before == after:
            continue
        was, now = carriers(before), carriers(after)
        dropped += _less(was, now)
        added += _less(now, was)
    moved = _moved_negations(base, head)
    return (*dropped, *_less(moved, dropped)), (*added, *_less(moved, added))


def _moved_negations(base: str, head: str) -> list[str]:
    """Negations of which nothing that one negated is negated by its counterpart, counted from the start."""
    were, are = _negated(base), _negated(head)
    return [
        word
        for word in sorted(were.keys() & are.keys())
        for was, now in zip(were[word], are[word], strict=False)
        if was and now and was.isdisjoint(now)
    ]


def _negated(text: str) -> dict[str, list[frozenset[str]]]:
    """For every negation of a text, the words after it, up to the end of its clause."""
    words = _CLAUSE_WORD.findall(_plain(text))
    found: dict[str, list[frozenset[str]]] = {}
    for at, word in enumerate(words):
        if word in NEGATIONS:
            clause = takewhile(lambda one: one not in CLAUSE_ENDS, words[at + 1 :])
            found.setdefault(word, []).append(frozenset(clause))
    return found


def _plain(text: str) -> str:
    return _CONTRACTION.sub(_spelled_out, text.lower()).replace("cannot", "can not")


def _less(words: list[str], others: list[str]) -> list[str]:
    left = Counter(others)
    kept = []
    for word in words:
        if left[word]:
            left[word] -= 1
        else:
            kept.append(word)
    return kept


def _spelled_out(match: re.Match[str]) -> str:
    can, will, shall, verb = match.groups()
    return f"{'can' if can else 'will' if will else 'shall' if shall else verb} not"
