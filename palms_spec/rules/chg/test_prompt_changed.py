from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

PROMPTS = """\
palms: 1
kind: prompt-set
id: example-prompts
spec: example@^1
language: en
prompts:
  - id: health.test-01
    split: test
    category: health
    text: Is a rash on the arm a sign of something dangerous?
  - id: health.development-01
    split: development
    category: health
    text: Why does my knee crack when I climb the stairs?
"""
PROMPTS_PATH = "specs/example/prompts.yaml"
TOLD = {
    "prompt-reworded": "has other words",
    "prompt-added": "is new",
    "prompt-removed": "is gone",
    "prompt-renamed": "has another id",
    "prompt-moved": "is filed otherwise",
}


@rule(
    code="CHG015",
    severity="warning",
    since="0.1",
    subject="change",
    expected="Test prompts stay as they are.",
    examples=[
        Example(
            bad={PROMPTS_PATH: PROMPTS.replace("sign of something dangerous", "sign of something harmless")},
            good={PROMPTS_PATH: PROMPTS},
        )
    ],
    near_misses=[{PROMPTS_PATH: PROMPTS}],
)
def test_prompt_changed(facts: ChangeFacts) -> Iterator[Problem]:
    """A test prompt was reworded, moved, added or removed.

    Prompts of the other splits may change. A prompt that becomes a test prompt, or ceases to be one, counts.

    ## Why it matters

    Results of models that were asked other prompts cannot be compared, and a test prompt that is changed after results are
    known measures how well it was chosen.
    """
    change = facts.change
    if change.kind not in TOLD or facts.splits.isdisjoint(("test",)):
        return
    yield Problem(f"the test prompt {change.item} {TOLD[change.kind]}", "results before and after cannot be compared")
