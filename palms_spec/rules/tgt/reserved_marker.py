from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLE_PATH
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

ROW = '{{"schemaVersion": "bedrock-conversation-2024", "messages": [{{"role": "user", "content": [{{"text": "Measles?"}}]}}, {{"role": "assistant", "content": [{{"text": "{}"}}]}}]}}\n'
FOR_NOVA = DATASET.replace("samples:", "targets: [bedrock-nova]\nsamples:")
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n{}\n"


@rule(
    code="TGT007",
    severity="error",
    since="0.1",
    subject="row",
    expected="No text holds what the target keeps for itself.",
    examples=[
        Example(
            bad={"bedrock-nova.jsonl": ROW.format("The [[User:]] of a clinic asks first.")},
            good={"bedrock-nova.jsonl": ROW.format("Whoever uses a clinic asks first.")},
        ),
        Example(
            bad={DATASET_PATH: FOR_NOVA, SAMPLE_PATH: SAMPLE.format("It looks like [[<image>]] to me.")},
            good={DATASET_PATH: FOR_NOVA, SAMPLE_PATH: SAMPLE.format("It looks like a picture to me.")},
        ),
    ],
    near_misses=[
        {"bedrock-nova.jsonl": ROW.format("The user: whoever asks.")},
        {SAMPLE_PATH: SAMPLE.format("It looks like <image> to me.")},
    ],
)
def reserved_marker(facts: RowFacts) -> Iterator[Problem]:
    """A text holds a word that the target keeps for itself.

    Samples of a dataset that names such a target are looked at as well.

    ## Why it matters

    The job fails on it, after the upload, with a message that names no line.
    """
    markers = facts.plan.profile.markers
    for turn in facts.turns if markers else ():
        for marker in markers:
            at = turn.content.find(marker)
            if at >= 0:
                what = f"{marker} stands in a text, and the job of {facts.plan.profile.name} fails on it"
                yield in_turn(turn, what, "say it otherwise", start=at, end=at + len(marker))
