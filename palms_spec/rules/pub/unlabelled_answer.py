from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.published_example import TEXT, published
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="PUB009",
    severity="warning",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="unlabelled-answer"),
    expected="Every answer of a comparison says whether it is good.",
    examples=[
        Example(bad=published(TEXT.replace("<assistant> <!-- GOOD -->", "[[<assistant]]>")), good=published()),
        Example(
            bad=published(TEXT.replace("<assistant> <!-- GOOD -->", "[[<assistant]]> <!-- better -->")),
            good=published(TEXT.replace("<!-- GOOD -->", "<!-- GOOD: better -->")),
        ),
    ],
    near_misses=[
        published(TEXT.replace("<!-- GOOD -->", "<!--GOOD-->")),
        published(
            TEXT.replace("</user>\n", "</user>\n<assistant>\nWhere is it?\n</assistant>\n<user>\nOn my arm.\n</user>\n")
        ),
    ],
)
def unlabelled_answer(document: Document) -> Iterator[Problem]:
    """An answer in a comparison has no label.

    A label is a comment behind the tag: `<!-- GOOD -->`, `<!-- OK -->` or `<!-- BAD -->`, with a remark behind a colon, and
    `BAD[#id]` where it breaks another section.

    ## Why it matters

    It can be neither learned from nor held against the others: it gives no sample, and its example stays text of its
    section.
    """
    yield from defects_of(document, "unlabelled-answer")
