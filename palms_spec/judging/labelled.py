"""Labelled answers: what judges are measured on. One JSON object a line, as in `benchmarks/positions`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from palms_spec.analysis.words import count_words
from palms_spec.documents.sample import Turn
from palms_spec.documents.spec import Position
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.errors import UsageError
from palms_spec.judging.case import Case, case_of
from palms_spec.sources.files import read_bytes

Label = Literal["adheres", "violates"]
MOST_BYTES = 500_000_000
MOST_TOLD = 5
_Filled = Annotated[str, StringConstraints(pattern=r"\S")]


class LabelledLine(BaseModel):
    """A line of such a file. What is besides, as `kind`, is left alone."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    id: _Filled
    category: str = ""
    position: _Filled
    prompt: _Filled
    answer: _Filled
    label: Label
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer whose verdict is known."""

    case: Case
    label: Label
    category: str
    tier: str

    @property
    def words(self) -> int:
        """How long the answer is."""
        return count_words(self.case.turns[-1].content)


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """All answers of a file, `sha256` of its bytes in hex."""

    path: str
    sha256: str
    answers: tuple[Labelled, ...]


def read_labelled(path: Path, positions: Mapping[str, Position]) -> LabelledSet:
    """The labelled answers in a file; `positions` are those that they may name, by id.

    Raises UsageError, which tells of the first few lines that are none, UnreadableSource where the file cannot be read.
    """
    data = read_bytes(path, MOST_BYTES)
    answers: list[Labelled] = []
    problems: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        found = _answer(raw, path, positions)
        if isinstance(found, str):
            problems.append(f"line {number}: {found}")
        elif found.case.key in seen:
            problems.append(f"line {number}: the same answer on the same position as in line {seen[found.case.key]}")
        else:
            seen[found.case.key] = number
            answers.append(found)
    if problems:
        more = f"; and {len(problems) - MOST_TOLD:,} more" if len(problems) > MOST_TOLD else ""
        raise UsageError(
            f"{path} does not hold labelled answers: {'; '.join(problems[:MOST_TOLD])}{more}",
            hint='a line is {"id", "category", "tier", "position", "prompt", "answer", "label"}; the label is adheres '
            "or violates",
        )
    if not answers:
        raise UsageError(f"{path} holds no labelled answer")
    return LabelledSet(path.as_posix(), sha256(data).hexdigest(), tuple(answers))


def _answer(raw: bytes, path: Path, positions: Mapping[str, Position]) -> Labelled | str:
    """The answer of a line, or what is wrong with it."""
    try:
        line = LabelledLine.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        return f"{where + ': ' if where else ''}{first['msg'][:1].lower()}{first['msg'][1:]}"
    position = positions.get(line.position)
    if position is None:
        near = did_you_mean(line.position, positions)
        return f"there is no position {line.position}" + (f" ({near})" if near else "")
    turns = (Turn("user", line.prompt, ""), Turn("assistant", line.answer, ""))
    return Labelled(case_of(line.id, path.name, turns, position), line.label, line.category, line.tier)
