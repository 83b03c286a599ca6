"""Meta's Llama on Bedrock; the line depends on the release of the model."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import BEDROCK_CONVERSATION, PROMPT_COMPLETION
from palms_spec.targets.profile import Family, Limits, Profile

PROFILE = Profile(
    name="bedrock-llama",
    title="Llama on Bedrock",
    sft=(PROMPT_COMPLETION, BEDROCK_CONVERSATION),
    limits=Limits(
        rows_min=Fact(100, "doc", "quotas of model customization"),
        rows_max=Fact(10_000, "doc", "quotas of model customization"),
        row_tokens=Fact(16_000, "doc", "quotas of model customization"),
    ),
    families=(
        Family(name="Llama 3.1", pattern=r"3[-._]1(?!\d)", shape=PROMPT_COMPLETION),
        Family(
            name="Llama 3.2 and later",
            pattern=r"3[-._][2-9]|llama-?[4-9]",
            shape=BEDROCK_CONVERSATION,
            note="the lines of bedrock-nova",
        ),
    ),
    turns="answer-last",
    all_or_none=("system",),
    upload="Copy the file to S3 in the region of the job; the job's role must be able to read it.",
    notes=(
        Fact("prompt and completion hold one question and its answer: no system prompt, no further turns", "doc"),
        Fact("without a model's name the lines are those of Llama 3.1", "doc"),
    ),
)
