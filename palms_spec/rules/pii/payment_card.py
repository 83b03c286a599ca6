from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.payment_cards import payment_cards
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.distinct import distinct
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import DIGITS, Example, Trigger, rule

SAMPLE = (
    "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
    "# Is this rash measles?\n\nThat takes a clinician to say. {}\n"
)


@rule(
    code="PII003",
    severity="error",
    since="0.1",
    subject="sample",
    trigger=Trigger(characters=DIGITS),
    expected="No sample holds the number of a payment card.",
    examples=[
        Example(
            bad=SAMPLE.format("The visit went on my card, [[4539 1488 0343 6467]]."),
            good=SAMPLE.format("The visit went on my card, 4539 XXXX XXXX XXXX."),
        ),
        Example(
            bad=SAMPLE.format("The visit went on my card, [[371449635398431]]."),
            good=SAMPLE.format("The visit went on my card, which ends in 8431."),
        ),
    ],
    near_misses=[
        SAMPLE.format("A card with a wrong digit is 4539 1488 0343 6468, and 0000 0000 0000 0000 is none."),
        SAMPLE.format(
            "Order 9539148803436467, ISBN 978-3-16-148410-0, IMEI 490154203237518, 2021-11-25 12:30:45.123456."
        ),
        SAMPLE.format(
            "The id is 4539148803436467a, 0.4539148803436467 or 4539-1488-0343-6467-2; 1000 2000 3000 4000 people."
        ),
    ],
)
def payment_card(facts: SampleFacts) -> Iterator[Problem]:
    """A text holds the number of a payment card.

    A number counts if issuer, length and grouping fit together and its check digit is right (ISO/IEC 7812). The rejected
    side of preference data is looked at as well.

    ## Why it matters

    A model repeats rare strings from its training data word for word, and whoever reads a card number can use it.
    """
    for found in distinct(facts.sample.all_turns, payment_cards):
        message = f"a card number of {found.kind}, ending in {found.text[-4:]}, stands here{found.times}"
        hint = "take it out, or write XXXX for its digits"
        yield in_turn(found.turn, message, hint, start=found.start, end=found.end)
