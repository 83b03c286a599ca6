"""A record taken apart the ways that shapes need it."""

from __future__ import annotations

from palms_spec.training.fields import beside_text
from palms_spec.training.record import Message, Record
from palms_spec.training.turn_order import SEVERAL_SYSTEMS, SYSTEM_NOT_FIRST, out_of_order
from palms_spec.training.unfit import Unfit

SEVERAL_TURNS = "several-turns"
SYSTEM_PROMPT = "system-without-place"
NO_PAIR = Unfit(
    "no-preference", "no rejected answer stands beside the chosen one", "--method dpo needs chosen and rejected"
)
OTHER_PROMPTS = Unfit("no-preference", "the chosen and the rejected answer do not follow the same messages")


def system_and_turns(
    record: Record, shape: str, *, alternate: bool = False
) -> tuple[str | None, list[Message]] | Unfit:
    """The system prompt, None without one, and the turns of user and assistant behind it.

    `alternate`: they have to take turns, with the assistant last.
    """
    if unfit := beside_text(record, shape):
        return unfit
    messages = record.messages
    system: str | None = None
    if messages[0]["role"] == "system":
        system, messages = messages[0]["content"], messages[1:]
    roles = {message["role"] for message in messages}
    if "system" in roles:
        return SYSTEM_NOT_FIRST if system is None else SEVERAL_SYSTEMS
    if not roles <= {"user", "assistant"}:
        return Unfit("field-without-place", f"a message of a tool has no place in {shape}")
    if alternate and (unfit := out_of_order(messages, "strict", True)):
        return unfit
    return system, messages


def question_and_answer(record: Record, shape: str) -> tuple[str, str] | Unfit:
    """The one question and its answer, for shapes that hold no more."""
    parts = system_and_turns(record, shape)
    if isinstance(parts, Unfit):
        return parts
    system, turns = parts
    if system is not None:
        return Unfit(SYSTEM_PROMPT, f"a system prompt has no place in {shape}", "choose a shape with messages")
    if len(turns) != 2:
        return Unfit(
            SEVERAL_TURNS, f"{shape} holds one question and its answer, no more turns", "choose a shape with messages"
        )
    if unfit := out_of_order(turns, "strict", True):
        return unfit
    question, answer = turns
    return question["content"], answer["content"]


def pair(record: Record) -> tuple[list[Message], Message, Message] | Unfit:
    """What comes before the answer, the chosen answer, and the rejected one."""
    chosen, rejected = record.messages, record.rejected
    if not rejected:
        return NO_PAIR
    if chosen[:-1] != rejected[:-1] or chosen[-1]["role"] != "assistant" or rejected[-1]["role"] != "assistant":
        return OTHER_PROMPTS
    return chosen[:-1], chosen[-1], rejected[-1]
