from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.unfilled import is_unfilled
from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

SOURCES = "  sources: [{title: Universal Declaration of Human Rights}]\n"


@rule(
    code="VAL005",
    severity="note",
    since="0.1",
    subject="spec",
    expected="A specification names what it draws on.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace(SOURCES, "").replace("governance:", "[[governance]]:")},
            good={SPEC_PATH: SPEC},
        ),
        Example(bad={SPEC_PATH: SPEC.replace(SOURCES, "  [[sources]]: []\n")}, good={SPEC_PATH: SPEC}),
        Example(bad={SPEC_PATH: SPEC.replace(SOURCES, "  [[sources]]: [{title: TBD}]\n")}, good={SPEC_PATH: SPEC}),
    ],
    near_misses=[
        {SPEC_PATH: SPEC.replace(SOURCES, "  sources: [{title: TBD}, {title: Our code of conduct}]\n")},
        {SPEC_PATH: SPEC.replace(SOURCES, "  sources: [{title: 'n/a', url: 'https://example.org/code'}]\n")},
    ],
)
def missing_source(facts: SpecFacts) -> Iterator[Problem]:
    """A specification names no source.

    Sources stand in `governance.sources`: law, treaties, guidelines, research, or the house rules that the positions follow.

    ## Why it matters

    Who disagrees with a position wants to know where it comes from. A source makes the argument one about grounds, and
    shows whose view was taken.
    """
    if facts.is_published:
        return
    sources = facts.spec.governance.sources
    if all(is_unfilled(source.title) and source.url is None for source in sources):
        message = f"{facts.spec.id} names no source"
        yield Problem(
            message, "add governance.sources: title, and url if there is one", "/governance/sources", on_key=True
        )
