from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.analysis.quoting import is_mentioned
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
HEADINGS = ("### instruction:", "### response:", "### human:", "### assistant:")
MARKER = re.compile(
    "|".join(
        (
            *(re.escape(token) for token in TOKENS),
            *(f"^{re.escape(heading)}" for heading in HEADINGS),
            rf"^(?P<speaker>{'|'.join(SPEAKERS)}):(?=\s|$)",
        )
    ),
    re.ASCII | re.IGNORECASE | re.MULTILINE,
)
LABEL = re.compile(r"^[ ]*(?:[-*>][ ]+)?[*_]*(\w[\w .'’-]{0,30}?)[*_]*:(?=\s|[*_]|$)", re.MULTILINE)
DIALOGUES_TEXT = """
    bot chat chatbot conversation dialog dialogue dialogues exchange interview log play roles scene script skit
    transcript
"""
DIALOGUES = frozenset(DIALOGUES_TEXT.split())
FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"


@rule(
    code="SAM004",
    severity="error",
    since="0.1",
    subject="sample",
    trigger=Trigger(phrases=(*TOKENS, *HEADINGS, *(speaker + ":" for speaker in SPEAKERS))),
    expected="A turn holds what is said, without the marks that a chat template puts around it.",
    examples=[
        Example(
            bad=FRONT
            + "# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n\n[[Human:]] And until then?\n",
            good=FRONT + "# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
        ),
        Example(
            bad=FRONT + "# Is this rash measles?\n\nThat takes a clinician to say.[[<|im_end|>]]\n",
            good=FRONT + "# Is this rash measles?\n\nThat takes a clinician to say.\n",
        ),
        Example(
            bad=FRONT
            + "# Is this rash measles?\n\nThat takes a clinician to say.\n\n[[User:]] Are you sure?\n\nAssistant: Yes.\n",
            good=FRONT + "# Is this rash measles?\n\nThat takes a clinician to say.\n",
        ),
    ],
    near_misses=[
        FRONT
        + "# Is this rash measles?\n\nOnly a clinician can say. One more thing about the assistant: she can book a visit.\n",
        FRONT
        + "# Write a dialogue between a user and a pharmacy's bot.\n\nUser: Do you have this cream?\nBot: We do. Anything else?\n",
        FRONT + "# Write a scene at the clinic.\n\nNurse: Who is next?\nHuman: I am.\nRobot: So am I.\n",
        FRONT + "# How do I log in?\n\nFill in three fields:\n\nHost: localhost\nUser: admin\nPassword: yours\n",
        FRONT
        + "# How does a chat template mark turns?\n\nChatML writes `<|im_start|>` before a turn and “<|im_end|>” behind it:\n\n```\n<|im_start|>user\nHuman: hello\n```\n",
        FRONT + "# What do the letters stand for?\n\nAI: artificial intelligence\n\nML: machine learning\n",
    ],
)
def role_marker(facts: SampleFacts) -> Iterator[Problem]:
    """A turn holds the mark of a speaker or of a chat template.

    Marks in code and in quotation marks are left alone, and so are the speakers of a dialogue: where others speak as well,
    or where the user asks for one.

    ## Why it matters

    Training formats keep the turns apart by themselves. A mark such as `Human:` or `<|im_start|>` inside a turn teaches the
    model to go on talking for the other side, and some providers refuse the file.
    """
    for turn in facts.sample.turns:
        found = [
            mark for mark in MARKER.finditer(turn.content) if not is_mentioned(turn.content, mark.start(), mark.end())
        ]
        if any(mark["speaker"] for mark in found) and _is_dialogue(turn.content, facts):
            found = [mark for mark in found if not mark["speaker"]]
        if found:
            more = f" ({len(found)} such marks)" if len(found) > 1 else ""
            message = f"{found[0][0]} stands in the text of the {turn.role}{more}"
            hint = "take the marks out, or split the text into turns"
            yield in_turn(turn, message, hint, start=found[0].start(), end=found[0].end())


def _is_dialogue(text: str, facts: SampleFacts) -> bool:
    """Whether a text is made of labelled lines of several speakers, of which one is no role, or was asked for as such."""
    labels = {label.lower() for label in LABEL.findall(text)}
    if len(labels) < 2:
        return False
    asked = zip(facts.sample.turns, facts.turn_words, strict=True)
    return not labels.issubset(SPEAKERS) or any(
        turn.role == "user" and not DIALOGUES.isdisjoint(words) for turn, words in asked
    )
