from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem, of_defect
from palms_spec.rulekit.repair import Repair, TakeBehind
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat

THANKS = '{"role": "user", "content": "Thank you."}'


@rule(
    code="TGT017",
    severity="error",
    since="0.1",
    subject="row",
    trigger=Trigger(defect="answer-not-last"),
    aliases=["last-message-not-assistant"],
    expected="The last message of a row is the assistant's, where the target asks for that.",
    examples=[
        Example(
            bad={"mistral.jsonl": chat(QUESTION, ANSWER, f"[[{THANKS}]]")}, good={"mistral.jsonl": GOOD}, fix="safe"
        ),
    ],
    near_misses=[{"openai.jsonl": chat(QUESTION, ANSWER, THANKS)}],
)
def answer_not_last(facts: RowFacts) -> Iterator[Problem]:
    """A row ends with a message that is not the assistant's, and the target takes only rows that end with an answer.

    `palms check --fix` leaves out what stands behind the last answer: nothing of it would have been learned.

    ## Why it matters

    The provider refuses the file. Trainers that learn the end of a row would learn to speak as the user.
    """
    answers = [message for message in facts.messages if message.role == "assistant"]
    for defect in facts.defects("answer-not-last"):
        repair = None
        if answers and defect.pointer.rpartition("/")[0] == answers[-1].pointer.rpartition("/")[0]:
            repair = Repair("leave out what stands behind the last answer", "safe", (TakeBehind(answers[-1].pointer),))
        yield of_defect(defect, repair)
