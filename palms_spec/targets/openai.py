"""OpenAI's self-serve fine-tuning, which is closing."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import OPENAI_CHAT, OPENAI_DPO
from palms_spec.targets.profile import Closing, Event, Family, Limits, Profile

PROFILE = Profile(
    name="openai",
    title="OpenAI fine-tuning",
    sft=(OPENAI_CHAT,),
    dpo=(OPENAI_DPO,),
    limits=Limits(
        rows_min=Fact(10, "doc", "supervised fine-tuning guide"),
        file_bytes=Fact(512_000_000, "doc", "files API"),
        row_tokens=Fact(65_536, "doc", "token limits by model"),
        overflow="cut from the end",
    ),
    families=(
        Family(
            name="gpt-3.5-turbo",
            pattern=r"gpt-3\.5",
            row_tokens=Fact(16_385, "doc", "token limits by model"),
            encoding="cl100k_base",
        ),
    ),
    closing=Closing(
        "no new jobs for anyone after 2027-01-06",
        "doc",
        (
            Event("2026-05-07", "new organizations are shut out", "doc"),
            Event("2026-07-02", "inactive organizations are shut out", "doc"),
            Event("2027-01-06", "the last day on which anyone can start a job", "doc"),
            Event("2027-01-14", "gpt-4o, 4o-mini, 4.1, 4.1-mini and their fine-tunes are shut off", "?"),
        ),
        last_jobs="2027-01-06",
    ),
    tools=True,
    message_weight="weight",
    roles=("developer", "function"),
    message_keys=("name", "function_call", "refusal"),
    row_keys=("parallel_tool_calls", "functions"),
    content_parts=True,
    encoding="o200k_base",
    upload="Upload with the Files API, purpose fine-tune; then start a job that names the file's id.",
    notes=(
        Fact("a row over the limit is cut from the end, which is where the answer stands", "doc"),
        Fact("weight is 0 or 1 and stands on assistant messages only", "doc"),
        Fact(
            "an account that is shut out gets 403 training_not_available when it starts a job, after the upload", "doc"
        ),
    ),
)
