"""Azure OpenAI: the same lines as OpenAI, on Microsoft's side."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import OPENAI_CHAT, OPENAI_DPO
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="azure",
    title="Azure OpenAI fine-tuning",
    sft=(OPENAI_CHAT,),
    dpo=(OPENAI_DPO,),
    limits=Limits(rows_min=Fact(10, "doc", "customize a model with fine-tuning")),
    tools=True,
    message_weight="weight",
    roles=("developer", "function"),
    message_keys=("name", "function_call", "refusal"),
    row_keys=("parallel_tool_calls", "functions"),
    content_parts=True,
    byte_order_mark=True,
    encoding="o200k_base",
    upload="Use the OpenAI client with base_url https://RESOURCE.openai.azure.com/openai/v1/; "
    "files above 150 MB go through the Uploads API.",
    notes=(
        Fact("existing customers can train until 2027-04 at least", "doc"),
        Fact(
            "the documentation asks for a byte order mark, and the vendor's own samples have none; none is written", "?"
        ),
        Fact("tokens a row are limited by model; name the limit with max_tokens", "doc"),
    ),
)
