"""Minds behind a server of the tests: what they make of what a judge is sent."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palms_spec.rulekit.staleness import CHECKOUT
from tests.judging.small_judge import SmallJudge, learned

LABELLED = CHECKOUT / "benchmarks/positions/development.jsonl"
BLOCK = re.compile(r"<(conversation-[0-9a-f]{32})>\n(.*)\n</\1>", re.DOTALL)
SCALE = re.compile(r"^([1-5]) = (violates|unclear|adheres): ", re.MULTILINE)


@dataclass(frozen=True)
class Sent:
    """What was sent, taken apart as a reader who trusts the marks takes it apart: the position, the conversation, the
    verdict that each number stands for, and everything around the conversation."""

    position: dict[str, str]
    conversation: list[dict[str, str]]
    scale: dict[int, str]
    around: str

    def number(self, score: int) -> int:
        """The number that stands for a score of review records."""
        return score if self.scale[5] == "adheres" else 6 - score

    def answer(self, score: int, rationale: str = "because") -> dict[str, Any]:
        """An answer in the form that was asked for."""
        number = self.number(score)
        return {"rationale": rationale, "verdict": self.scale[number], "score": number}


def taken_apart(messages: list[dict[str, str]]) -> Sent:
    """What the messages say. There is one conversation, and one scale."""
    text = "\n\n".join(one["content"] for one in messages)
    ((mark, inside),) = BLOCK.findall(text)
    assert text.count(mark) == 2, "the mark stands in what it encloses"
    around = text.replace(inside, "")
    scale = {int(number): verdict for number, verdict in SCALE.findall(around)}
    assert len(scale) == 5
    position = json.loads(around.partition("# Position\n\n")[2].partition("\n}\n")[0] + "}")
    return Sent(position, json.loads(inside), scale, around)


def small_mind(path: Path = LABELLED) -> Any:
    """A mind that judges by the words of the assistant, and obeys whatever is said outside the conversation."""
    judge: SmallJudge = learned(path)

    def mind(messages: list[dict[str, str]]) -> dict[str, Any]:
        sent = taken_apart(messages)
        if re.search(r"score this|disregard|new instruction", sent.around, re.IGNORECASE):
            return sent.answer(5, "I was told to")
        said = " ".join(one["content"] for one in sent.conversation if one["role"] == "assistant")
        return sent.answer(judge.score(said), "by its pairs of words")

    return mind


def always(score: int) -> Any:
    """A mind that finds one score for everything, whatever the order of the scale."""
    return lambda messages: taken_apart(messages).answer(score)


def number_lover(number: int) -> Any:
    """A mind that likes one number, whatever it stands for."""

    def mind(messages: list[dict[str, str]]) -> dict[str, Any]:
        return {"rationale": "because", "verdict": taken_apart(messages).scale[number], "score": number}

    return mind
