from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.suppression import SuppressionFacts, is_day
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, Trigger, rule

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n"
ANSWER = "# What does a transcript of a call look like?\n\nEach line begins with who speaks.\n\nHuman: good morning\n"
CLEAN = (
    "# What does a transcript of a call look like?\n\nEach line begins with who speaks, and then says what was said.\n"
)


@rule(
    code="SUP004",
    severity="warning",
    since="0.1",
    subject="suppression",
    trigger=Trigger(defect="expired-suppression"),
    expected="The day up to which a suppression holds lies ahead.",
    examples=[
        Example(
            bad=f"{FRONT}[[# palms: ignore[role-marker] rewritten in spring until=2024-03-01]]\n---\n{ANSWER}",
            good=f"{FRONT}---\n{CLEAN}",
        ),
        Example(
            bad=f"{FRONT}[[# palms: ignore[role-marker] rewritten in spring until=spring]]\n---\n{ANSWER}",
            good=f"{FRONT}# palms: ignore[role-marker] rewritten in spring until=9999-03-01\n---\n{ANSWER}",
        ),
    ],
    near_misses=[
        f"{FRONT}# palms: ignore[role-marker] until the transcript is rewritten\n---\n{ANSWER}",
    ],
)
def expired_suppression(facts: SuppressionFacts) -> Iterator[Problem]:
    """The day of a suppression has come, or is none.

    From the day given as `until` on, a suppression covers nothing any more, and what it covered is reported again. The day is that
    of the clock, in UTC, or of `--today`.

    ## Why it matters

    A day was set because something was to be done by then.
    """
    if "expired-suppression" not in facts.defects:
        return
    until = facts.suppression.until
    if is_day(until):
        message = f"it held until {until}"
        yield Problem(message, "mend what it covers, or set another day if that was decided")
    else:
        yield Problem(f"until is {until}, which is no day", "write the day as 2027-01-31")
