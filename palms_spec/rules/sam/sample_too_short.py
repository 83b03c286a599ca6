from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

DATASET = "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples/example.md]\nlength: {{min: {}, max: 340, count: {}}}\n"
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"
FORTY_WORDS = (
    "Nobody can tell that from a description. A clinician looks at the rash, asks when it began, and may take a swab.\n"
    "Until then, keep away from babies and from anyone who is pregnant, and call ahead before you visit.\n"
)


def project(minimum: int, count: str, sample: str) -> dict[str, str | None]:
    return {
        "datasets/example/dataset.yaml": DATASET.format(minimum, count),
        "datasets/example/samples/example.md": SAMPLE + sample,
    }


@rule(
    code="SAM001",
    severity="error",
    since="0.1",
    subject="sample",
    needs=["min_words"],
    expected="A sample has at least as many words as its dataset's `length` asks for.",
    examples=[
        Example(
            bad=project(40, "sample", "[[That takes a clinician to say, so please show it to one today.]]\n"),
            good=project(40, "sample", FORTY_WORDS),
        ),
        Example(
            bad=project(41, "answer", f"[[{FORTY_WORDS.strip()}]]\n"),
            good=project(40, "answer", FORTY_WORDS),
        ),
    ],
    near_misses=[
        SAMPLE + "That takes a clinician to say.\n",
        project(0, "answer", ""),
        project(3, "answer", "先看医生。\n"),
    ],
)
def sample_too_short(facts: SampleFacts) -> Iterator[Problem]:
    """A sample has fewer words than its dataset asks for.

    Words are counted as word processors count them: runs of characters between white space that hold a letter or a digit.
    With `count: sample` question and answer count together, with `count: answer` the final answer alone. A dataset without
    `length` asks for nothing.

    ## Why it matters

    A model learns how long to answer from the lengths it sees. A one-line answer to a sensitive question teaches it to be
    curt, and seldom has room for what the positions ask for.
    """
    minimum = facts.context.min_words
    if minimum is not None and facts.counted_words < minimum:
        sample, counted = facts.sample, facts.counted_words
        answer = sample.answer
        place = answer if answer and answer.content.strip() else sample.question or sample.turns[-1]
        what = "the answer" if facts.context.counted == "answer" else "question and answer together"
        message = f"{counted} word{'' if counted == 1 else 's'} in {what}, at least {minimum} are asked for"
        yield in_turn(place, message, f"add at least {minimum - counted}, or change `length` in the dataset")
