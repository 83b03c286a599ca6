from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.published_example import TEXT, published
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="PUB008",
    severity="warning",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="comparison-without-good-side"),
    expected="A comparison shows an answer to learn from.",
    examples=[
        Example(
            bad=published(TEXT.replace("<comparison>", "[[<comparison>]]").replace("GOOD", "BAD: long")),
            good=published(),
        ),
    ],
    near_misses=[
        published(TEXT.replace("GOOD", "OK")),
        published(TEXT.replace("GOOD", "GOOD, if it is short")),
    ],
)
def comparison_without_good_side(document: Document) -> Iterator[Problem]:
    """A comparison shows no answer that is labelled `GOOD` or `OK`.

    ## Why it matters

    There is nothing in it to learn: it gives no sample, and stays text of its section.
    """
    yield from defects_of(document, "comparison-without-good-side")
