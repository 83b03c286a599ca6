"""Together AI."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import OPENAI_CHAT, OPENAI_DPO, PROMPT_COMPLETION, TEXT
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="together",
    title="Together AI fine-tuning",
    sft=(OPENAI_CHAT, PROMPT_COMPLETION, TEXT),
    dpo=(OPENAI_DPO,),
    limits=Limits(
        rows_min=Fact(1, "code", "together 3.1.1, lib/constants.py"),
        file_bytes=Fact(50_100 * 2**30 // 1000, "code", "together 3.1.1, lib/constants.py"),
    ),
    tools=True,
    row_weight=True,
    all_or_none=("weight",),
    content_parts=True,
    upload="Upload with `together files upload`, then poll processing_status until the file is ready.",
    notes=(
        Fact("tokens a row: 8k to 262k by model; name the limit with max_tokens", "doc"),
        Fact("a row may have a weight of its own, any number", "doc"),
        Fact("the client checks the form of each line before it uploads, and no longer what the messages say", "code"),
    ),
)
