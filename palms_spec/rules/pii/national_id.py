from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.national_ids import national_ids
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.distinct import distinct
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import DIGITS, Example, Trigger, rule

SAMPLE = (
    "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
    "# Is this rash measles?\n\nThat takes a clinician to say. {}\n"
)


@rule(
    code="PII005",
    severity="error",
    since="0.1",
    subject="sample",
    trigger=Trigger(characters=DIGITS),
    expected="No sample holds the identity number of a person.",
    examples=[
        Example(
            bad=SAMPLE.format("The form asks for a number like [[536-22-8437]]."),
            good=SAMPLE.format("The form asks for a number like 000-00-0000."),
        ),
        Example(
            bad=SAMPLE.format("My National Insurance number is [[JG 10 37 59 A]]."),
            good=SAMPLE.format("My National Insurance number is QQ 12 34 56 C."),
        ),
        Example(
            bad=SAMPLE.format("Social security number: [[536 22 8437]]."),
            good=SAMPLE.format("Room and bed: 536 22 8437."),
        ),
    ],
    near_misses=[
        SAMPLE.format("Never given out: 000-12-3456, 666-12-3456, 912-34-5678, 536-00-8437, 536-22-0000."),
        SAMPLE.format("In every advert: 078-05-1120, 219-09-9999, 123-45-6789."),
        SAMPLE.format("Invoice 2021-536-22-8437, part 536-22-8437-9, ISBN 978-3-16-148410-0, 415-55-01."),
        SAMPLE.format("Flight GB 12 34 56 A, BG123456A, grid reference TQ 12 34 56, 12345678A, CPF 111.111.111-11."),
    ],
)
def national_id(facts: SampleFacts) -> Iterator[Problem]:
    """A text holds an identity number that a state gave to a person.

    Looked for are US Social Security numbers and British National Insurance numbers by form and by the values that are
    never given out, and the Spanish, Italian, Brazilian and Chinese numbers whose check digits are right. The rejected side
    of preference data is looked at as well.

    ## Why it matters

    With such a number and a name others can open accounts and borrow money. A model repeats rare strings from its training
    data word for word.
    """
    for found in distinct(facts.sample.all_turns, national_ids):
        message = f"this looks like an identity number: {found.kind}{found.times}"
        hint = "take it out, or write a number that is never given out, such as 000-00-0000"
        yield in_turn(found.turn, message, hint, start=found.start, end=found.end)
