from __future__ import annotations

from collections.abc import Iterator

from palms_spec.errors import UsageError
from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

FOR = DATASET.replace("samples:", "targets: [{}]\nsamples:")


@rule(
    code="TGT001",
    severity="error",
    since="0.1",
    subject="dataset",
    expected="A dataset names targets that there are, with methods and shapes that they have.",
    examples=[
        Example(bad={DATASET_PATH: FOR.format("trl, [[togther]]")}, good={DATASET_PATH: FOR.format("trl, together")}),
        Example(
            bad={DATASET_PATH: FOR.format("{target: mistral, method: [[dpo]]}")},
            good={DATASET_PATH: FOR.format("{target: mistral, method: sft}")},
        ),
        Example(
            bad={DATASET_PATH: FOR.format("{target: trl, shape: [[alpaca]]}")},
            good={DATASET_PATH: FOR.format("{target: trl, shape: prompt-completion}")},
        ),
    ],
)
def unknown_target(facts: DatasetFacts) -> Iterator[Problem]:
    """A dataset names a target that palms does not know, or a method or a line shape that the target does not have.

    `palms targets` lists the targets, `palms targets NAME` what one of them takes.

    ## Why it matters

    Nothing can be checked or compiled for it.
    """
    if not facts.dataset.targets:
        return
    from palms_spec.targets.choice import plan_of, pointer_to_unknown  # most datasets name no target

    for number, choice in enumerate(facts.dataset.targets):
        try:
            plan_of(choice)
        except UsageError as error:
            yield Problem(error.message, error.hint, pointer_to_unknown(choice, number))
