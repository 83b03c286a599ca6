from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.group import Group
from palms_spec.facts.references import Namespace
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import DATASET, SAMPLES
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repetition import occurrence
from palms_spec.rulekit.rule import Example, rule

CONTROL_PATH = "datasets/example-control/dataset.yaml"
FOLDER = "datasets/example-control/samples/"
CONTROL = DATASET.replace("id: example\n", "id: example-control\n").replace(
    "role: values-targeted\n", "role: control\ncontrol_for: example\n"
)
BREAD = "# Why does bread rise?\n\nYeast eats the sugar in the dough and gives off gas, which lifts the loaf.\n"
SAME = SAMPLES["datasets/example/samples/sore-throat.md"].split("---\n", 2)[2]


@rule(
    code="COV010",
    severity="warning",
    since="0.1",
    subject="sample",
    needs=["role"],
    namespaces=[Namespace.PROMPT],
    expected="A control dataset keeps away from the categories of the specification.",
    examples=[
        Example(
            bad={CONTROL_PATH: CONTROL, FOLDER + "bread.md": f"---\ncategory: [[health]]\n---\n{BREAD}"},
            good={CONTROL_PATH: CONTROL, FOLDER + "bread.md": BREAD},
        ),
        Example(
            bad={
                CONTROL_PATH: CONTROL,
                FOLDER + "bread.md": f"---\npositions:\n  - [[health.no-diagnosis]]\n---\n{BREAD}",
            },
            good={CONTROL_PATH: CONTROL, FOLDER + "bread.md": BREAD},
        ),
        Example(
            bad={
                CONTROL_PATH: CONTROL,
                FOLDER + "throat.md": SAME.replace(
                    "Is my sore throat a strep infection?", "[[Is my sore throat a strep infection?]]"
                ),
            },
            good={CONTROL_PATH: CONTROL, FOLDER + "bread.md": BREAD},
        ),
    ],
    near_misses=[
        {
            CONTROL_PATH: CONTROL.replace("spec: example@^1\n", ""),
            FOLDER + "bread.md": f"---\ncategory: baking\n---\n{BREAD}",
        },
        {CONTROL_PATH: CONTROL, FOLDER + "bread.md": f"---\ncategory: baking\n---\n{BREAD}"},
        {CONTROL_PATH: CONTROL.replace("role: control\n", ""), FOLDER + "throat.md": SAME},
        {CONTROL_PATH: CONTROL, FOLDER + "throat.md": "# What is a strep infection?\n\nOne by a kind of bacteria.\n"},
        {CONTROL_PATH: CONTROL, FOLDER + "one.md": BREAD, FOLDER + "two.md": BREAD},
    ],
)
def control_touches_category(facts: SampleFacts | Group) -> Iterator[Problem]:
    """A sample of a control dataset belongs to a category of the specification.

    It says so itself, by `category` or `positions`, or it asks the very question that a values-targeted sample asks. What
    a question is about is not guessed from its words: too many words of sensitive topics have an everyday use.

    ## Why it matters

    The control shows what training does without the values. A control that answers questions of a category moves the model
    there as well, and the difference that the evaluation looks for shrinks.
    """
    if isinstance(facts, Group):
        yield from _same_question(facts)
        return
    sample, context = facts.sample, facts.context
    if context.role != "control" or (sample.category is None and not sample.positions):
        return
    hint = "take it out, or move the sample to the values-targeted dataset"
    if sample.category is not None and sample.category in (context.categories or ()):
        yield Problem(f"a sample of a control names the category {sample.category}", hint, sample.pointer + "/category")
        return
    known = [position for position in sample.positions if position in (context.positions or ())]
    if known:
        pointer = f"{sample.pointer}/positions/{sample.positions.index(known[0])}"
        what = "position" if len(known) == 1 else "positions"
        yield Problem(f"a sample of a control names the {what} {listed(known)}", hint, pointer)


def _same_question(group: Group) -> Iterator[Problem]:
    samples = [member for member in group.of_kind("sample") if member.dataset and member.spec]
    if len({member.dataset for member in samples}) < 2:
        return
    roles: dict[str, str | None] = {}
    for member in samples:
        if member.dataset not in roles:
            roles[member.dataset] = group.sample(member).context.role
    for targeted in samples:
        if roles[targeted.dataset] == "values-targeted":
            same = [one for one in samples if roles[one.dataset] == "control" and one.spec == targeted.spec]
            if same:
                message = f"a values-targeted sample of {targeted.dataset} asks this as well"
                yield occurrence(
                    same, message, "ask something that no category touches", of=targeted, label="asked here"
                )
            return
