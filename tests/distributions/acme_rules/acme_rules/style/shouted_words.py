from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from acme_rules.style._capitals import CAPITALS
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"


@dataclass(frozen=True, slots=True)
class ShoutedWordsSettings:
    """What is let through."""

    allowed: tuple[str, ...] = field(default=(), metadata={"description": "Runs of capitals that are no shouting."})


@rule(
    code="ACME001",
    severity="warning",
    since="1.0",
    subject="sample",
    settings=ShoutedWordsSettings,
    expected="Words are not written in capitals.",
    examples=[
        Example(
            bad=SAMPLE + "See a clinician, [[RIGHT NOW]].\n",
            good=SAMPLE + "See a clinician, right now.\n",
        )
    ],
    near_misses=[SAMPLE + "The WHO and the NHS say so.\n"],
)
def shouted_words(facts: SampleFacts, settings: ShoutedWordsSettings) -> Iterator[Problem]:
    """Several words in a row are written in capitals.

    ## Why it matters

    The house of Acme does not shout.
    """
    for turn in facts.sample.turns:
        for found in CAPITALS.finditer(turn.content):
            if found[0] not in settings.allowed:
                start, end = found.span()
                yield in_turn(turn, f"{found[0]} is shouted", "write it in small letters", start=start, end=end)
