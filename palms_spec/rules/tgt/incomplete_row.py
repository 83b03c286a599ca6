from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION


@rule(
    code="TGT011",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="incomplete-row"),
    aliases=["missing_messages_list"],
    expected="A row has the fields that the target's line shape is made of.",
    examples=[
        Example(
            bad={"openai.jsonl": '{"prompt": "Is this rash measles?", "completion": "A clinician has to look."}\n'},
            good={"openai.jsonl": GOOD},
        ),
        Example(bad={"together.jsonl": '{"messages": [["Is this rash measles?"]]}\n'}, good={"together.jsonl": GOOD}),
        Example(
            bad={"fireworks-dpo.jsonl": f'{{"input": {{"messages": [{QUESTION}]}}, "preferred_output": [{ANSWER}]}}\n'},
            good={
                "fireworks-dpo.jsonl": f'{{"input": {{"messages": [{QUESTION}]}}, "preferred_output": [{ANSWER}], "non_preferred_output": [{{"role": "assistant", "content": "It is measles."}}]}}\n'
            },
        ),
    ],
    near_misses=[{"bedrock-llama.jsonl": '{"prompt": "Is this rash measles?", "completion": "Ask a clinician."}\n'}],
)
def incomplete_row(facts: RowFacts) -> Iterator[Problem]:
    """A row lacks the field in which the target looks for the conversation, or has something else there.

    Which fields those are depends on target, method and shape; `palms targets NAME` shows a line of each, and `--shape`
    chooses one where a target takes several.

    ## Why it matters

    The provider refuses the file, mostly after the upload, or a trainer stops at the row.
    """
    yield from map(of_defect, facts.defects("incomplete-row"))
