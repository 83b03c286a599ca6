from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from palms_spec.analysis.direction import FROM_RIGHT, OVERRIDES, straightened, turned_places
from palms_spec.documents.sample import Turn
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.repair import Repair, rewrite_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

SHOWN = 60
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"


@rule(
    code="TXT003",
    severity="error",
    since="0.1",
    subject="sample",
    texts=True,
    trigger=Trigger(characters=OVERRIDES | FROM_RIGHT),
    expected="A text is stored in the order in which it is shown.",
    examples=[
        Example(
            bad=SAMPLE + "A clinician looks at [[\u202e]]yadot ti\u202c.\n",
            good=SAMPLE + "A clinician looks at it today.\n",
            fix="unsafe",
        ),
        Example(
            bad=SAMPLE + "The dose is [[\u2067]]20 mg + 5 mg\u2069.\n",
            good=SAMPLE + "The dose is 20 mg + 5 mg.\n",
            fix="unsafe",
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("An answer takes no side", "An answer takes [[\u202e]]on\u202c side")},
            good={SPEC_PATH: SPEC},
            fix="unsafe",
        ),
    ],
    near_misses=[
        SAMPLE + "The Hebrew for peace is \u2067שלום\u2069, the Arabic \u202bسلام\u202c.\n",
        SAMPLE + "بعض\u200fالنص مع \u2066English\u2069 و\u202aabc\u202c.\n",
        SAMPLE + "Letters from left to right only, with \u2068marks\u2069 that \u202achange\u202c nothing.\n",
    ],
)
def bidirectional_override(facts: SampleFacts) -> Iterator[Problem]:
    """A text holds a mark that shows its characters in another order than they are stored in.

    The marks for embedded and isolated text from right to left are found only where no letter of such a script stands:
    Arabic, Hebrew and the others need them. The texts of specifications, prompt sets and datasets are looked at
    as well.

    ## Why it matters

    A reviewer reads one text and the model learns another. This has been used to hide instructions and code.

    ## Fix safety

    A fix takes the marks out, and writes what an override shows backwards in the order in which it is shown. It is unsafe:
    only you know which of the two orders was meant. Marks within marks and text with letters that run from right to left
    are left to you.
    """
    for turn in facts.sample.all_turns:
        places = [] if turn.content.isascii() else turned_places(turn.content)
        if places:
            start, end = places[0]
            mark = turn.content[start]
            more = f" ({len(places)} such places)" if len(places) > 1 else ""
            name = f"{unicodedata.name(mark).lower()} (U+{ord(mark):04X})"
            message = f"{name} in the text of the {turn.role}{more}"
            hint = "take it out, and write the text in the order in which it is read"
            yield in_turn(turn, message, hint, start=start, end=end, repair=_repair(turn))


def _repair(turn: Turn) -> Repair | None:
    changes = straightened(turn.content)
    if not changes:
        return None
    written = " … ".join(new for _, _, new in changes if new)
    message = f"write “{written[:SHOWN]}{'…' if len(written) > SHOWN else ''}”" if written else "take the marks out"
    return Repair(message, "unsafe", rewrite_turn(turn, changes))
