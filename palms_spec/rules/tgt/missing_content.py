from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.repair import Put, Repair
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat


@rule(
    code="TGT015",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="missing-content"),
    aliases=["missing_content"],
    expected="What is said stands where the target looks for it, as text.",
    examples=[
        Example(
            bad={"openai.jsonl": chat(QUESTION, '{"role": "assistant", "content": [[null]]}')},
            good={"openai.jsonl": GOOD},
        ),
        Example(
            bad={
                "mistral.jsonl": chat(
                    '{"role": "user", "content": [{"type": "text", "text": "Is this rash measles?"}]}', ANSWER
                )
            },
            good={"mistral.jsonl": GOOD},
            fix="safe",
        ),
        Example(
            bad={
                "bedrock-nova.jsonl": '{"schemaVersion": "bedrock-conversation-2024", "messages": [{"role": "user", "content": [["Measles?"]]}, {"role": "assistant", "content": [{"text": "Ask."}]}]}\n'
            },
            good={
                "bedrock-nova.jsonl": '{"schemaVersion": "bedrock-conversation-2024", "messages": [{"role": "user", "content": [{"text": "Measles?"}]}, {"role": "assistant", "content": [{"text": "Ask."}]}]}\n'
            },
            fix="safe",
        ),
        Example(
            bad={"completions.jsonl": '{"prompt": [[17]], "completion": "Ask a clinician."}\n'},
            good={"completions.jsonl": '{"prompt": "17", "completion": "Ask a clinician."}\n'},
        ),
    ],
    near_misses=[
        {
            "openai.jsonl": chat(
                '{"role": "user", "content": [{"type": "text", "text": "Is this rash measles?"}]}', ANSWER
            )
        },
        {
            "openai.jsonl": chat(
                QUESTION,
                '{"role": "assistant", "content": null, "tool_calls": [{"id": "a", "type": "function", "function": {"name": "look", "arguments": "{}"}}]}',
            )
        },
    ],
)
def missing_content(facts: RowFacts) -> Iterator[Problem]:
    """What a message says is no text, or not written as the target has it.

    Most targets take text alone; some take a list of parts as well, and Vertex and Bedrock's conversations take nothing
    else. Where the text is there and only written otherwise, `palms check --fix` writes it as the target has it.

    ## Why it matters

    A null or a list where text is expected fails the job, or is trained on as the Python that it prints as.
    """
    for defect in facts.defects("missing-content"):
        written = _as_wanted(facts, defect.pointer)
        how = "write it as a list of parts" if facts.form.content == "parts" else "write it as text"
        yield of_defect(defect, Repair(how, "safe", (Put(defect.pointer, written),)) if written else None)


def _as_wanted(facts: RowFacts, pointer: str) -> Any:
    """The content of a message as the target has it; None where there is no text in it to be written so."""
    form = facts.form
    message = next((one for one in facts.messages if f"{one.pointer}/{form.content_key}" == pointer), None)
    if message is None:
        return None
    content = message.value[form.content_key]
    if form.content == "parts":
        return [{"text": content}] if type(content) is str and content else None
    if type(content) is not list:
        return None
    texts = [
        part.get("text") if type(part) is dict and part.get("type", "text") == "text" else None for part in content
    ]
    whole = [text for text in texts if type(text) is str]
    return "\n".join(whole) if texts and len(whole) == len(texts) else None
