"""What a text must hold for a word or a pattern to be found in it, so that a rule is called nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from palms_spec.documents.patterns import parsed
from palms_spec.rulekit.rule import Trigger

RARE = frozenset("İıſ")
"""Letters that are equal to ASCII ones where case is ignored, though lower case does not show it."""
FEW = 8
"""A set of more characters is no literal."""
_ASCII = re.compile(r"[!-~](?:[ -~]*[!-~])?")


def trigger_of(literals: Iterable[str], *, fold: bool) -> Trigger:
    """The trigger of a rule that finds something only where one of these texts stands."""
    phrases: list[str] = []
    characters: set[str] = set()
    non_ascii = False
    for literal in literals:
        best = _ascii_part(literal)
        caseless = [character for character in literal if not character.isspace() and _is_caseless(character)]
        if len(best) > 1 or best.isalpha():
            phrases.append(best.lower())
        elif caseless:
            characters.add(caseless[0])
        elif literal.isascii():
            characters.update(literal)
        else:
            non_ascii = True
    if fold and phrases:
        characters |= RARE
    return Trigger(phrases=tuple(dict.fromkeys(phrases)), characters=frozenset(characters), non_ascii=non_ascii)


def literals_in(pattern: re.Pattern[str]) -> frozenset[str]:
    """Texts of which every match of a pattern holds at least one; none where they cannot be derived.

    Where case is ignored they may stand there in any case.
    """
    return _of_sequence(parsed(pattern)) or frozenset()


def _is_caseless(character: str) -> bool:
    return character.lower() == character.upper() == character


def _ascii_part(literal: str) -> str:
    """The longest stretch of visible ASCII characters."""
    return max(_ASCII.findall(literal), key=len, default="")


def _of_sequence(items: Iterable[Any]) -> frozenset[str] | None:
    """The best of what the parts of a sequence need, literal characters in a row being one text."""
    found: list[frozenset[str]] = []
    run = ""
    for name, argument in ((str(name), argument) for name, argument in items):
        if name == "LITERAL":
            run += chr(argument)
            continue
        if run:
            found.append(frozenset((run,)))
        run = ""
        if (needed := _of_part(name, argument)) is not None:
            found.append(needed)
    if run:
        found.append(frozenset((run,)))
    return max(found, key=_worth, default=None)


def _worth(needed: frozenset[str]) -> tuple[int, int]:
    """Long texts are rare, and so are characters beyond ASCII; few are better than many."""
    return min(len(literal) + (not literal.isascii()) for literal in needed), -len(needed)


def _of_part(name: str, argument: Any) -> frozenset[str] | None:
    if name == "SUBPATTERN":
        return _of_sequence(argument[3])
    if name == "BRANCH":
        return _all([_of_sequence(choice) for choice in argument[1]])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(argument[2]) if argument[0] >= 1 else None
    if name == "ATOMIC_GROUP":
        return _of_sequence(argument)
    if name == "ASSERT":
        return _of_sequence(argument[1])
    if name == "IN":
        characters = list(_characters(argument))
        return frozenset(characters) if 0 < len(characters) <= FEW else None
    return None


def _all(needs: list[frozenset[str] | None]) -> frozenset[str] | None:
    """What several alternatives need, if each of them needs something."""
    known = [needed for needed in needs if needed]
    return frozenset().union(*known) if known and len(known) == len(needs) else None


def _characters(items: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """The characters of a set that names each of them; none of any other set."""
    named = [(str(kind), argument) for kind, argument in items]
    if all(kind == "LITERAL" for kind, _ in named):
        yield from (chr(argument) for _, argument in named)
