from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.target import TargetFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import GOOD

FOR = DATASET.replace("status: draft\n", "").replace("samples:", "targets: [{}]\nsamples:")


@rule(
    code="TGT003",
    severity="error",
    since="0.1",
    subject="target",
    completeness=True,
    aliases=["rows-below-the-minimum"],
    expected="There are as many rows to train on as the target asks for.",
    examples=[
        Example(bad={"openai.jsonl": GOOD * 9}, good={"openai.jsonl": GOOD * 10}),
        Example(bad={"trl.openai-chat.jsonl": ""}, good={"trl.openai-chat.jsonl": GOOD}),
        Example(
            bad={DATASET_PATH: FOR.format("trl, [[fireworks]]")},
            good={DATASET_PATH: FOR.format("trl, together")},
        ),
    ],
)
def too_few_examples(facts: TargetFacts) -> Iterator[Problem]:
    """A training file, or a dataset that names the target, has fewer rows than the target takes.

    Of a dataset with splits those of `train` count.

    ## Why it matters

    The job is refused, mostly after the upload. A target that takes fewer is the way out where there is nothing more to
    say: `palms targets` lists the limits.
    """
    least, found = facts.plan.limits.rows_min, facts.totals.train
    wanted = max(least.value if least else 1, 1)
    if found < wanted:
        rows = facts.rows if found != 1 else facts.rows[:-1]
        what = f"{found:,} {rows} to train on, and {facts.plan.profile.name} takes {wanted:,} at least"
        yield Problem(what, f"{wanted - found:,} more, or another target", facts.pointer)
