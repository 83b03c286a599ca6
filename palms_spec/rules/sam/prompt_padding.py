from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.documents.sample import Turn
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

LABEL = re.compile(r"\s*(?:(?:question|prompt|query|q|instruction)[ ]?:|#{3,}(?=\s))(?=\s*\S)", re.IGNORECASE)
SEPARATOR = re.compile(
    r"\s*(?:\n[ \t]*(?:answer|response|completion|output|a)[ ]?:|\#{3,}|[-=]{1,2}>|→|\|{3,}|={3,}|\n[ \t]*-{3,})\s*\Z",
    re.IGNORECASE,
)
FIELD = re.compile(r"^(?!\s*(?:answer|response|completion|output|a)[ ]?:)\w[\w ]{0,30}:", re.IGNORECASE | re.MULTILINE)
LEADING = frozenset("qpi#QPI \t\r\n")
TRAILING = frozenset(":#>→|=- \t\r\n")
TAIL = 60
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
        Example(
            bad=FRONT + "# [[Question:]] Is this rash measles?" + ANSWER,
            good=FRONT + "# Is this rash measles?" + ANSWER,
        ),
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
        row("Query: measles\\nPassages:\\n1) One\\n2) Two"),
        row("Q fever: what is it?"),
    ],
)
def prompt_padding(facts: SampleFacts) -> Iterator[Problem]:
    """A prompt holds marks that only an older training format needed, or blank lines around it.

    Found are labels such as `Question:` before a prompt and `Answer:` on a line behind it, separators such as `###` and `->`
    at its end, and line breaks around it. A label before text that has other labels, or that follows instructions, is left
    alone: it names a field.

    ## Why it matters

    Users do not write them, so the model is trained on other prompts than it will get. Today's formats mark turns by
    themselves.
    """
    before = ""
    for turn in facts.sample.turns:
        text = turn.content
        given, before = before == "user", turn.role
        if turn.role != "user" or not text or text.isspace():
            continue
        if text[0] in LEADING:
            start = len(text) - len(text.lstrip())
            label = LABEL.match(text)
            if label and not given and not FIELD.search(text, label.end()):
                yield _problem(turn, start, label.end(), f"“{text[start : label.end()]}” before the prompt")
            elif "\n" in text[:start]:
                yield _problem(turn, 0, start, "line breaks before the prompt")
        if text[-1] in TRAILING:
            separator = SEPARATOR.search(text, max(0, len(text) - TAIL))
            end = len(text.rstrip())
            if separator:
                yield _problem(turn, separator.start(), len(text), f"“{separator[0].strip()}” behind the prompt")
            elif "\n" in text[end:]:
                yield _problem(turn, end, len(text), "line breaks behind the prompt")


def _problem(turn: Turn, start: int, end: int, message: str) -> Problem:
    return in_turn(turn, message, "take it out" if "“" in message else "take them out", start=start, end=end)
