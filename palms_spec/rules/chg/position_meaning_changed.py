from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG002",
    severity="error",
    since="0.1",
    subject="change",
    expected="Words that carry the meaning of a position stay, or somebody accountable says why not.",
    examples=[
        Example(
            bad={
                SPEC_PATH: SPEC.replace(
                    "An answer does not say what condition a person has; that is for a qualified clinician.",
                    "[[An answer says what condition a person has; that is for a qualified clinician.]]",
                )
            },
            good={SPEC_PATH: SPEC},
        ),
        Example(bad={SPEC_PATH: SPEC.replace("stance: neutral", "stance: [[defer]]")}, good={SPEC_PATH: SPEC}),
    ],
    near_misses=[
        {SPEC_PATH: SPEC.replace("for a qualified clinician", "for an experienced clinician")},
        {SPEC_PATH: SPEC.replace("does not say", "doesn't say")},
        {SPEC_PATH: SPEC.replace("stance: oppose", "stance: support")},
    ],
)
def position_meaning_changed(facts: ChangeFacts) -> Iterator[Problem]:
    """A negation, a modal verb, a number, an exception or a word for how far a demand reaches went or came.

    Looked at are subject and statement; a stance that changed without turning into its opposite counts as well. The words
    are English. Where the meaning is the same after all, an owner's approval may say so, and the change counts as one of
    wording.

    ## Why it matters

    Few words carry most of what a position demands. A dropped `not` is easy to overlook in a long diff, and verdicts given
    under the old wording are wrong without it.
    """
    change = facts.change
    if change.kind != "position-meaning-changed" or not (change.base and change.head):
        return
    if change.field == "stance":
        was, now = (side.text or "none" for side in (change.base, change.head))
        yield Problem(f"the stance of {change.item} went from {was} to {now}")
        return
    gone, come = (", ".join(f"“{word}”" for word in words) for words in (change.dropped, change.added))
    told = f"{gone} gave way to {come}" if gone and come else f"{gone} went" if gone else f"{come} came"
    yield Problem(f"in the {change.field} of {change.item} {told}")
