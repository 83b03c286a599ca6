"""Rows to measure on: prompt and completion, about 200 words; one in ten not ASCII, one in seven with a number, one in
fifty with a finding. So are the dialogues of hh-rlhf, of which a sixth holds numbers."""

from __future__ import annotations

import json
import random
from pathlib import Path

CONSONANTS, VOWELS = "bcdfghjklmnprstvwz", "aeiou"
ACCENTS = str.maketrans("aeou", "áéöü")
SENTENCES = 20_000
REAL = ("todo", "sure")
"""Words that syllables make by chance, and that rules look for."""


def vocabulary(random_: random.Random) -> list[str]:
    syllables = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
    words = ["".join(random_.choices(syllables, k=random_.choice((1, 2, 2, 3, 4)))) for _ in range(8_000)]
    return [word for word in words if not any(real in word for real in REAL)]


def _sentences(random_: random.Random) -> list[str]:
    words = vocabulary(random_)
    return [
        " ".join(random_.choices(words, k=random_.randint(8, 20))).capitalize() + random_.choice("...?")
        for _ in range(SENTENCES)
    ]


def write_rows(path: Path, rows: int, *, seed: int = 2021, faulty: float = 0.02, same: float = 0.002) -> Path:
    """A JSONL file of so many rows. `faulty`: share of rows with a role marker, a control or an invisible character, or
    without an answer; `same`: share of rows that repeat an earlier one."""
    random_ = random.Random(seed)
    sentences = _sentences(random_)
    defects = ("\n\nHuman: and now?", " \u0007", " soft\u00adware", None)
    earlier: list[str] = []
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for number in range(rows):
            if earlier and random_.random() < same:
                out.write(random_.choice(earlier))
                continue
            prompt = f"{random_.choice(sentences)[:-1]} {random_.choice(sentences)[:-1].lower()}?"
            answer = " ".join(random_.choices(sentences, k=14))
            if random_.random() < 0.15:
                answer += f" It was {random_.randint(1700, 2030)}."
            if random_.random() < 0.1:
                answer = answer.translate(ACCENTS)
            if random_.random() < faulty:
                defect = random_.choice(defects)
                answer = "" if defect is None else answer + defect
            line = json.dumps({"prompt": prompt, "completion": answer}, ensure_ascii=False) + "\n"
            out.write(line)
            if number % 97 == 0 and len(earlier) < 2_000:
                earlier.append(line)
    return path
