from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.published_example import TEXT, published
from palms_spec.rulekit.rule import Example, Trigger, rule

URGENT = "## Point to urgent help {#urgent_help authority=user}"


@rule(
    code="PUB002",
    severity="warning",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="section-without-id"),
    expected="Every section has an id that stays when its heading is reworded.",
    examples=[
        Example(
            bad=published(
                TEXT.replace("Do not diagnose {#no_diagnosis authority=root}", "[[Do not diagnose]] {authority=root}")
            ),
            good=published(),
        ),
        Example(
            bad=published(TEXT.replace(URGENT, "[[Point to urgent help]] {authority=user}\n---")),
            good=published(TEXT.replace(URGENT, "Point to urgent help {#urgent_help authority=user}\n---")),
        ),
    ],
    near_misses=[
        published(TEXT.replace("Is this rash measles?", "# Is this rash measles?")),
        published("# What we ask of the assistant\n\n" + TEXT.replace("##", "###").replace("# Health", "## Health")),
        published(TEXT.replace("# Health {#health}", "# Health {: #health }")),
        published(TEXT.replace("{#urgent_help authority=user}", "{authority=user #urgent_help}")),
    ],
)
def section_without_id(document: Document) -> Iterator[Problem]:
    """A heading states no id.

    The id stands in braces behind the heading: `## Do not lie {#do_not_lie authority=user}`. A section without one gets an
    id that is made of its heading. The title of the whole text, a first heading that is alone of its rank, needs none.

    ## Why it matters

    Links, labels, samples and reviews name sections by their ids. An id that is made of the heading changes with it, and
    what named the old one leads nowhere.
    """
    yield from defects_of(document, "section-without-id")
