"""Fireworks AI."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import OPENAI_CHAT, OPENAI_DPO
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="fireworks",
    title="Fireworks AI fine-tuning",
    sft=(OPENAI_CHAT,),
    dpo=(OPENAI_DPO,),
    limits=Limits(
        rows_min=Fact(3, "doc", "supervised fine-tuning, dataset"),
        rows_max=Fact(3_000_000, "doc", "supervised fine-tuning, dataset"),
        row_tokens=Fact(32_768, "doc", "supervised fine-tuning, settings"),
        tokens_setting="max context length",
    ),
    system_first=True,
    tools=True,
    row_weight=True,
    all_or_none=("weight",),
    message_keys=("reasoning_content",),
    content_parts=True,
    upload="Create a dataset with `firectl dataset create NAME FILE`, then name it in the job.",
    notes=(
        Fact("a system message is optional, and comes first", "doc"),
        Fact("assistant messages may have reasoning_content besides content; none is written here", "doc"),
    ),
)
