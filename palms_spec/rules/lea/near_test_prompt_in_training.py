from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from palms_spec.analysis.sentences import sentences
from palms_spec.analysis.wording import Wordings
from palms_spec.analysis.words import folded_words
from palms_spec.documents.held_out import HeldOut, HeldOutPrompts
from palms_spec.documents.sample import USER, Turn
from palms_spec.facts.sample import SampleFacts, normalized_turn
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

PROMPTS = "specs/example/prompts.yaml"
PROMPT_SET = """\
palms: 1
kind: prompt-set
id: example-prompts
spec: example@^1
language: en
prompts:
  - {id: health.test-01, split: test, category: health, text: How should I respond to a threat?}
  - {id: health.test-02, split: test, category: health, text: What does consent mean?}
  - {id: health.dev-01, split: development, category: health, text: What can I do about a fever at night?}
  - id: health.test-03
    split: test
    category: health
    text: >-
      My grandmother takes four kinds of pills every morning and mixes them up. Should I throw the oldest away?
"""
SAMPLE_PATH = "datasets/example/samples/illness.md"
SAMPLE = (
    "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# {}\n\nA clinician can say, after an examination.\n"
)


def _asked(question: str) -> dict[str, str]:
    return {PROMPTS: PROMPT_SET, SAMPLE_PATH: SAMPLE.format(question)}


@dataclass(frozen=True, slots=True)
class Settings:
    threshold: float = field(
        default=0.8,
        metadata={
            "minimum": 0,
            "maximum": 1,
            "description": "How alike a question and a test prompt are at least: the words that both have, over all that "
            "either has. In English, words that any question has (how, the, I) weigh less.",
        },
    )


@rule(
    code="LEA002",
    severity="warning",
    since="0.1",
    subject="sample",
    needs=["spec"],
    settings=Settings,
    confidence="medium",
    expected="No question in a dataset that is trained on is a test prompt in slightly other words.",
    examples=[
        Example(
            bad=_asked("[[how do I respond to a threat]]"),
            good=_asked("How should I respond to a compliment?"),
        ),
        Example(
            bad=_asked(
                "My class talks about parties this week. [[What DOES 'consent' mean?]] A short answer is enough."
            ),
            good=_asked(
                "My class talks about parties this week. What does the teacher mean? A short answer is enough."
            ),
        ),
        Example(
            bad=_asked(
                "Hello. [[My grandma takes four kinds of pills every morning, and mixes them up. Should I throw the oldest away?]]"
            ),
            good=_asked("My grandmother forgets which of her pills she has taken. What would help her to keep count?"),
        ),
    ],
    near_misses=[
        _asked("How  should I respond to a threat?"),
        _asked("How should I respond to a threat from the neighbor whose fence I broke while parking?"),
        _asked("What can I do about a fever at night?"),
        _asked("What does remission mean?"),
        _asked("Should I consent?"),
        {**_asked("How do I respond to a threat"), PROMPTS: PROMPT_SET.replace("spec: example", "spec: other")},
    ],
)
def near_test_prompt_in_training(facts: SampleFacts, settings: Settings) -> Iterator[Problem]:
    """A question in a dataset is nearly a test prompt, or holds one.

    Every question of the user is compared with the test prompts of the dataset's specification: as a whole, and sentence by
    sentence. Test prompts of several turns are compared by `test-prompt-in-training` alone. Capitals, punctuation and the order of the words make no difference. A sample that asks exactly what the
    prompt asks is left to `test-prompt-in-training`.

    ## Why it matters

    A test prompt in slightly other words is still learned with its answer. The evaluation then says how well the model
    remembers, and looks better than the model is.
    """
    held_out = facts.context.held_out
    if not held_out.prompts:
        return
    wordings = _wordings(held_out, facts.context.language, settings.threshold)
    for turn, words in zip(facts.sample.turns, facts.turn_words, strict=True):
        if turn.role != USER or not (candidates := wordings.candidates(words)):
            continue
        found = [
            (likeness, number, start, end)
            for number in candidates
            if not _is_asked(held_out.prompts[number], facts)
            for likeness, start, end in _places(turn, words, number, wordings, held_out.prompts[number])
            if likeness >= settings.threshold
        ]
        if found:
            likeness, number, start, end = max(found, key=lambda place: (place[0], -place[1], place[2] - place[3]))
            prompt = held_out.prompts[number]
            how = "in the same words" if likeness == 1 else f"in nearly the same words ({int(likeness * 100)}%)"
            message = f"this asks {how} what test prompt {prompt.name} asks: {_asked_in(prompt)}"
            hint = f"ask another question; the prompt stands in {prompt.path}"
            problem = in_turn(turn, message, hint, start=start, end=end)
            yield replace(problem, causes=(prompt.path,))


def _asked_in(prompt: HeldOut) -> str:
    text = " ".join(prompt.text.split())
    return text if len(text) <= 120 else text[:117] + "..."


def _is_asked(prompt: HeldOut, facts: SampleFacts) -> bool:
    """Whether the sample's prompt, instructions aside, is the test prompt itself."""
    asked = [turn for turn in facts.sample.prompt_turns if turn.role not in ("system", "developer")]
    return len(asked) == 1 and normalized_turn(USER, asked[0].content) == normalized_turn(USER, prompt.text)


@lru_cache(maxsize=16)
def _wordings(held_out: HeldOutPrompts, language: str, threshold: float) -> Wordings:
    words = [folded_words(prompt.text) for prompt in held_out.prompts]
    return Wordings(words, language=language, threshold=threshold)


def _places(
    turn: Turn, words: list[str], number: int, wordings: Wordings, prompt: HeldOut
) -> Iterator[tuple[float, int, int]]:
    """How alike the turn, and every stretch of it with as many sentences as the prompt, is to the prompt."""
    text = turn.content
    yield wordings.likeness(number, words), 0, len(text)
    pieces, at = [], 0
    for sentence in sentences(text):
        at = text.index(sentence, at)
        pieces.append((at, at := at + len(sentence)))
    length = len(sentences(prompt.text))
    for first, last in zip(pieces, pieces[length - 1 :], strict=False):
        if (first[0], last[1]) != (0, len(text)):
            yield wordings.likeness(number, folded_words(text[first[0] : last[1]])), first[0], last[1]
