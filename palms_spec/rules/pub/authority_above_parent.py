from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.published_example import TEXT, published
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import active_positions, position_pointer

PARTS = (
    TEXT
    + """
### By phone {#phone authority=guideline}

The number stands on a line of its own.
"""
)


@rule(
    code="PUB004",
    severity="warning",
    since="0.1",
    subject="spec",
    expected="No part of a section has more authority than the section.",
    examples=[
        Example(
            bad=published(PARTS.replace("authority=guideline", "authority=[[root]]")),
            good=published(PARTS),
        ),
        Example(
            bad=published(
                PARTS.replace("#health}", "#health authority=user}").replace("authority=root", "authority=[[root]]")
            ),
            good=published(PARTS.replace("#health}", "#health authority=root}")),
        ),
    ],
    near_misses=[
        published(PARTS.replace("authority=guideline", "authority=user")),
        published(PARTS.replace("#urgent_help authority=user", "#urgent_help").replace("guideline", "root")),
        published(PARTS.replace("authority=user", "authority=operator")),
    ],
)
def authority_above_parent(facts: SpecFacts) -> Iterator[Problem]:
    """A section has more authority than the one that it is a part of.

    The order of the levels is that of `authority_levels` in the front matter, or root, platform, system, developer, user,
    guideline, from the highest to the lowest. A section that states none counts as what is around it.

    ## Why it matters

    A reader who may set the whole section aside would not be allowed to do so with its part. Mostly a section was moved,
    and its authority not looked at again.
    """
    rank = {level: number for number, level in enumerate(facts.spec.authority_levels)}
    places = {position.id: (category, position) for category, position in active_positions(facts.spec)}
    for category, position in active_positions(facts.spec):
        around, seen = position.within, {position.id}
        while around in places and places[around][1].authority is None and around not in seen:
            seen.add(around)
            around = places[around][1].within
        if around not in places:
            continue
        above, parent = places[around]
        if (
            position.authority in rank
            and parent.authority in rank
            and rank[position.authority] < rank[parent.authority]
        ):
            message = (
                f"{position.id} has the authority {position.authority}, and {parent.id} around it {parent.authority}"
            )
            place = Elsewhere("is around it", path=facts.path, pointer=position_pointer(above, parent) + "/authority")
            hint = "move it, or bring the two into line"
            yield Problem(message, hint, position_pointer(category, position) + "/authority", related=(place,))
