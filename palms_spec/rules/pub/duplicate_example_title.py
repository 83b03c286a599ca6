from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.published_example import PROMPTS, TEXT, published
from palms_spec.rulekit.rule import Example, Trigger, rule

AGAIN = (
    "\n" + TEXT[TEXT.index("**Example**") : TEXT.index("## Point")].replace("a rash", "another rash").rstrip() + "\n"
)


@rule(
    code="PUB010",
    severity="warning",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="duplicate-example-title"),
    expected="The title of an example tells it from the others.",
    examples=[
        Example(bad=published(prompts=PROMPTS.replace("a mole", "[[a cough]]")), good=published()),
        Example(
            bad=published(TEXT + AGAIN.replace("another rash", "[[a rash]]")),
            good=published(TEXT + AGAIN),
        ),
    ],
    near_misses=[
        published(prompts=PROMPTS.replace("a mole", "a rash")),
        published(TEXT + AGAIN.replace("**Example**: another rash\n\n", "")),
    ],
)
def duplicate_example_title(document: Document) -> Iterator[Problem]:
    """Two examples in one file have the same title.

    ## Why it matters

    Samples and prompts are named after the titles. Those of the second example get a number, which changes when another is
    put before it, and a comparison of two versions then takes one for the other.
    """
    yield from defects_of(document, "duplicate-example-title")
