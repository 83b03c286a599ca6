"""Tinker: training steps over an API, with the loop on one's own machine."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import OPENAI_CHAT
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="tinker",
    title="Tinker, with the cookbook's reader",
    sft=(OPENAI_CHAT,),
    limits=Limits(tokens_setting="max_length", overflow="cut from the end"),
    tools=True,
    message_weight="trainable",
    all_or_none=("trainable",),
    blank_lines=False,
    upload="Nothing is uploaded: the cookbook's FromConversationFileBuilder reads the file.",
    notes=(
        Fact("needs as many rows as one batch has", "code"),
        Fact("trainable stands on every message or on none, and only with train_on_what = customized", "code"),
        Fact("a blank line crashes its reader", "code"),
    ),
)
