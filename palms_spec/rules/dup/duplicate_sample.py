from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.group import Group
from palms_spec.facts.references import Namespace
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repetition import repetition
from palms_spec.rulekit.rule import Example, rule

SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# {}\n\nThat takes a clinician to say, so please show it to one today.\n"


@rule(
    code="DUP001",
    severity="error",
    since="0.1",
    subject="group",
    namespaces=[Namespace.SAMPLE],
    aliases=["exact-duplicate"],
    expected="No sample stands twice in a dataset.",
    examples=[
        Example(
            bad={
                "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?"),
                "datasets/example/samples/spots.md": SAMPLE.format("[[Is this  rash measles?]]"),
            },
            good={
                "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?"),
                "datasets/example/samples/spots.md": SAMPLE.format("Are these spots measles?"),
            },
        ),
    ],
)
def duplicate_sample(group: Group) -> Iterator[Problem]:
    """A sample stands more than once in a dataset.

    White space and the composition of characters make no difference. Copies are reported together: at the second one,
    with the first and the others beside it.

    ## Why it matters

    A sample that is trained on twice weighs twice, and counts twice toward coverage without adding anything.
    """
    for members in group.sample_sets():
        yield repetition(members, f"the same sample stands {len(members)} times", "delete all but one")
