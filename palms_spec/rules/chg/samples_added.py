from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.telling import counted, names
from palms_spec.rulekit.examples import SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

OLD, NEW = "datasets/example/samples/sore-throat.md", "datasets/example/samples/stiff-neck.md"


@rule(
    code="CHG016",
    severity="note",
    since="0.1",
    subject="comparison",
    expected="It is said how many samples are new.",
    examples=[Example(bad={NEW: SAMPLES[OLD].replace("sore throat", "stiff neck")}, good={SPEC_PATH: SPEC})],
    near_misses=[{NEW: SAMPLES[OLD], OLD: None}],
)
def samples_added(facts: ComparisonFacts) -> Iterator[Problem]:
    """A dataset has samples that it did not have.

    Its mirror is `samples-dropped`. A sample that only has another id is neither.

    ## Why it matters

    New samples have been read by nobody but their authors.
    """
    added = facts.wanting("sample-added")
    if added:
        yield Problem(
            f"{counted(len(added), 'sample')} of {facts.name}: {names(added)}", "have them reviewed", "/samples"
        )
