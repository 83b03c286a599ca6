"""Whether the turns of a conversation come in an order that a target takes."""

from __future__ import annotations

from functools import lru_cache

from palms_spec.targets.profile import Turns
from palms_spec.training.record import Message
from palms_spec.training.unfit import Unfit

NO_ANSWER = Unfit("no-answer", "no message is the assistant's, so there is nothing to train on")
ANSWER_NOT_LAST = Unfit("answer-not-last", "the last message is not the assistant's")
SYSTEM_NOT_FIRST = Unfit("system-not-first", "a system message stands behind other messages")
SEVERAL_SYSTEMS = Unfit("several-system-messages", "more than one system message")
BROKEN_ALTERNATION = Unfit("broken-alternation", "user and assistant do not take turns, beginning with the user")


def out_of_order(messages: list[Message], turns: Turns, system_first: bool) -> Unfit | None:
    """What is wrong with the order of the messages; None if nothing is."""
    return _judged(tuple([message["role"] for message in messages]), turns, system_first)


@lru_cache(maxsize=4096)
def _judged(roles: tuple[str, ...], turns: Turns, system_first: bool) -> Unfit | None:
    if "assistant" not in roles:
        return NO_ANSWER
    spoken = roles[1:] if roles[0] == "system" else roles
    if "system" in spoken and (system_first or turns == "strict"):
        return SEVERAL_SYSTEMS if roles[0] == "system" else SYSTEM_NOT_FIRST
    if turns == "any":
        return None
    if roles[-1] != "assistant":
        return ANSWER_NOT_LAST
    if turns == "strict" and spoken != ("user", "assistant") * (len(spoken) // 2):
        return BROKEN_ALTERNATION
    return None
