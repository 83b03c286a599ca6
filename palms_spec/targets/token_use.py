"""How many tokens a conversation takes, counted exactly where the target's tokenizer is public and at hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from palms_spec.analysis.tokens import CHARACTERS_PER_TOKEN, Tokenizer, estimated_tokens, tokenizer
from palms_spec.documents.sample import ASSISTANT, Turn

MESSAGE_TOKENS = 3
NAME_TOKENS = 1
REPLY_TOKENS = 3
"""What the chat format adds to a message, to a name in it and to a conversation, as the OpenAI cookbook counts
(examples/Chat_finetuning_data_prep)."""
BYTES_PER_TOKEN = CHARACTERS_PER_TOKEN
"""For an estimate bytes come nearer than characters: what is not written in Latin letters takes more of both."""


@dataclass(frozen=True, slots=True)
class TokenUse:
    """`total` tokens; `before_answer` of them stand before the text of the last answer. `exact`: they were counted, and
    by the tokenizer that the target uses."""

    total: int
    before_answer: int
    exact: bool


@cache
def known_tokenizer(encoding: str) -> Tokenizer | None:
    """The tokenizer of an encoding; None for "", and where no library for it is installed."""
    return tokenizer(encoding) if encoding else None


def token_use(turns: Sequence[Turn], encoding: str, *, framed: bool = True, tools: Any = None) -> TokenUse:
    """The tokens of a conversation. `framed`: the marks of the chat format count as well. Definitions of `tools` stand
    before it, in a form that no vendor tells, so with them nothing is exact."""
    counter = known_tokenizer(encoding)
    count = counter.count if counter else _estimate
    total = before = count(_written(tools)) if tools else 0
    for turn in turns:
        if framed:
            total += MESSAGE_TOKENS + (count(turn.role) if counter else 1)
            total += _extras(turn, count) if turn.extra else 0
        if turn.role == ASSISTANT:
            before = total
        total += count(turn.content)
    if framed:
        total += REPLY_TOKENS
    return TokenUse(total, before, counter is not None and not tools)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _extras(turn: Turn, count: Callable[[str], int]) -> int:
    extra = turn.extra or {}
    name = extra.get("name")
    tokens = NAME_TOKENS + count(name) if isinstance(name, str) else 0
    calls = extra.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function") if isinstance(call, dict) else None
        if isinstance(function, dict):
            tokens += sum(
                count(part) for part in (function.get("name"), function.get("arguments")) if isinstance(part, str)
            )
    return tokens


def sure_bytes(limit: int, encoding: str) -> int:
    """So many bytes of a row are within a limit of tokens for sure, without counting: no token is shorter than a byte,
    and what JSON adds to a message is longer than what the chat format adds."""
    return limit if known_tokenizer(encoding) else limit * BYTES_PER_TOKEN


def _estimate(text: str) -> int:
    return estimated_tokens(len(text.encode("utf-8", "surrogatepass")))
