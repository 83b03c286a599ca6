from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import category_pointer

PROMPTS_PATH = "specs/example/prompts.yaml"


def _prompts(health: int, political: int) -> dict[str, str]:
    head = "palms: 1\nkind: prompt-set\nid: example-prompts\nspec: example\nlanguage: en\nprompts:\n"
    rows = [
        f"  - {{id: {category}-{number}, split: development, category: {category}, text: Question {number} on {category}?}}\n"
        for category, count in (("health", health), ("political", political))
        for number in range(count)
    ]
    test = "  - {id: test-1, split: test, category: health, text: Is this cough a cold?}\n"
    return {PROMPTS_PATH: head + "".join(rows) + test}


POLITICAL = SPEC.replace("id: political\n", "id: [[political]]\n")


@dataclass(frozen=True, slots=True)
class TooFewDevelopmentPromptsSettings:
    """What a category needs."""

    minimum: int = field(
        default=3, metadata={"minimum": 0, "description": "The fewest development prompts a category has."}
    )


@rule(
    code="VAL010",
    severity="note",
    since="0.1",
    subject="spec",
    settings=TooFewDevelopmentPromptsSettings,
    expected="Every category has prompts that may be looked at while the dataset grows.",
    examples=[
        Example(bad={SPEC_PATH: POLITICAL, **_prompts(3, 2)}, good=_prompts(3, 3)),
        Example(bad={SPEC_PATH: POLITICAL, **_prompts(3, 0)}, good=_prompts(3, 3)),
        Example(
            bad={SPEC_PATH: SPEC.replace("id: example\n", "id: [[example]]\n"), **_prompts(0, 0)}, good=_prompts(3, 3)
        ),
    ],
    near_misses=[
        {},
        _prompts(9, 3),
        {SPEC_PATH: SPEC.replace("    name: Politics\n", "    name: Politics\n    weight: 0\n"), **_prompts(3, 0)},
        {SPEC_PATH: SPEC + "        status: retired\n", **_prompts(3, 0)},
    ],
)
def too_few_development_prompts(facts: SpecFacts, settings: TooFewDevelopmentPromptsSettings) -> Iterator[Problem]:
    """A category has few prompts of the split `development`, or none.

    Prompts are counted over all prompt sets of the specification; one without any prompt set is left to
    `too-few-test-prompts`. Categories of weight 0 or without a position in force are passed over.

    ## Why it matters

    Weak answers to development prompts may be answered by new samples. Where there are none, the answers to test prompts
    drive the additions, and the test no longer tells how the model does on what nobody has looked at.
    """
    if facts.is_published:
        return
    if not facts.prompt_sets or settings.minimum < 1:
        return
    counts = Counter(prompt.category for prompt in facts.prompts("development"))
    paths = tuple(path for path, _ in facts.prompt_sets)
    related = tuple(Elsewhere("its prompts", path=path, pointer="/id") for path in paths)
    if not counts:
        hint = f"write {settings.minimum} in each category"
        yield Problem(f"{facts.spec.id} has no development prompts", hint, "/id", related=related, causes=paths)
        return
    for category in facts.spec.categories:
        found = counts[category.id]
        active = any(position.status == "active" for position in category.positions)
        if found < settings.minimum and category.weight > 0 and active:
            message = f"{category.id} has {found or 'no'} development prompt" + ("s" if found != 1 else "")
            hint = f"write {settings.minimum - found} more" if found else f"write {settings.minimum}"
            yield Problem(message, hint, category_pointer(category) + "/id", related=related, causes=paths)
