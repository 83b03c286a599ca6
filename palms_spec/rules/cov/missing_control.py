from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule

CONTROL_PATH = "datasets/example-control/dataset.yaml"
CONTROL = DATASET.replace("id: example\n", "id: example-control\n").replace(
    "role: values-targeted\n", "role: control\ncontrol_for: example\n"
)


@rule(
    code="COV007",
    severity="error",
    since="0.1",
    subject="dataset",
    completeness=True,
    expected="A values-targeted dataset has a control dataset.",
    examples=[
        Example(
            bad={DATASET_PATH: DATASET.replace("values-targeted", "[[values-targeted]]")},
            good={CONTROL_PATH: CONTROL},
        ),
        Example(
            bad={
                DATASET_PATH: DATASET.replace("values-targeted", "[[values-targeted]]"),
                CONTROL_PATH: CONTROL.replace("role: control\n", ""),
            },
            good={CONTROL_PATH: CONTROL},
        ),
    ],
    near_misses=[{DATASET_PATH: DATASET.replace("role: values-targeted\n", "")}],
)
def missing_control(facts: DatasetFacts) -> Iterator[Problem]:
    """No dataset says that it is the control of a values-targeted dataset.

    A control has `role: control` and names the other dataset in `control_for`. It holds as many answers in the same style,
    on topics that the values do not touch.

    ## Why it matters

    Training on any well-written text changes a model. Only beside a model that was trained on a control can an evaluation
    tell what the values did from what the writing did.
    """
    if facts.dataset.role != "values-targeted" or any(one.dataset.role == "control" for one in facts.controls):
        return
    message, hint = f"no dataset is the control for {facts.dataset.id}", "add one with role: control and control_for"
    if facts.controls:
        message = f"{facts.controls[0].dataset.id} names it in control_for, and has no role: control"
        hint = f"write role: control in {facts.controls[0].path}"
    related = tuple(Elsewhere("named here", path=one.path, pointer="/control_for") for one in facts.controls[:1])
    yield Problem(message, hint, "/role", related=related, causes=tuple(one.path for one in facts.controls))
