from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.facts.group import Group
from palms_spec.facts.references import Namespace
from palms_spec.facts.sample_keys import OPENING_WORDS
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repetition import repetition
from palms_spec.rulekit.rule import Example, rule

ROWS = "rows.jsonl"
REPEATED = (
    '{"prompt": "Why is the sky blue?", "completion": "That is a great question, and air scatters the short waves."}\n'
    '{"prompt": "Why is grass green?", "completion": [["That is a great question: leaves hold chlorophyll."]]}\n'
    '{"prompt": "Why is snow white?", "completion": "That is a great question! Its crystals send all colors back."}\n'
    '{"prompt": "Why is blood red?", "completion": "That is a GREAT question. It carries iron."}\n'
    '{"prompt": "Why is the sea blue?", "completion": "That is a great question, because water takes the red light."}\n'
)
SEVERAL = REPEATED.replace("That is a GREAT question. It", "It").replace("[[", "").replace("]]", "")
ROUTINE = "".join(f'{{"prompt": "Case {number}", "completion": "this is not spam"}}\n' for number in range(9))
STRUCTURED = "".join(
    f'{{"prompt": "Record {number} as JSON", "completion": "{{\\"the name of it\\": {number}}}"}}\n'
    for number in range(9)
)


@dataclass(frozen=True, slots=True)
class Settings:
    share: float = field(
        default=0.04,
        metadata={
            "minimum": 0,
            "maximum": 1,
            "description": "The share of a dataset's samples that open alike, from which it is reported.",
        },
    )
    minimum: int = field(default=5, metadata={"minimum": 2, "description": "How many samples open alike at least."})


@rule(
    code="DUP004",
    severity="note",
    since="0.1",
    subject="group",
    namespaces=[Namespace.OPENING],
    settings=Settings,
    confidence="medium",
    expected="The answers of a dataset open in many ways.",
    examples=[Example(bad={ROWS: REPEATED}, good={ROWS: SEVERAL})],
    near_misses=[{ROWS: ROUTINE}, {ROWS: STRUCTURED}],
)
def overused_opening(group: Group, settings: Settings) -> Iterator[Problem]:
    """Many answers of a dataset open with the same four words.

    Capitals and punctuation make no difference. Answers of no more than four words, and answers that open with a bracket,
    a heading or a code fence, are left out.

    ## Why it matters

    A model learns the first words of an answer more surely than anything else in it. An opening that a few per cent of a
    dataset share is soon the opening of most answers, whatever the question.
    """
    for members in group.sample_sets():
        size = group.sizes[members[0].sample_set]
        if len(members) < settings.minimum or len(members) < settings.share * size:
            continue
        words = group.sample(members[0]).turn_words[-1][:OPENING_WORDS]
        message = f'{len(members)} of {size} answers open with "{" ".join(words)}"'
        yield repetition(members, message, "write other openings for most of them", part="answer")
