"""How the messages of a row are written: their keys, their roles, and what may stand as their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from palms_spec.targets.plan import Plan

ContentForm = Literal["text", "text or parts", "parts"]
WEIGHT_KEYS = frozenset(("weight", "trainable"))
"""Keys by which a message is left out of the loss. Where one has no place it is reported by a rule of its own."""
CALL_KEYS = frozenset(("tool_calls", "tool_call_id"))
_COUNTS_AS = {"developer": "system", "function": "tool"}


@dataclass(frozen=True, slots=True)
class MessageForm:
    """`roles` maps each role as it is written to what it counts as: system, user, assistant or tool. `content` says
    whether a text is written as such, as a list of parts, or as either; `tools`, whether messages may call them."""

    role_key: str = "role"
    content_key: str = "content"
    roles: Mapping[str, str] = field(default_factory=dict)
    keys: frozenset[str] = frozenset(("role", "content"))
    content: ContentForm = "text"
    tools: bool = False


BEDROCK = MessageForm(roles={"user": "user", "assistant": "assistant"}, content="parts")
CLAUDE = MessageForm(roles={"user": "user", "assistant": "assistant"})
VERTEX = MessageForm("role", "parts", {"user": "user", "model": "assistant"}, frozenset(("role", "parts")), "parts")
SHAREGPT = MessageForm(
    "from", "value", {"human": "user", "gpt": "assistant", "system": "system"}, frozenset(("from", "value"))
)


def openai_form(plan: Plan) -> MessageForm:
    """How a target has messages written that are in OpenAI's form."""
    profile = plan.profile
    roles = ["system", "user", "assistant", *(["tool"] if profile.tools else []), *profile.roles]
    keys = {"role", "content", *profile.message_keys}
    if profile.tools:
        keys |= {"name", *CALL_KEYS}
    if plan.method == "sft" and profile.message_weight:
        keys.add(profile.message_weight)
    return MessageForm(
        roles={role: _COUNTS_AS.get(role, role) for role in roles},
        keys=frozenset(keys),
        content="text or parts" if profile.content_parts else "text",
        tools=profile.tools,
    )
