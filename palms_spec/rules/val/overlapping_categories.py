from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from palms_spec.analysis.likeness import jaccard, shingles
from palms_spec.analysis.words import folded_words
from palms_spec.documents.spec import Category, Position
from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import active_positions, category_pointer, position_pointer

CONNECTIVES = frozenset(("and", "or", "of", "the", "a", "an", "in"))
CARE = """\
  - id: {id}
    name: {name}
    positions:
      - id: {id}.one
        subject: {subject}
        stance: {stance}
        statement: {statement}
"""
OTHER = {
    "id": "care",
    "name": "Care",
    "subject": "care for a relative",
    "stance": "support",
    "statement": "An answer helps those who look after a relative to find help for themselves.",
}


def _with(**values: str) -> dict[str, str]:
    return {SPEC_PATH: SPEC + CARE.format(**{**OTHER, **values})}


@dataclass(frozen=True, slots=True)
class OverlappingCategoriesSettings:
    """When two statements are one."""

    likeness: float = field(
        default=0.7,
        metadata={
            "minimum": 0,
            "maximum": 1,
            "description": "Share of their three-word runs that two statements have in common, 0 to 1.",
        },
    )


@rule(
    code="VAL007",
    severity="warning",
    since="0.1",
    subject="spec",
    settings=OverlappingCategoriesSettings,
    expected="Every question belongs to one category.",
    examples=[
        Example(bad=_with(name="[[The health]]"), good=_with()),
        Example(
            bad=_with(
                statement="[[An answer does not say what condition a person has; that is for a qualified doctor.]]"
            ),
            good=_with(),
        ),
        Example(
            bad=_with(subject="[[Diagnosing a person's condition]]", stance="support"),
            good=_with(subject="diagnosing a car's condition", stance="support"),
        ),
    ],
    near_misses=[
        _with(name="Health Care"),
        _with(subject="diagnosing a person's condition", stance="oppose"),
        _with(statement="An answer does not say what condition a house has; that is for a surveyor to find out there."),
        {
            SPEC_PATH: SPEC
            + CARE.format(
                **{
                    **OTHER,
                    "statement": "An answer does not say what condition a person has; that is for a qualified clinician.",
                }
            )
            + "        status: retired\n"
        },
    ],
)
def overlapping_categories(facts: SpecFacts, settings: OverlappingCategoriesSettings) -> Iterator[Problem]:
    """Two categories cover the same.

    They have the same name (but for the order of words), hold nearly the same statement, or one supports and the other
    opposes the very same subject. Positions of one category are not compared with each other.

    ## Why it matters

    A sample belongs to one category. Where two fit, writers and raters choose differently, coverage is counted twice or not
    at all, and one wording is changed without the other.
    """
    categories = [category for category in facts.spec.categories if category.positions]
    for first, second in combinations(categories, 2):
        if _name(first) and _name(first) == _name(second):
            message = f"{second.id} is named like {first.id}"
            place = Elsewhere("named the same", path=facts.path, pointer=category_pointer(first) + "/name")
            hint = "join the two, or say in the names what sets them apart"
            yield Problem(message, hint, category_pointer(second) + "/name", related=(place,))
    pairs = [
        (category, position, frozenset(shingles(folded_words(position.statement))))
        for category, position in active_positions(facts.spec)
    ]
    for (ours, one, one_pieces), (theirs, other, other_pieces) in combinations(pairs, 2):
        if ours is theirs:
            continue
        likeness = jaccard(one_pieces, other_pieces)
        if likeness >= settings.likeness:
            part, label = "/statement", "nearly the same statement"
            message = f"{other.id} says nearly what {one.id} says ({likeness:.0%} of three-word runs)"
        elif {one.stance, other.stance} == {"support", "oppose"} and _same_subject(one, other):
            part, label = "/subject", "the same subject"
            message = (
                f"{other.id} takes the stance {other.stance} toward what {one.id} takes the stance {one.stance} to"
            )
        else:
            continue
        place = Elsewhere(label, path=facts.path, pointer=position_pointer(ours, one) + part)
        hint = "keep the position in one of the two categories"
        yield Problem(message, hint, position_pointer(theirs, other) + part, related=(place,))


def _name(category: Category) -> frozenset[str]:
    return frozenset(folded_words(category.name)) - CONNECTIVES


def _same_subject(first: Position, second: Position) -> bool:
    return bool(first.subject) and folded_words(first.subject or "") == folded_words(second.subject or "")
