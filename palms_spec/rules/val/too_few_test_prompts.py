from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.analysis.statistics import fewest_for_sign_flip
from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import category_pointer

PROMPTS_PATH = "specs/example/prompts.yaml"


def _prompts(health: int, political: int, split: str = "test") -> dict[str, str]:
    head = "palms: 1\nkind: prompt-set\nid: example-prompts\nspec: example\nlanguage: en\nprompts:\n"
    rows = [
        f"  - {{id: {category}-{number}, split: {split}, category: {category}, text: Question {number} on {category}?}}\n"
        for category, count in (("health", health), ("political", political))
        for number in range(count)
    ]
    return {PROMPTS_PATH: head + "".join(rows)}


POLITICAL = SPEC.replace("id: political\n", "id: [[political]]\n")


@dataclass(frozen=True, slots=True)
class TooFewTestPromptsSettings:
    """What a category needs."""

    minimum: int = field(
        default=5, metadata={"minimum": 0, "description": "With fewer prompts a category is not tested."}
    )
    alpha: float = field(
        default=0.05,
        metadata={"minimum": 0, "maximum": 1, "description": "The level at which a difference is significant."},
    )
    contrasts: int = field(
        default=2,
        metadata={
            "minimum": 1,
            "description": "Tests made in each category: values-targeted against base and against control.",
        },
    )


@rule(
    code="VAL009",
    severity="error",
    since="0.1",
    subject="spec",
    settings=TooFewTestPromptsSettings,
    expected="Every category has as many test prompts as a significant difference takes.",
    examples=[
        Example(bad={SPEC_PATH: POLITICAL, **_prompts(8, 4)}, good=_prompts(8, 8)),
        Example(bad={SPEC_PATH: POLITICAL, **_prompts(8, 0)}, good=_prompts(8, 8)),
        Example(bad={SPEC_PATH: POLITICAL, **_prompts(8, 7)}, good=_prompts(8, 8)),
        Example(bad={SPEC_PATH: SPEC.replace("id: example\n", "id: [[example]]\n")}, good=_prompts(8, 8)),
    ],
    near_misses=[
        _prompts(30, 8),
        {SPEC_PATH: SPEC.replace("    name: Politics\n", "    name: Politics\n    weight: 0\n"), **_prompts(10, 0)},
        {SPEC_PATH: SPEC + "        status: retired\n", **_prompts(8, 0)},
    ],
)
def too_few_test_prompts(facts: SpecFacts, settings: TooFewTestPromptsSettings) -> Iterator[Problem]:
    """A category has too few test prompts to be evaluated.

    Below `minimum` this is an error. Below the number with which the smallest difference can be significant it is a note,
    as it is for a specification without any prompt set: such a category can be described, and no more. The number follows
    from the test: over n prompts, flipping signs gives no p-value below 2 / 2^n, and Holm's correction asks for alpha
    divided by the tests, two in each category. That is 10 prompts for eight categories. Prompts are counted over all prompt
    sets of the specification; categories of weight 0 or without a position in force are passed over.

    ## Why it matters

    The unit of an evaluation is the prompt: more answers to the same five questions tell more about these questions, and
    nothing about others.
    """
    if facts.is_published:
        return
    categories = [
        category
        for category in facts.spec.categories
        if category.weight > 0 and any(position.status == "active" for position in category.positions)
    ]
    if not categories:
        return
    enough = fewest_for_sign_flip(settings.alpha, max(1, settings.contrasts * len(categories)))
    if not facts.prompt_sets:
        message = f"no prompt set tests {facts.spec.id}"
        hint = f"add one, with {enough} prompts of the split test in each category"
        yield Problem(message, hint, "/id", severity="note")
        return
    counts = Counter(prompt.category for prompt in facts.prompts("test"))
    paths = tuple(path for path, _ in facts.prompt_sets)
    related = tuple(Elsewhere("its prompts", path=path, pointer="/id") for path in paths)
    for category in categories:
        found = counts[category.id]
        if found >= enough:
            continue
        few = found < settings.minimum
        message = f"{category.id} has {found or 'no'} test prompt" + ("s" if found != 1 else "")
        if not few:
            message += f"; from {enough} on a difference can be significant"
        hint = f"write {enough - found} more" if found else f"write {enough}"
        pointer = category_pointer(category) + "/id"
        yield Problem(message, hint, pointer, severity=None if few else "note", related=related, causes=paths)
