from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.published_example import TEXT, published
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="PUB001",
    severity="error",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="dangling-reference"),
    expected="What a section points to is there.",
    examples=[
        Example(bad=published(TEXT.replace("[?](#urgent_help)", "[?](#[[urgent-help]])")), good=published()),
        Example(
            bad=published(TEXT.replace("BAD:", "BAD[#[[honesty]]]:")),
            good=published(TEXT.replace("BAD:", "BAD[#no_diagnosis]:")),
        ),
        Example(
            bad=published(TEXT.replace("**: a rash", "**: a rash, against [the rule](#[[diagnosis]])")),
            good=published(TEXT.replace("**: a rash", "**: a rash, against [the rule](#no_diagnosis)")),
        ),
    ],
    near_misses=[
        published(TEXT.replace("[?](#urgent_help)", "`[?](#nowhere)`")),
        published(TEXT.replace("Is this rash measles?", "What does [this link](#nowhere) lead to?")),
        published(
            TEXT.replace("# Health {#health}", '<a id="urgent"></a>\n\n# Health {#health}').replace(
                "#urgent_help)", "#urgent)"
            )
        ),
        published(TEXT.replace("[?](#urgent_help)", "[the law](https://example.org/law#urgent)")),
    ],
)
def dangling_reference(document: Document) -> Iterator[Problem]:
    """A link, or the label of a bad answer, points to a section that does not exist.

    Links are `[text](#id)`, labels `BAD[#id]`. They may lead to a section, to a block with `{#id}`, or to an `id` in HTML.

    ## Why it matters

    Sections rest on each other: where a link leads nowhere, a reader does not learn which one counts here. A label that
    blames a section that is not there says that an answer is bad and not why.
    """
    yield from defects_of(document, "dangling-reference")
