"""LLaMA-Factory."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import ALPACA_HISTORY, OPENAI_CHAT, SHAREGPT
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="llama-factory",
    title="LLaMA-Factory",
    sft=(ALPACA_HISTORY, SHAREGPT, OPENAI_CHAT),
    local=True,
    limits=Limits(
        row_tokens=Fact(2_048, "code", "llamafactory 0.9.5, cutoff_len"),
        tokens_setting="cutoff_len",
        overflow="cut from the end",
    ),
    turns="strict",
    upload="Copy the files into the data folder, and the entries of dataset_info.json into the file of that name.",
    notes=(
        Fact("a file is known by its entry in dataset_info.json only", "code"),
        Fact("a conversation whose turns do not alternate is skipped with a warning", "code"),
    ),
)
