from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import category_pointer


def _with(health: str, political: str) -> dict[str, str]:
    spec = SPEC.replace("    name: Health\n", f"    name: Health\n    weight: {health}\n")
    return {SPEC_PATH: spec.replace("    name: Politics\n", f"    name: Politics\n    weight: {political}\n")}


@dataclass(frozen=True, slots=True)
class UnevenWeightsSettings:
    """How far weights may be apart."""

    ratio: float = field(
        default=4.0,
        metadata={"minimum": 1, "description": "The largest weight may be so many times the smallest above 0."},
    )


@rule(
    code="VAL008",
    severity="note",
    since="0.1",
    subject="spec",
    settings=UnevenWeightsSettings,
    expected="No category outweighs another so far that the other hardly counts.",
    examples=[
        Example(bad=_with("[[10]]", "1"), good=_with("2", "1")),
        Example(bad=_with("1", "[[100]]"), good=_with("1", "1.5")),
        Example(bad=_with("[[0]]", "0"), good=_with("0", "1")),
    ],
    near_misses=[_with("4", "1"), _with("0.5", "1"), _with("0", "3"), {SPEC_PATH: SPEC}],
)
def uneven_weights(facts: SpecFacts, settings: UnevenWeightsSettings) -> Iterator[Problem]:
    """One category weighs many times what another does, or none weighs anything.

    Weights above 0 are compared, since 0 says that a category is not to count. That all of them are 0 is an error.

    ## Why it matters

    Weights decide how the samples are shared and how the results of the categories are summed up. With a very large one
    the summary is the result of a single category, and should be read as such.
    """
    categories = facts.spec.categories
    weighing = [category for category in categories if category.weight > 0]
    if categories and not weighing:
        pointer = category_pointer(categories[0]) + "/weight"
        yield Problem("every category has weight 0", "give weight to what counts", pointer, severity="error")
    if len(weighing) < 2:
        return
    largest = max(weighing, key=lambda category: category.weight)
    smallest = min(weighing, key=lambda category: category.weight)
    ratio = largest.weight / smallest.weight
    if ratio > settings.ratio:
        message = f"{largest.id} weighs {ratio:.3g} times what {smallest.id} weighs"
        place = Elsewhere("weighs least", path=facts.path, pointer=category_pointer(smallest) + "/id")
        hint = "bring them closer together, or report each category on its own"
        yield Problem(message, hint, category_pointer(largest) + "/weight", related=(place,))
