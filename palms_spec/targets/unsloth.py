"""Unsloth."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import OPENAI_CHAT, SHAREGPT
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="unsloth",
    title="Unsloth",
    sft=(OPENAI_CHAT, SHAREGPT),
    local=True,
    limits=Limits(tokens_setting="max_seq_length"),
    upload='load_dataset("json", data_files="train.jsonl"), then standardize_sharegpt and the chat template.',
    notes=(
        Fact("roles are guessed from the first ten rows: a message has exactly two keys, both text", "code"),
        Fact("train_on_responses_only needs the marks of the model's own template, else nothing is trained on", "doc"),
    ),
)
