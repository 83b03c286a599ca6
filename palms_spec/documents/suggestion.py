"""The word that was meant."""

from __future__ import annotations

from collections.abc import Iterable

LISTED = 8


def meant(word: str, known: Iterable[str]) -> str:
    """Which of the known words is probably meant; "" where none is near. Case makes no difference."""
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in known if name}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "did you mean X?", or "" where nothing is near."""
    near = meant(word, known)
    return f"did you mean {near}?" if near else ""


def nearest(word: str, known: Iterable[str], shown: Iterable[str] = ()) -> str:
    """Which of the known words may be meant; where none is near, those to choose from (of `shown`, or all), if few."""
    known = list(dict.fromkeys(known))
    choices = list(dict.fromkeys(shown)) or known
    listed = f"there is {', '.join(choices)}" if 0 < len(choices) <= LISTED else ""
    return did_you_mean(word, known) or listed
