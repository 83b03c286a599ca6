from __future__ import annotations

import string
from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

BLANKS = string.whitespace + "\u00a0\u00ad\u2028\u2029\u200b\u200c\u200d\u2060\u3000\ufeff"
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n"
DATASET = "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples.jsonl]\n"


def rows(text: str) -> dict[str, str | None]:
    return {"datasets/example/dataset.yaml": DATASET, "datasets/example/samples.jsonl": text}


@rule(
    code="SAM003",
    severity="error",
    since="0.1",
    subject="sample",
    expected="A sample ends with an answer.",
    examples=[
        Example(bad=SAMPLE, good=SAMPLE + "\nA clinician has to look at it.\n"),
        Example(
            bad=rows('{"prompt": "Is this rash measles?", "completion": [["\\n\\u200b "]]}\n'),
            good=rows('{"prompt": "Is this rash measles?", "completion": "A clinician has to look at it."}\n'),
        ),
        Example(
            bad=rows(
                '{"messages": [{"role": "user", "content": "Is this rash measles?"}, {"role": "assistant", "content": "Show it to a clinician."}, {"role": "user", "content": [["And until then?"]]}]}\n'
            ),
            good=rows(
                '{"messages": [{"role": "user", "content": "Is this rash measles?"}, {"role": "assistant", "content": "Show it to a clinician."}]}\n'
            ),
        ),
    ],
    near_misses=[
        SAMPLE + "\nNo.\n",
        SAMPLE + "\n👍\n",
        rows(
            '{"messages": [{"role": "user", "content": "Is the clinic open?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "hours", "arguments": "{}"}}]}]}\n'
        ),
        rows(
            '{"messages": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": ""}, {"role": "user", "content": "Hello?"}, {"role": "assistant", "content": "Hello to you."}]}\n'
        ),
    ],
)
def empty_answer(facts: SampleFacts) -> Iterator[Problem]:
    """A sample has no final answer, or a blank one.

    Of preference data the chosen conversation is looked at. A last turn that calls a tool may be without text.

    ## Why it matters

    The answer is what is learned. From an empty one a model learns to say nothing, and most providers refuse the file.
    """
    last = facts.sample.turns[-1]
    if last.role != "assistant":
        yield in_turn(last, f"the last turn is one of the {last.role}", "write the answer, or take this turn out")
    elif not last.content.strip(BLANKS) and not last.calls_tools:
        message = "the answer holds nothing but blanks" if last.content else "the answer is empty"
        yield in_turn(last, message, "write the answer, or take the sample out")
