from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

BEFORE = re.compile(r"\s*(?:(?:question|prompt|query|q|instruction)\s*:|#{3,}(?=\s|$))\s*", re.IGNORECASE)
BEHIND = re.compile(
    r"\s*(?:\n\s*(?:answer|response|completion|output|a)\s*:|#{3,}|[-=]{1,2}>|->|→|\|{3}|={3,}|-{3,})\s*\Z", re.IGNORECASE
)
ENDS = frozenset(":#>→|=-")
STARTS = frozenset("qpi#QPI")
FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
ANSWER = "\n\nA clinician has to look at it.\n"
DATASET = "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples.jsonl]\n"


def row(prompt: str) -> dict[str, str | None]:
    text = f'{{"prompt": "{prompt}", "completion": "A clinician has to look at it."}}\n'
    return {"datasets/example/dataset.yaml": DATASET, "datasets/example/samples.jsonl": text}


@rule(
    code="SAM009",
    severity="warning",
    since="0.1",
    subject="sample",
    expected="A prompt is what a user would write, with nothing before or behind it.",
    examples=[
        Example(bad=FRONT + "# [[Question:]] Is this rash measles?" + ANSWER, good=FRONT + "# Is this rash measles?" + ANSWER),
        Example(bad=row("Is this rash measles?[[\\n\\n###\\n\\n]]"), good=row("Is this rash measles?")),
        Example(bad=row("Is this rash measles?[[ ->]]"), good=row("Is this rash measles?")),
        Example(bad=row("Is this rash measles?[[\\nAnswer:]]"), good=row("Is this rash measles?")),
        Example(bad=row("Is this rash measles?[[\\n\\n]]"), good=row("Is this rash measles?")),
    ],
    near_misses=[
        FRONT + "# Question time: is this rash measles?" + ANSWER,
        FRONT + "# Which is it: A: measles, or Q: fever?" + ANSWER,
        row("Is this rash measles? "),
        row("Complete the table:\\n\\n| a | b |\\n| --- | --- |"),
        row("Which answer is right, and what is its answer:"),
        row("Translate to C++: i-->0 and x => y"),
        row("Q fever: what is it?"),
    ],
)
def prompt_padding(facts: SampleFacts) -> Iterator[Problem]:
    """A prompt holds marks that only an older training format needed, or blank lines around it.

    Found are labels such as `Question:` before the first prompt and `Answer:` on a line behind it, separators such as `###`
    and `->` at its end, and line breaks around it.

    ## Why it matters

    Users do not write them, so the model is trained on other prompts than it will get. Today's formats mark turns by
    themselves.
    """
    for turn in facts.sample.turns:
        if turn.role != "user":
            continue
        text = turn.content
        first, last = text[:1], text[-1:]
        if first.isspace() or first in STARTS:
            before = BEFORE.match(text)
            blank = len(text) - len(text.lstrip())
            if before and text[before.end() :].strip():
                yield _problem(turn, 0 if first.isspace() else before.start(), len(before[0].rstrip()), "before the prompt")
