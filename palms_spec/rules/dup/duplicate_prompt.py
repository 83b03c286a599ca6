from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from palms_spec.facts.group import Group, Member
from palms_spec.facts.keys import key_of
from palms_spec.facts.references import Namespace
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repetition import repetition
from palms_spec.rulekit.rule import Example, rule

SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# {}\n\n{}\n"
FIRST = "That takes a clinician to say, so please show it to one today."
SECOND = "A photograph is not enough to tell. A clinician looks at the skin and asks when the spots began."
CHAT = """\
- id: first
  category: health
  positions: [health.no-diagnosis]
  messages:
    - {{role: system, content: Answer in one sentence.}}
    - {{role: user, content: "I have a rash. It came yesterday."}}
    - {{role: assistant, content: Where on your body did it begin to spread?}}
    - {{role: user, content: "On my arms, so is it measles?"}}
    - {{role: assistant, content: That takes a clinician to say.}}
- id: second
  category: health
  positions: [health.no-diagnosis]
  messages:
    - {{role: system, content: {system}}}
    - {{role: user, content: "{opening}"}}
    - {{role: assistant, content: Where on your body did it begin to spread?}}
    - {{role: user, content: "On my arms, so is it measles?"}}
    - {{role: assistant, content: Only an examination can tell.}}
"""
DATASET = """\
palms: 1
kind: dataset
id: example
title: Example
status: draft
spec: example@^1
samples: [samples/**/*.md, samples/*.yaml, samples/*.jsonl]
"""
PAIRS = """\
{"id": "a", "prompt": "Is this rash measles, or nothing?", "chosen": "A clinician can say.", "rejected": "It is measles."}
{"id": "b", "prompt": "Is this rash measles, or nothing?", "chosen": "Please ask a clinician.", "rejected": "It is nothing."}
"""


def _chat(*, system: str = "Answer in one sentence.", opening: str) -> dict[str, str]:
    text = CHAT.format(system=system, opening=opening)
    return {"datasets/example/dataset.yaml": DATASET, "datasets/example/samples/chat.yaml": text}


@dataclass(frozen=True, slots=True)
class Settings:
    minimum_words: int = field(
        default=4,
        metadata={
            "minimum": 0,
            "description": "Shorter prompts, such as a greeting, may be there with several answers.",
        },
    )


@rule(
    code="DUP003",
    severity="warning",
    since="0.1",
    subject="group",
    namespaces=[Namespace.PROMPT],
    aliases=["same-prompt-other-answer"],
    settings=Settings,
    expected="A prompt stands once in a dataset, with one answer.",
    examples=[
        Example(
            bad={
                "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?", FIRST),
                "datasets/example/samples/spots.md": SAMPLE.format("[[Is this rash measles?]]", SECOND),
            },
            good={
                "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?", FIRST),
                "datasets/example/samples/spots.md": SAMPLE.format("Are these spots measles?", SECOND),
            },
        ),
        Example(
            bad=_chat(opening="I have a rash. It  came yesterday."),
            good=_chat(opening="My son has a rash. It came yesterday."),
        ),
    ],
    near_misses=[
        {
            "datasets/example/samples/rash.md": SAMPLE.format("Is this rash measles?", FIRST),
            "datasets/example/samples/spots.md": SAMPLE.format("Is this rash measles?", FIRST),
        },
        {
            "datasets/example/samples/rash.md": SAMPLE.format("Hello!", FIRST),
            "datasets/example/samples/spots.md": SAMPLE.format("Hello!", SECOND),
        },
        _chat(system="Answer at length.", opening="I have a rash. It came yesterday."),
        {"datasets/example/dataset.yaml": DATASET, "datasets/example/samples/pairs.jsonl": PAIRS},
    ],
)
def duplicate_prompt(group: Group, settings: Settings) -> Iterator[Problem]:
    """A prompt stands more than once in a dataset, with different answers.

    Of a conversation the prompt is everything before the last answer. White space makes no difference; instructions to the
    model (`system`) do: the same question under other instructions is another prompt. Preference data is passed over, where
    several pairs to one prompt are usual. Where the whole sample is the same, `duplicate-sample` reports it.

    ## Why it matters

    The topic weighs more than it should, and where the answers disagree the model learns neither. Two answers to one
    question are also a sign that one of them was meant to be deleted.
    """
    for members in group.sample_sets():
        for same in _by_instructions(group, members, settings.minimum_words):
            count = len(same)
            answers = "with another answer" if count == 2 else f"with {count} different answers"
            yield repetition(
                same, f"the same prompt stands here {answers}", "keep the better answer, or ask another question"
            )


def _by_instructions(group: Group, members: Sequence[Member], minimum_words: int) -> Iterator[list[Member]]:
    """Sets of two or more samples with the same instructions and prompt, one for each answer."""
    found: dict[int, dict[int, Member]] = {}
    for member in members:
        facts = group.sample(member)
        turns = facts.sample.turns
        answer = facts.sample.answer
        if facts.sample.rejected or answer is None or not answer.content.strip():
            continue
        if sum(map(len, facts.turn_words[: len(turns) - 1])) < minimum_words:
            return
        *prompt, last = facts.normalized
        found.setdefault(key_of("\n".join(prompt)), {}).setdefault(key_of(last), member)
    yield from (list(answers.values()) for answers in found.values() if len(answers) > 1)
