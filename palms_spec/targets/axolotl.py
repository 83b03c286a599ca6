"""Axolotl."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import ALPACA, OPENAI_CHAT, QUESTION_ANSWER
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="axolotl",
    title="Axolotl",
    sft=(OPENAI_CHAT, ALPACA, QUESTION_ANSWER),
    local=True,
    limits=Limits(
        row_tokens=Fact(512, "code", "axolotl 0.19.0, sequence_len"),
        tokens_setting="sequence_len",
        overflow="row dropped",
    ),
    upload="Put the stanza of axolotl.yaml into the run's configuration.",
    notes=(
        Fact("a row over sequence_len is dropped, and one line of the log says so", "code"),
        Fact("messages are read by type: chat_template", "doc"),
    ),
)
