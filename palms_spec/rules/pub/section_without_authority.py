from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.published_example import TEXT, published
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import active_positions, position_pointer


@rule(
    code="PUB003",
    severity="warning",
    since="0.1",
    subject="spec",
    expected="A section that makes demands says with which authority.",
    examples=[
        Example(bad=published(TEXT.replace("#urgent_help authority=user", "#[[urgent_help]]")), good=published()),
        Example(
            bad=published(TEXT.replace("#urgent_help authority=user", "#[[urgent_help]] authority=''")),
            good=published(),
        ),
    ],
    near_misses=[
        published(TEXT + "\n# About this text {#about}\n\nWho wrote it, and why.\n"),
        published(TEXT.replace("{#health}", "{#health authority=root}").replace(" authority=user", "")),
        published(TEXT.replace(" authority=user", "").replace(" authority=root", "")),
        published(TEXT.replace("authority=user}", "authority=user}\n\n### By phone {#phone}")),
    ],
)
def section_without_authority(facts: SpecFacts) -> Iterator[Problem]:
    """A section has no authority, and none of those around it has one.

    Looked at are sections without parts of their own, in chapters in which others state their authority. A section that
    only introduces its parts needs none, and a chapter in which nothing has any is taken for an explanation. The positions
    of a YAML specification with `authority_levels` are looked at likewise.

    ## Why it matters

    The authority says who may set a demand aside. Where it is missing, a reader takes it for a hard rule or for a
    suggestion, and a model for whatever it saw more of.
    """
    if not facts.spec.authority_levels:
        return
    positions = {position.id: position for _, position in active_positions(facts.spec)}
    gathering = {position.within for position in positions.values()}
    ranked = {category.id for category, position in active_positions(facts.spec) if position.authority}
    for category, position in active_positions(facts.spec):
        if category.id not in ranked or position.id in gathering:
            continue
        around, seen = position, set[str]()
        while around.authority is None and around.within in positions and around.id not in seen:
            seen.add(around.id)
            around = positions[around.within]
        if around.authority is None:
            message = f"{position.id} has no authority, and others in {category.id} have one"
            levels = ", ".join(facts.spec.authority_levels)
            yield Problem(message, f"add one of {levels}", position_pointer(category, position) + "/id")
