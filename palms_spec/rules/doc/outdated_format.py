from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC009",
    severity="error",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="outdated-format"),
    expected="A document is written in a format that this palms reads.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace("palms: 1", "palms: [[2]]")},
            good={},
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("palms: 1", "palms: [['1']]")},
            good={},
        ),
    ],
    near_misses=[
        {"other.yaml": "palms are trees: 2\n"},
        {"other.yaml": "name: palms\nversion: 2\n"},
    ],
)
def outdated_format(document: Document) -> Iterator[Problem]:
    """A document is written in another version of the format, or does not say in which.

    ## Why it matters

    What fields mean can change from one version of the format to the next. Nothing in the document is read before that
    is clear, rather than read wrongly.
    """
    yield from defects_of(document, "outdated-format")
