"""Amazon Nova on Bedrock."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import BEDROCK_CONVERSATION
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="bedrock-nova",
    title="Amazon Nova on Bedrock",
    sft=(BEDROCK_CONVERSATION,),
    limits=Limits(
        rows_min=Fact(8, "doc", "quotas of model customization"),
        rows_max=Fact(20_000, "doc", "quotas of model customization"),
        row_tokens=Fact(32_000, "doc", "quotas of model customization"),
    ),
    turns="strict",
    markers=("User:", "Assistant:", "System:", "Bot:", "[EOS]", "<image>", "<video>"),
    all_or_none=("system",),
    upload="Copy the file to S3 in the region of the job; the job's role must be able to read it.",
    notes=(
        Fact("user and assistant alternate; the user begins, the assistant ends", "doc"),
        Fact("the job fails where a reserved marker stands anywhere in a text", "doc"),
        Fact("an optional field stands in all rows or in none", "doc"),
    ),
)
