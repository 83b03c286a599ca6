from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.dataset import DatasetFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule


@rule(
    code="COV004",
    severity="error",
    since="0.1",
    subject="dataset",
    completeness=True,
    expected="A dataset holds as many samples as its coverage declares.",
    examples=[
        Example(
            bad={
                "datasets/example/dataset.yaml": "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples/**/*.md]\ncoverage:\n  samples: [[3]]\n"
            },
            good={
                "datasets/example/dataset.yaml": "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples/**/*.md]\ncoverage:\n  samples: 2\n"
            },
        ),
    ],
)
def dataset_size(facts: DatasetFacts) -> Iterator[Problem]:
    """A dataset holds another number of samples than it declares.

    ## Why it matters

    The size of a values-targeted dataset is part of its design: 80 samples in the process this project follows. A sample
    that was lost in a merge, or added without thought for the balance, shows here first.
    """
    wanted, found = facts.dataset.coverage.samples, facts.totals.samples
    if wanted is not None and found != wanted:
        difference = f"{wanted - found} more to write" if found < wanted else f"{found - wanted} more than declared"
        message = f"{found} samples, declared are {wanted}: {difference}"
        yield Problem(message, pointer="/coverage/samples", causes=facts.causes)
