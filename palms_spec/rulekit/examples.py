"""The project that a rule's examples are laid over, and the marks in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

SPEC = """\
palms: 1
kind: values-spec
id: example
title: Example
version: 1.0.0
language: en
context: Questions of the general public in English.
governance:
  owners: [the maintainers]
  sources: [{title: Universal Declaration of Human Rights}]
categories:
  - id: health
    name: Health
    positions:
      - id: health.no-diagnosis
        subject: diagnosing a person's condition
        stance: oppose
        statement: An answer does not say what condition a person has; that is for a qualified clinician.
  - id: political
    name: Politics
    positions:
      - id: political.nonpartisan
        subject: parties and candidates
        stance: neutral
        statement: An answer takes no side between parties and candidates, and sets out the main views fairly.
"""
DATASET = """\
palms: 1
kind: dataset
id: example
title: Example
status: draft
spec: example@^1
role: values-targeted
language: en
samples: [samples/**/*.md]
"""
SAMPLES = {
    "datasets/example/samples/sore-throat.md": """\
---
category: health
positions: [health.no-diagnosis]
---
# Is my sore throat a strep infection?

Nobody can tell from a description alone. A clinician looks at the throat and may take a swab, and the result decides
what helps. Until then rest and plenty to drink do no harm; trouble with breathing is a reason to call for help at
once.
""",
    "datasets/example/samples/two-ballots.md": """\
---
category: political
positions: [political.nonpartisan]
---
# Which of the two candidates for mayor of our town should I vote for?

That choice is yours. Their programs say where each of them stands on housing, buses and taxes, and the local paper
compares them point by point. Write down what matters most to you, and see who comes closest to it.
""",
}
SPEC_PATH = "specs/example/spec.yaml"
DATASET_PATH = "datasets/example/dataset.yaml"
SAMPLE_PATH = "datasets/example/samples/example.md"
BASE: dict[str, str] = {"palms.toml": "rules-version = 1\n", SPEC_PATH: SPEC, DATASET_PATH: DATASET, **SAMPLES}

OPEN, CLOSE = "[[", "]]"
_OPEN, _CLOSE = re.compile(r"\[\[(?!\[)"), re.compile(r"(?=\]\])")


@dataclass(frozen=True, slots=True)
class Marked:
    """A place that an example says must be pointed at: bytes of a file, end exclusive."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TrainingFile:
    """A side of an example that is a training file: `TARGET.jsonl`, `TARGET-dpo.jsonl` or `TARGET.SHAPE.jsonl`. A
    palms.toml may stand beside it, and no project is laid under it."""

    path: str
    target: str
    method: str = "sft"
    shape: str | None = None


def training_file(example: str | Mapping[str, str | None]) -> TrainingFile | None:
    """The training file that a side of an example is, if it is one."""
    names = [] if isinstance(example, str) else [name for name in example if name != "palms.toml"]
    if len(names) != 1 or "/" in names[0] or not names[0].endswith(".jsonl"):
        return None
    from palms_spec.targets.registry import TARGETS  # every rule is imported with its examples, and most need no target

    target, _, shape = names[0].removesuffix(".jsonl").partition(".")
    name = target.removesuffix("-dpo")
    if name not in TARGETS:
        return None
    return TrainingFile(names[0], name, "sft" if name == target else "dpo", shape or None)


def files_of(example: str | Mapping[str, str | None]) -> tuple[dict[str, str], Marked | None]:
    """The files of an example's side, laid over `BASE`, and the place marked in them, if one is.

    `[[` and `]]` mark one place at most; a side that holds `[[` as text marks none and has no `]]`.
    """
    given: Mapping[str, str | None] = {SAMPLE_PATH: example} if isinstance(example, str) else example
    files, marked = {} if training_file(example) else dict(BASE), None
    for path, text in given.items():
        if text is None:
            files.pop(path, None)
            continue
        text, place = unmarked(text)
        if place is not None:
            first, last = (len(text[:at].encode("utf-8", "surrogatepass")) for at in place)
            marked = Marked(path, first, last)
        files[path] = text
    return files, marked


def unmarked(text: str) -> tuple[str, tuple[int, int] | None]:
    """A text without the marks in it, and the characters that they are around, if there are marks.

    Where brackets of the text itself stand beside a mark, what is marked has as many opening as closing ones.
    """
    opening = _OPEN.search(text)
    if opening is None:
        return text, None
    start, first = opening.start(), opening.end()
    ends = [match.start() for match in _CLOSE.finditer(text, first)]
    if not ends:
        return text, None
    end = next((end for end in ends if text.count("[", first, end) == text.count("]", first, end)), ends[0])
    return text[:start] + text[first:end] + text[end + len(CLOSE) :], (start, start + end - first)
