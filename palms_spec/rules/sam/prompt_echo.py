from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

MIN_WORDS = 5
QUESTION_MARKS = "?？؟;՞"
FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
SAMPLE = FRONT + "# Is this red rash measles?\n\n"
DATASET = "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples.jsonl]\n"


def rows(text: str) -> dict[str, str | None]:
    return {"datasets/example/dataset.yaml": DATASET, "datasets/example/samples.jsonl": text}


@rule(
    code="SAM008",
    severity="warning",
    since="0.1",
    subject="sample",
    expected="An answer does not repeat the question before it answers.",
    examples=[
        Example(
            bad=SAMPLE + "[[Is this red rash measles?]] Nobody can tell from here.\n",
            good=SAMPLE + "Nobody can tell from here.\n",
        ),
        Example(
            bad=SAMPLE + "[[**Question:** Is this red rash measles?]]\n\nNobody can tell from here.\n",
            good=SAMPLE + "Nobody can tell from here.\n",
        ),
    ],
    near_misses=[
        SAMPLE + "Is this red rash measles, or is it something else? Nobody can tell from here.\n",
        SAMPLE + "Nobody can tell. Is this red rash measles? That is for a clinician to say.\n",
        FRONT + "# Measles?\n\nMeasles? Nobody can tell from here.\n",
        FRONT + "# Once upon a time there was\n\nOnce upon a time there was a princess.\n",
        FRONT + "# How do you say “where is the clinic”?\n\n“Where is the clinic” is *où est la clinique*.\n",
        rows(
            '{"messages": [{"role": "user", "content": "Correct this sentence."}, {"role": "user", "content": "Is this red rash measles?"}, {"role": "assistant", "content": "Is this red rash measles?"}]}\n'
        ),
    ],
)
def prompt_echo(facts: SampleFacts) -> Iterator[Problem]:
    """An answer begins by repeating the question.

    Found is a question of five words or more that the answer starts with, word by word. Case and punctuation make no
    difference. Prompts that are no question are left alone, since an answer may have to continue or to correct them.

    ## Why it matters

    The question is in the prompt already. Repeated, it counts toward the length of the answer without saying anything, and
    the model learns to repeat what it is asked.
    """
    turns = facts.sample.turns
    if len(turns) < 2 or turns[-1].role != "assistant" or turns[-2].role != "user":
        return
    question, answer = turns[-2], turns[-1]
    asked, said = facts.turn_words[-2], facts.turn_words[-1]
    count = len(asked)
    if count < MIN_WORDS or len(said) < count or (said[:count] != asked and said[0] not in ("question", "q")):
        return
    label = 0 if said[:count] == asked else 1
    if said[label : label + count] != asked or (len(turns) > 2 and turns[-3].role == "user"):
        return
    if question.content.rstrip(" \t\r\n\"'”’»*")[-1:] not in QUESTION_MARKS:
        return
    end = _end_of_words(answer.content, label + count)
    if answer.content[:end].rstrip("\"'”’»*_")[-1:] in QUESTION_MARKS or not answer.content[end:].strip():
        message = "the answer begins with the question" if len(said) > label + count else "the answer is the question"
        start = len(answer.content) - len(answer.content.lstrip())
        yield in_turn(answer, message, "begin with the answer", start=start, end=end)


def _end_of_words(text: str, count: int) -> int:
    """Where the run of characters ends that holds the last of so many words."""
    from palms_spec.analysis.words import count_words

    end = 0
    for run in text.split():
        end = text.index(run, end) + len(run)
        count -= count_words(run)
        if count <= 0:
            break
    return end
