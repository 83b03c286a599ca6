"""TRL, the trainers of Hugging Face."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import (
    OPENAI_CHAT,
    PROMPT_CHOSEN_REJECTED,
    PROMPT_CHOSEN_REJECTED_CHAT,
    PROMPT_COMPLETION,
    PROMPT_COMPLETION_CHAT,
    TEXT,
)
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="trl",
    title="TRL, SFTTrainer and DPOTrainer",
    sft=(PROMPT_COMPLETION_CHAT, PROMPT_COMPLETION, OPENAI_CHAT, TEXT),
    dpo=(PROMPT_CHOSEN_REJECTED_CHAT, PROMPT_CHOSEN_REJECTED),
    local=True,
    limits=Limits(
        row_tokens=Fact(1_024, "code", "trl 1.16.0, SFTConfig"),
        tokens_setting="max_length",
        overflow="cut from the end",
    ),
    turns="answer-last",
    upload='load_dataset("json", data_files="train.jsonl"), then SFTTrainer or DPOTrainer.',
    notes=(
        Fact("prompt and completion: the loss is on the completion alone", "code"),
        Fact("messages: the loss is on all tokens, unless assistant_only_loss is set", "code"),
        Fact("weights are ignored, and any other set of keys fails", "code"),
        Fact(
            "prompt-completion-chat has lists of messages under the keys of prompt-completion, and the model's chat "
            "template is applied; for a base model without one write --shape prompt-completion",
            "code",
        ),
    ),
)
