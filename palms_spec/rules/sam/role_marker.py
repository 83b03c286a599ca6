from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

TOKENS = (
    "<|im_start|>",
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|start_header_id|>",
    "<|end_header_id|>",
    "<|begin_of_text|>",
    "<|system|>",
    "<|user|>",
    "<|assistant|>",
    "<start_of_turn>",
    "<end_of_turn>",
    "[inst]",
    "[/inst]",
    "<<sys>>",
    "<</sys>>",
)
SPEAKERS = ("human", "user", "assistant", "ai", "bot", "system")
HEADINGS = ("### instruction:", "### response:", "### human:", "### assistant:", "### input:")
MARKER = re.compile(
    "|".join(
        (
            *(re.escape(token) for token in TOKENS),
            *(f"^{re.escape(heading)}" for heading in HEADINGS),
            rf"^(?:{'|'.join(SPEAKERS)}):(?=\s|$)",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)


@rule(
    code="SAM004",
    severity="error",
    since="0.1",
    subject="sample",
    trigger=Trigger(phrases=(*TOKENS, *HEADINGS, *(speaker + ":" for speaker in SPEAKERS))),
    expected="A turn holds what is said, without the marks that a chat template puts around it.",
    examples=[
        Example(
            bad="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
            "# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n\n[[Human:]] And until then?\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
            "# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
        ),
    ],
    near_misses=[
        "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
        "# Is this rash measles?\n\nOnly a clinician can say. One more thing about the assistant: she can book a visit.\n",
    ],
)
def role_marker(facts: SampleFacts) -> Iterator[Problem]:
    """A turn holds the mark of a speaker or of a chat template.

    ## Why it matters

    Training formats keep the turns apart by themselves. A mark such as `Human:` or `<|im_start|>` inside a turn teaches the
    model to go on talking for the other side, and some providers refuse the file.
    """
    for turn in facts.sample.turns:
        found = list(MARKER.finditer(turn.content))
        if found:
            more = f" ({len(found)} such marks)" if len(found) > 1 else ""
            message = f"{found[0][0]} stands in the text of the {turn.role}{more}"
            hint = "take the marks out, or split the text into turns"
            yield in_turn(turn, message, hint, start=found[0].start(), end=found[0].end())
