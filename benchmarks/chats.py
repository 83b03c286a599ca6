"""Chat rows to measure on: a system message, a question, an answer, some with a second question; a hundred words or so,
one in ten not ASCII, one in five with quotes or line breaks in it.

The nth word is as frequent as 1 / n, so that two rows share 1.2 % of their pairs of words, as two dialogues of hh-rlhf
do. Sentences are made for each row: no two rows share one by chance.
"""

from __future__ import annotations

import json
import random
from itertools import accumulate
from pathlib import Path

from material import ACCENTS, vocabulary

SYSTEM = "You answer questions of the public, briefly and with care."


def write_chats(path: Path, rows: int, *, seed: int = 2021, same: float = 0.0005) -> Path:
    """A JSONL file of so many rows in OpenAI's form, without a defect but for the share `same` of rows that repeat an
    earlier one."""
    random_ = random.Random(seed)
    words = vocabulary(random_)
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(words))))
    earlier: list[str] = []

    def sentence(least: int, most: int) -> str:
        return " ".join(random_.choices(words, cum_weights=weights, k=random_.randint(least, most))).capitalize()

    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for number in range(rows):
            if earlier and random_.random() < same:
                out.write(random_.choice(earlier))
                continue
            messages = [{"role": "system", "content": SYSTEM}]
            for _ in range(1 + (random_.random() < 0.2)):
                question = f"{sentence(12, 40)}?"
                answer = " ".join(sentence(8, 20) + "." for _ in range(4))
                if random_.random() < 0.1:
                    answer = answer.translate(ACCENTS)
                if random_.random() < 0.2:
                    answer = f'"{answer}"\n\n{sentence(8, 20)}.'
                messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
            line = json.dumps({"messages": messages}, ensure_ascii=False) + "\n"
            out.write(line)
            if number % 97 == 0 and len(earlier) < 2_000:
                earlier.append(line)
    return path
