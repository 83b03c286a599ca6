"""The word that was meant."""

from __future__ import annotations

from collections.abc import Iterable

LISTED = 8


def meant(word: str, known: Iterable[str]) -> str:
    """Which of the known words is probably meant; "" where none is near. Case makes no difference.

    Where known words begin with the same words up to a dot, only what follows it says how near they are.
    """
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in known if name}
    head = word.casefold()[: word.rfind(".") + 1]
    siblings = [name for name in folded if head and name.startswith(head)]
    near = get_close_matches(word.casefold()[len(head) :], [name[len(head) :] for name in siblings], n=1, cutoff=0.6)
    if siblings:
        return folded[head + near[0]] if near else ""
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
