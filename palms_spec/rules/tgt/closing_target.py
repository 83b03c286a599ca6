from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

FOR = DATASET.replace("samples:", "targets: [{}]\nsamples:")


@rule(
    code="TGT002",
    severity="warning",
    since="0.1",
    subject="dataset",
    expected="The targets of a dataset will still take jobs.",
    examples=[
        Example(
            bad={DATASET_PATH: FOR.format("together, [[openai]]")},
            good={DATASET_PATH: FOR.format("together, fireworks")},
        )
    ],
)
def closing_target(facts: DatasetFacts) -> Iterator[Problem]:
    """A dataset names a target that is closing, or has closed.

    The message names the day that comes next. Days are judged by `--today`, and by the clock without it.

    ## Why it matters

    A provider that stops taking jobs mostly still takes the file, and refuses the job afterwards. `palms compile`
    writes the same dataset for a target that goes on, without a change to a sample; `palms targets` lists them.
    """
    if not facts.dataset.targets:
        return
    from palms_spec.targets.choice import known_plans, pointer_to  # most datasets name no target
    from palms_spec.targets.state import state_of

    for number, plan in known_plans(facts.dataset.targets):
        state = state_of(plan.profile, date.fromisoformat(facts.today))
        if state.word in ("closing", "closed"):
            following = f"; on {state.next.on}: {state.next.what}" if state.next else ""
            pointer = pointer_to(facts.dataset.targets[number], number)
            yield Problem(
                f"{plan.profile.name} is {state.word}: {state.summary}{following}",
                "name a target that goes on; `palms targets` lists them",
                pointer,
            )
