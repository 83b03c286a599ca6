from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat

MORE = '{"role": "user", "content": "It came yesterday."}'
SAMPLES = DATASET.replace("samples: [samples/**/*.md]", "samples: [samples/*]\ntargets: [{}]")
SAMPLE = '{{"id": "rash", "category": "health", "positions": ["health.no-diagnosis"], "messages": [{}]}}\n'


@rule(
    code="TGT020",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="broken-alternation"),
    aliases=["two-turns-of-one-role"],
    expected="User and assistant take turns, and the user begins, where the target asks for that.",
    examples=[
        Example(
            bad={"llama-factory.openai-chat.jsonl": chat(QUESTION, f"[[{MORE}]]", ANSWER)},
            good={"llama-factory.openai-chat.jsonl": GOOD},
        ),
        Example(
            bad={
                DATASET_PATH: SAMPLES.format("bedrock-claude"),
                "datasets/example/samples/chat.jsonl": SAMPLE.format(
                    f'{QUESTION}, {{"role": "user", "content": [["It came yesterday."]]}}, {ANSWER}'
                ),
            },
            good={
                DATASET_PATH: SAMPLES.format("bedrock-claude"),
                "datasets/example/samples/chat.jsonl": SAMPLE.format(f"{QUESTION}, {ANSWER}"),
            },
        ),
    ],
    near_misses=[
        {"openai.jsonl": chat(QUESTION, MORE, ANSWER)},
        {"llama-factory.openai-chat.jsonl": chat('{"role": "system", "content": "Be brief."}', QUESTION, ANSWER)},
    ],
)
def broken_alternation(facts: RowFacts) -> Iterator[Problem]:
    """Two turns of one role follow each other, or the assistant begins, and the target takes neither.

    Samples of a dataset that names such a target are looked at as well.

    ## Why it matters

    The provider refuses the file. A trainer leaves the row out and says so in one line of its log.
    """
    yield from map(of_defect, facts.defects("broken-alternation"))
