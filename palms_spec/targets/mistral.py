"""Mistral's hosted tuning, which is deprecated."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import OPENAI_CHAT
from palms_spec.targets.profile import Closing, Limits, Profile

PROFILE = Profile(
    name="mistral",
    title="Mistral fine-tuning",
    sft=(OPENAI_CHAT,),
    limits=Limits(
        rows_min=Fact(10, "doc", "fine-tuning guide"),
        rows_max=Fact(10_000_000, "doc", "fine-tuning guide"),
        tokens_setting="seq_len",
    ),
    closing=Closing("deprecated; no last day is known", "?"),
    turns="answer-last",
    tools=True,
    call_id_length=9,
    upload="Upload with the Files API, purpose fine-tune. mistral-finetune on one's own machine reads the same lines.",
    notes=(
        Fact("the last message is the assistant's", "doc"),
        Fact("ids of tool calls have nine letters and digits; others are replaced, the same by the same", "code"),
        Fact("its validator, mistral-common, runs offline", "run"),
    ),
)
