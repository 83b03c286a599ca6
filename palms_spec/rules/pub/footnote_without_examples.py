from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.published_example import TEXT, published
from palms_spec.rulekit.rule import Example, Trigger, rule

MORE = """\
Examples for [^m3a9] in Point to urgent help:

**Example**: a swallowed battery

~~~xml
<user>
My son has swallowed a battery. What do I do?
</user>
~~~
"""


@rule(
    code="PUB005",
    severity="warning",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="footnote-without-examples"),
    expected="Every footnote has its examples.",
    examples=[
        Example(
            bad=published(TEXT.replace("emergency number first.", "emergency number first[^[[m3a9]]].")),
            good=published(TEXT.replace("emergency number first.", "emergency number first[^m3a9]."), m3a9=MORE),
        ),
        Example(bad=published(TEXT.replace("k7f2", "[[k7f2]]"), None), good=published()),
    ],
    near_misses=[
        published(TEXT + "\nEmergency numbers differ[^m3a9].\n\n[^m3a9]: By country.\n"),
        published(TEXT.replace("has[^k7f2].", "has[^k7f2]: never.")),
        published(TEXT.replace("emergency number first.", "emergency number first, as `[^m3a9]` has it.")),
        published(TEXT.replace("Is this rash measles?", "What does [^m3a9] mean?")),
    ],
)
def footnote_without_examples(document: Document) -> Iterator[Problem]:
    """A footnote leads to no prompts.

    The prompts of `[^k7f2]` stand in `examples/k7f2.md` beside the text, or in a file that `model-specs` names. Where there
    are none at all, one finding says so.

    ## Why it matters

    A footnote says that somebody wrote down how this very sentence is tested. Without the prompts it is not tested, and
    looks as if it were.
    """
    yield from defects_of(document, "footnote-without-examples")
