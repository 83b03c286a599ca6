"""Anthropic's Claude 3 Haiku on Bedrock."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import BEDROCK_CLAUDE
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="bedrock-claude",
    title="Claude 3 Haiku on Bedrock",
    sft=(BEDROCK_CLAUDE,),
    limits=Limits(
        rows_min=Fact(32, "doc", "quotas of model customization"),
        rows_max=Fact(10_000, "doc", "quotas of model customization"),
        row_tokens=Fact(32_000, "doc", "quotas of model customization"),
    ),
    turns="strict",
    all_or_none=("system",),
    upload="Copy the file to S3 in the region of the job; the job's role must be able to read it.",
    notes=(Fact("the system prompt stands beside the messages, not among them", "doc"),),
)
