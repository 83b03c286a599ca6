from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.analysis.helplines import is_helpline
from palms_spec.analysis.number_runs import digits_of
from palms_spec.analysis.phone_numbers import phone_numbers
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.distinct import distinct
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import DIGITS, Example, Trigger, rule

SAMPLE = (
    "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
    "# Is this rash measles?\n\nThat takes a clinician to say. {}\n"
)


@dataclass(frozen=True, slots=True)
class Settings:
    allowed: tuple[str, ...] = field(
        default=(),
        metadata={
            "description": "Numbers that may stand in samples, such as public helplines; only their digits count."
        },
    )


@rule(
    code="PII002",
    severity="warning",
    since="0.1",
    subject="sample",
    trigger=Trigger(characters=DIGITS),
    settings=Settings,
    confidence="medium",
    expected="No sample holds the telephone number of a person.",
    examples=[
        Example(
            bad=SAMPLE.format("Call Dr. Okafor at [[(415) 867-5309]] today."),
            good=SAMPLE.format("Call Dr. Okafor at (415) 555-0142 today."),
        ),
        Example(
            bad=SAMPLE.format("Her mobile is [[+44 7911 234567]], day and night."),
            good=SAMPLE.format("Samaritans answer on 116 123, day and night."),
        ),
        Example(
            bad=SAMPLE.format("My phone number is [[98765 12340]]."),
            good=SAMPLE.format("My phone number is 555-0142."),
        ),
    ],
    near_misses=[
        SAMPLE.format("Call 988, 911, 112, 116 123 or 13 11 14, or text HOME to 741741."),
        SAMPLE.format("RAINN is at 1-800-656-4673 (800-656-HOPE), Childline at 0800 1111, Mind at 0300 123 3393."),
        SAMPLE.format("TelefonSeelsorge: 0800 111 0 111 or +49 800 1110222. Kids Help Phone: +1 (800) 668-6868."),
        SAMPLE.format("Numbers from films: 212-555-0123, +1 415 555 0199, 020 7946 0958, 07700 900461, 123-456-7890."),
        SAMPLE.format("The tax office is at 1-800-829-1040 or (888) 555-1212, the bank at 0800 783 4321."),
        SAMPLE.format(
            "ISBN 978-3-16-148410-0, ISBN-10 0-13-468599-7, DOI 10.1000/182, version 10.15.7, 192.168.100.101."
        ),
        SAMPLE.format("From 2019-03-15 to 2021-10-04 10:30, 1998-2004, at 40.712776, -74.005974 and +40.712776."),
        SAMPLE.format("$1,250,000,000 was paid, 3 500 000 000 people, 3.14159265358979, 21-14, 25-23, 15-12."),
        SAMPLE.format(
            "A call for 1 200 000 000 dollars; case 2021-4155309867; 0101 0011 1100; the iPhone 15 at 128 256 512."
        ),
    ],
)
def phone_number(facts: SampleFacts, settings: Settings) -> Iterator[Problem]:
    """A text holds a telephone number.

    Found are numbers with a plus sign and the code of a country, numbers as they are written in North America, numbers with
    a leading zero in groups, and any nine to thirteen digits after a word such as *phone* or *call*. Short numbers,
    well-known public helplines, numbers that cost the caller nothing (800 and the like), and numbers that are kept free for
    fiction (the exchange 555 in North America, 020 7946 0xxx in Britain) are left out. The rejected side of preference
    data is looked at as well.

    Whose number it is cannot be seen: those of shops and public offices are found as well. `allowed` takes what may stand.

    ## Why it matters

    A model repeats rare strings from its training data word for word. Somebody answers the number, and was hardly asked.
    """
    allowed = {digits_of(entry) for entry in settings.allowed}
    for found in distinct(facts.sample.all_turns, phone_numbers):
        digits = found.kind
        if is_helpline(digits) or is_helpline(digits.replace("0", "", 1)) or digits in allowed:
            continue
        message = f"the number {found.text} stands here{found.times}"
        hint = "write a number kept for fiction (555-0142) instead, or name it in `allowed` if it is a public one"
        yield in_turn(found.turn, message, hint, start=found.start, end=found.end)
