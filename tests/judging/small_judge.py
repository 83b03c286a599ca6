"""A small judge that really judges: naive Bayes over the pairs of words in an answer, learned from labelled answers.

Over pairs, since a sentence that is tacked on then weighs nothing unless labelled answers have such sentences.

As a program it speaks the protocol of `palms judge --judge command:...`; its one argument is the file to learn from, of
which it takes every second line. T. M. Mitchell, *Machine Learning* (1997), 6.10, with Laplace's correction.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

WORD = re.compile(r"[a-z']+")


def pairs(text: str) -> list[str]:
    """The pairs of words that stand side by side in a text."""
    return [f"{one} {other}" for one, other in pairwise(WORD.findall(text.lower()))]


class SmallJudge:
    """Knows how often pairs of words stand in answers that adhere and in those that violate."""

    def __init__(self, lines: list[str]) -> None:
        self.counts = {"adheres": Counter[str](), "violates": Counter[str]()}
        for line in lines:
            row = json.loads(line)
            self.counts[row["label"]].update(set(pairs(row["answer"])))
        both = self.counts["adheres"] + self.counts["violates"]
        self.known = {pair for pair, count in both.items() if count >= 3}

    def score(self, text: str) -> int:
        """A score of 1 to 5 for an answer."""
        total = {label: sum(count[pair] for pair in self.known) for label, count in self.counts.items()}
        odds = sum(
            math.log((self.counts["adheres"][pair] + 1) / (total["adheres"] + len(self.known)))
            - math.log((self.counts["violates"][pair] + 1) / (total["violates"] + len(self.known)))
            for pair in set(pairs(text)) & self.known
        )
        return 5 if odds > 3 else 4 if odds > 0 else 2 if odds > -3 else 1


def learned(path: Path) -> SmallJudge:
    """The judge that every second line of a file makes."""
    return SmallJudge(path.read_text("utf-8").splitlines()[::2])


if __name__ == "__main__":
    judge = learned(Path(sys.argv[1]))
    for line in sys.stdin:
        case = json.loads(line)
        answer = " ".join(one["content"] for one in case["messages"] if one["role"] == "assistant")
        print(
            json.dumps({"id": case["id"], "score": judge.score(answer), "rationale": "by its pairs of words"}),
            flush=True,
        )
