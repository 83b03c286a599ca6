from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.versioning import STEPS, next_version
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="CHG020",
    severity="error",
    since="0.1",
    subject="comparison",
    expected="The version says how large the changes are.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace("stance: oppose", "stance: support").replace("1.0.0", "[[1.1.0]]")},
            good={SPEC_PATH: SPEC},
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("title: Example", "title: Examples").replace("1.0.0", "[[1.0.0]]")},
            good={SPEC_PATH: SPEC},
        ),
    ],
    near_misses=[
        {SPEC_PATH: SPEC.replace("title: Example", "title: Examples").replace("1.0.0", "1.0.1")},
        {SPEC_PATH: SPEC.replace("stance: oppose", "stance: support").replace("1.0.0", "2.0.0")},
        {SPEC_PATH: "# a comment\n" + SPEC},
    ],
)
def version_not_bumped(facts: ComparisonFacts) -> Iterator[Problem]:
    """The version of a specification does not take the step that its changes ask for.

    A major step where a position was reversed, removed, renamed or retired or its meaning changed, or a category removed or
    renamed; a minor one where something was added or reworded, or authority, weight, context or language changed; a patch for
    rationale, sources and names. Changes of meaning that an owner's approval calls editorial count as reworded.

    ## Why it matters

    Datasets, prompt sets and results name the version that they follow. A version that stands still lets them follow two texts.
    """
    if facts.kind == "spec" and STEPS.index(facts.made) < STEPS.index(facts.needed):
        was, now = facts.versions
        told = f"{now} is the version that it was" if was == now else f"{was} to {now} is no {facts.needed} step"
        wanted = next_version(was, facts.needed)
        yield Problem(f"{told}, and the changes ask for a {facts.needed} one", f"make it {wanted}", "/version")
