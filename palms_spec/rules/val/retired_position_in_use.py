from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

POLITICAL = "datasets/example/samples/two-ballots.md"
OLD = (
    "      - id: political.no-parties\n        subject: parties\n        stance: neutral\n"
    "        statement: An answer does not speak of parties where it can speak of programs.\n        status: retired\n"
)
BOTH = SAMPLES[POLITICAL].replace(
    "[political.nonpartisan]", "\n  - political.nonpartisan\n  - [[political.no-parties]]"
)


@rule(
    code="VAL012",
    severity="warning",
    since="0.1",
    subject="sample",
    needs=["retired"],
    expected="Samples name positions that are in force.",
    examples=[
        Example(bad={SPEC_PATH: SPEC + OLD, POLITICAL: BOTH}, good={SPEC_PATH: SPEC + OLD}),
        Example(
            bad={SPEC_PATH: SPEC + OLD, POLITICAL: BOTH.replace("  - political.nonpartisan\n", "")},
            good={SPEC_PATH: SPEC + OLD},
        ),
    ],
    near_misses=[
        {
            SPEC_PATH: SPEC + OLD.replace("        status: retired\n", ""),
            POLITICAL: BOTH.replace("[[", "").replace("]]", ""),
        },
    ],
)
def retired_position_in_use(facts: SampleFacts) -> Iterator[Problem]:
    """A sample names a position that is retired.

    ## Why it matters

    A retired position no longer binds an answer. A sample that was written for it goes on training what was given up, and
    counts for no position that is in force.
    """
    retired = facts.context.retired
    if not retired:
        return
    for index, position in enumerate(facts.sample.positions):
        if position in retired:
            message = f"{position} is retired"
            hint = "name the position that took its place, or drop the sample"
            yield Problem(message, hint, f"{facts.sample.pointer}/positions/{index}")
