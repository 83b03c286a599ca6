"""Whether the turns of a conversation come in an order that a target takes."""

from __future__ import annotations

from functools import lru_cache

from palms_spec.targets.profile import Turns

NO_ANSWER = "no-answer"
ANSWER_NOT_LAST = "answer-not-last"
SYSTEM_NOT_FIRST = "system-not-first"
SEVERAL_SYSTEMS = "several-system-messages"
BROKEN_ALTERNATION = "broken-alternation"

ORDER_DEFECTS: dict[str, str] = {
    NO_ANSWER: "no message is the assistant's, so there is nothing to train on",
    ANSWER_NOT_LAST: "the last message is not the assistant's",
    SYSTEM_NOT_FIRST: "a system message stands behind other messages",
    SEVERAL_SYSTEMS: "more than one system message",
    BROKEN_ALTERNATION: "user and assistant do not take turns, beginning with the user",
}
"""What can be wrong with the order, by the name of the rule that reports it."""


@lru_cache(maxsize=4096)
def order_defect(roles: tuple[str, ...], turns: Turns, system_first: bool) -> tuple[str, int] | None:
    """What is wrong with an order of roles (`ORDER_DEFECTS`), and the number of the message where that shows, from 0;
    None if nothing is. Where no message answers, it is the last."""
    last = len(roles) - 1
    if "assistant" not in roles:
        return NO_ANSWER, max(last, 0)
    first = int(roles[0] == "system")
    spoken = roles[first:]
    if "system" in spoken and (system_first or turns == "strict"):
        return SEVERAL_SYSTEMS if first else SYSTEM_NOT_FIRST, first + spoken.index("system")
    if turns == "any":
        return None
    if roles[-1] != "assistant":
        return ANSWER_NOT_LAST, last
    wanted = ("user", "assistant") * (len(spoken) // 2 + 1)
    if turns == "strict" and (spoken != wanted[: len(spoken)] or len(spoken) % 2):
        wrong = (at for at, role in enumerate(spoken) if role != wanted[at])
        return BROKEN_ALTERNATION, first + next(wrong, len(spoken) - 1)
    return None
