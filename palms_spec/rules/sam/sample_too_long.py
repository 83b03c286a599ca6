from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

DATASET = "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples/example.md]\nlength: {{min: 0, max: {}, count: {}}}\n"
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"
TWELVE_WORDS = "Nobody can tell from here — a clinician has to look at it."


def project(maximum: int, count: str, sample: str) -> dict[str, str | None]:
    return {
        "datasets/example/dataset.yaml": DATASET.format(maximum, count),
        "datasets/example/samples/example.md": SAMPLE + sample + "\n",
    }


@rule(
    code="SAM002",
    severity="error",
    since="0.1",
    subject="sample",
    needs=["max_words"],
    expected="A sample has at most as many words as its dataset's `length` allows.",
    examples=[
        Example(bad=project(15, "sample", f"[[{TWELVE_WORDS}]]"), good=project(16, "sample", TWELVE_WORDS)),
        Example(bad=project(11, "answer", f"[[{TWELVE_WORDS}]]"), good=project(12, "answer", TWELVE_WORDS)),
    ],
    near_misses=[
        SAMPLE + TWELVE_WORDS + "\n",
        project(12, "answer", f"- {TWELVE_WORDS}\n\n---\n\n* * *"),
    ],
)
def sample_too_long(facts: SampleFacts) -> Iterator[Problem]:
    """A sample has more words than its dataset allows.

    Words are counted as word processors count them: runs of characters between white space that hold a letter or a digit.
    With `count: sample` question and answer count together, with `count: answer` the final answer alone. A dataset without
    `length` allows everything.

    ## Why it matters

    A model learns how long to answer from the lengths it sees, and a long sample weighs more than a short one. Values are
    easier to recognise, to review and to learn in an answer that says one thing well.
    """
    maximum = facts.context.max_words
    if maximum is not None and facts.counted_words > maximum:
        sample, counted = facts.sample, facts.counted_words
        place = sample.answer or sample.question or sample.turns[-1]
        what = "the answer" if facts.context.counted == "answer" else "question and answer together"
        message = f"{counted} words in {what}, at most {maximum} are allowed"
        yield in_turn(place, message, f"cut at least {counted - maximum}, or change `length` in the dataset")
