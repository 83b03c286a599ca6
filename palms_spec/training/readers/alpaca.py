"""`instruction`, `input` and `output` (or `response`), with `system` and `history` or without.

The question is the instruction and, on the next line, the input, as LLaMA-Factory has it.
"""

from __future__ import annotations

from typing import Any

from palms_spec.training.readers.columns import exchange, first_of, take_beside, take_text
from palms_spec.training.readers.conversation import Conversation, Message, Row, UnfitRow


def read(row: Row) -> list[Conversation]:
    """The conversation of a row. An input is kept as a column too: where it begins can be told from nothing else."""
    told: set[str] = set()
    question = joined(take_text(row, "instruction", told), _input(row, told))
    answer = take_text(row, first_of(row, "output", "response"), told)
    conversation = Conversation([*_history(row.get("history"), told), *exchange(question, answer)], told=told)
    take_beside(row, conversation)
    return [conversation]


def joined(instruction: str, given: str) -> str:
    """A question of two parts, of which the second may be blank."""
    return f"{instruction}\n{given}" if given else instruction


def _input(row: Row, told: set[str]) -> str:
    name = first_of(row, "input", "context")
    if row.get(name) is None:
        return ""
    own: set[str] = set()
    text = take_text(row, name, own)
    if not text:
        told |= own
    return text


def _history(value: Any, told: set[str]) -> list[Message]:
    if value is None:
        return []
    pairs = value if isinstance(value, list) else [value]
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(said) is str for said in pair)):
            raise UnfitRow("history is no list of pairs of texts")
    told.add("history")
    return [message for question, answer in pairs for message in exchange(question, answer)]
