"""Prompt and completion, as models were fine-tuned when the PALMS paper was written."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import PROMPT_COMPLETION
from palms_spec.targets.profile import Profile

PROFILE = Profile(
    name="completions",
    title="Prompt and completion, for base models",
    sft=(PROMPT_COMPLETION,),
    local=True,
    turns="answer-last",
    upload="For whatever trains a base model on pairs.",
    notes=(
        Fact(
            "the texts stand as they are: a separator between them, and what ends an answer, is the trainer's part",
            "?",
        ),
    ),
)
