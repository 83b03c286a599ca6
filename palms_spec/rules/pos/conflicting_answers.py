from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.facts.conflicts import ConflictFacts
from palms_spec.facts.references import Namespace
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.pos._reviews import BOTH, RECORDS, SHOWN, record

OTHER = "datasets/example/samples/throat.md"
WRITTEN = """\
---
category: health
positions: [health.no-diagnosis]
---
# {}

A throat like that is strep. Ask for antibiotics, and stay at home until Friday.
"""
ALIKE, APART = "Is a sore throat a strep infection, please?", "Is this rash after strawberries an allergy?"
AGAINST = {
    ALIKE: record("throat", score=1, text="5df78ece131aae2c473d1cc0204e3421fef1f79f2a6322ee72f67197402656cd"),
    APART: record("throat", score=1, text="e25c262a821a44f6c199e81d5e2d1ae5dab71d4f2d6d1cef7355725e0175fa5c"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    threshold: float = field(
        default=0.7,
        metadata={
            "minimum": 0,
            "maximum": 1,
            "description": "How alike two questions are at least: the words that both have, over all that either has. In "
            "English, words that any question has (how, the, I) weigh less.",
        },
    )


@rule(
    code="POS005",
    severity="warning",
    since="0.1",
    subject="conflict",
    namespaces=[Namespace.REVIEW],
    settings=Settings,
    expected="Two questions that are nearly the same are answered in line with the same positions.",
    examples=[
        Example(
            bad={RECORDS: BOTH + AGAINST[ALIKE], OTHER: WRITTEN.format(f"[[{ALIKE}]]")},
            good={RECORDS: BOTH + AGAINST[APART], OTHER: WRITTEN.format(APART)},
        )
    ],
    near_misses=[
        {
            RECORDS: BOTH + AGAINST[ALIKE].replace('"violates", "score": 1', '"unclear", "score": 3'),
            OTHER: WRITTEN.format(ALIKE),
        },
        {RECORDS: record(score=1) + AGAINST[ALIKE], OTHER: WRITTEN.format(ALIKE)},
        {RECORDS: record("two-ballots") + AGAINST[ALIKE], OTHER: WRITTEN.format(ALIKE)},
    ],
)
def conflicting_answers(facts: ConflictFacts, settings: Settings) -> Iterator[Problem]:
    """A sample was judged to violate a position, and another of the dataset that nearly asks the same to adhere to it.

    Questions are compared as `near-test-prompt-in-training` compares them: by their words, in any order. What the answers
    say is taken from the reviews that stand; a sample that nobody has reviewed conflicts with nothing.

    ## Why it matters

    A model that is taught both answers to one question learns that either will do. Of the two, one was probably meant to
    be replaced by the other.
    """
    others = [(member, likeness) for member, likeness in facts.others if likeness >= settings.threshold]
    if not others:
        return
    (_, likeness), *more = others
    how = "the same" if likeness == 1 else f"nearly the same ({int(likeness * 100)}%)"
    message = f"this violates {facts.position}, and the answer to {how} question adheres to it"
    if more:
        message = f"this violates {facts.position}, and the answers to {len(others)} questions like it adhere to it"
    related = tuple(Elsewhere("answered in line with it", member) for member, _ in others[:SHOWN])
    causes = tuple(sorted({member.path for member, _ in others}))
    yield Problem(message, "delete or change this answer", member=facts.sample, related=related, causes=causes)
