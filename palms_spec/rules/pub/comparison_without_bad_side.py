from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.published_example import TEXT, published
from palms_spec.rulekit.rule import Example, Trigger, rule

BAD = "<assistant> <!-- BAD: names a condition -->\nYes, that is measles.\n</assistant>\n"


@rule(
    code="PUB007",
    severity="note",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="comparison-without-bad-side"),
    expected="A comparison shows what is bad as well.",
    examples=[
        Example(
            bad=published(TEXT.replace("<comparison>", "[[<comparison>]]").replace(BAD, "")),
            good=published(),
        ),
        Example(
            bad=published(TEXT.replace("<comparison>", "[[<comparison>]]").replace("BAD: names", "OK: names")),
            good=published(),
        ),
    ],
    near_misses=[
        published(TEXT.replace("<comparison>\n", "").replace("</comparison>\n", "")),
        published(TEXT.replace("<!-- BAD: names a condition -->", "<!-- BAD[#no_diagnosis] -->")),
    ],
)
def comparison_without_bad_side(document: Document) -> Iterator[Problem]:
    """A comparison shows no answer that is labelled `BAD`.

    ## Why it matters

    A good answer alone shows one of many, and not where the line is. It gives a sample, but no preference between two, and
    judges cannot be tried on it.
    """
    yield from defects_of(document, "comparison-without-bad-side")
