from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.published_example import PROMPTS, TEXT, published
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="PUB006",
    severity="warning",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="examples-without-footnote"),
    expected="A footnote leads to every file of examples.",
    examples=[
        Example(
            bad=published(m3a9=PROMPTS.replace("k7f2", "[[m3a9]]")),
            good=published(
                TEXT.replace("emergency number first.", "emergency number first[^m3a9]."),
                m3a9=PROMPTS.replace("k7f2", "m3a9"),
            ),
        ),
        Example(bad=published(TEXT.replace("[^k7f2]", ""), PROMPTS.replace("k7f2", "[[k7f2]]")), good=published()),
    ],
    near_misses=[
        published(),
        published(README="Prompts, one file for each footnote.\n"),
    ],
)
def examples_without_footnote(document: Document) -> Iterator[Problem]:
    """A file of examples belongs to no footnote of a published text.

    Its first line says whose they are: `Examples for [^k7f2] in ...`; without it the name of the file does.

    ## Why it matters

    Nobody knows which sentence these prompts test. They count for no position, and are easily forgotten when the text
    changes.
    """
    yield from defects_of(document, "examples-without-footnote")
