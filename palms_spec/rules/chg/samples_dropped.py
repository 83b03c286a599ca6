from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.telling import counted, names
from palms_spec.rulekit.examples import SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

OLD, NEW = "datasets/example/samples/sore-throat.md", "datasets/example/samples/stiff-neck.md"


@rule(
    code="CHG017",
    severity="warning",
    since="0.1",
    subject="comparison",
    expected="No sample disappears unnoticed.",
    examples=[Example(bad={OLD: None}, good={SPEC_PATH: SPEC})],
    near_misses=[{NEW: SAMPLES[OLD], OLD: None}],
)
def samples_dropped(facts: ComparisonFacts) -> Iterator[Problem]:
    """A dataset lost samples that it had.

    Its mirror is `samples-added`. A sample that only has another id is neither.

    ## Why it matters

    What they showed is no longer trained on, and positions may be left without samples.
    """
    dropped = facts.wanting("sample-dropped")
    if dropped:
        yield Problem(f"{facts.name} lost {counted(len(dropped), 'sample')}: {names(dropped)}", "", "/samples")
