"""English words that hold a question together and say little of what it is about."""

from __future__ import annotations

_WRITTEN = """
a an the this that these those some any such
i me my mine you your yours he him his she her hers it its we us our ours they them their theirs
myself yourself himself herself itself ourselves themselves someone somebody anyone anybody one
am is are was were be been being do does did done have has had having
will would can could may might shall should must
im ive id youre thats isnt arent dont doesnt didnt cant
and or but if so as than then of at by for from in into on onto to with about there here
very really just simply also too please
"""
FUNCTION_WORDS = frozenset(_WRITTEN.split())
QUESTION_WORDS = frozenset(("who", "whom", "whose", "what", "which", "when", "where", "why", "how", "whats", "whos"))


def weight_of(word: str) -> float:
    """How much of a question's subject a folded word carries: 1, or less for the words above."""
    if word in FUNCTION_WORDS:
        return 0.25
    return 0.5 if word in QUESTION_WORDS else 1.0
