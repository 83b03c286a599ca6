"""From the rows of files to conversations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from palms_spec.training.readers.conversation import Conversation, UnfitRow
from palms_spec.training.readers.formats import Format, readings
from palms_spec.training.readers.own_form import system_of
from palms_spec.training.readers.source_files import SourceFile
from palms_spec.training.readers.source_rows import SourceRow, source_rows


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row with its conversations; where it has none, `problem` says why."""

    file: SourceFile
    row: SourceRow
    conversations: tuple[Conversation, ...] = ()
    problem: str = ""


def read_rows(files: Iterable[SourceFile], form: Format) -> Iterator[ReadRow]:
    """All rows of the files, read in a format."""
    for file in files:
        for row in source_rows(file):
            if row.problem:
                yield ReadRow(file, row, problem=row.problem)
                continue
            try:
                yield ReadRow(file, row, tuple(_conversations(row, form)))
            except UnfitRow as error:
                yield ReadRow(file, row, problem=error.message)


def _conversations(row: SourceRow, form: Format) -> list[Conversation]:
    value = row.value
    if not isinstance(value, dict):
        raise UnfitRow("the row is no mapping")
    if not form.found_in(value, nulls=True):
        wanted = " and ".join(form.keys[0])
        others = [one.name for one in readings(value)]
        what = f"; it is of the format {others[0]}" if others else f"; it has {', '.join(list(value)[:8]) or 'no keys'}"
        raise UnfitRow(f"the row has no {wanted}{what}")
    return form.read(value)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is to be known of rows before samples are made of them: how many conversations they hold, and the system
    prompt with which all of these begin, None if there is none."""

    conversations: int
    system: str | None


def survey(rows: Iterable[ReadRow]) -> Survey:
    """Go through the rows once."""
    count = 0
    systems: set[str | None] = set()
    for row in rows:
        count += len(row.conversations)
        if len(systems) < 2:
            systems.update(map(system_of, row.conversations))
    (system,) = systems if len(systems) == 1 else (None,)
    return Survey(count, system if system is not None and _can_be_said(system) else None)


def _can_be_said(system: str) -> bool:
    """Whether a dataset can have this prompt: a blank one, or one with half of a surrogate pair, is no text there."""
    return bool(system.strip()) and not any("\ud800" <= character <= "\udfff" for character in system)
