"""A corrected copy of a training file, and the list of changes, made row by row.

What mends an error is *necessary*, what mends a lesser finding *advisable*. A row is changed until nothing is left to
change, and a change is kept only if the row, read again, is without what it was to mend.
"""

from __future__ import annotations

import codecs
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

from palms_spec.engine.fixing import PASSES
from palms_spec.engine.mending import apart, edits_of, kept
from palms_spec.engine.rereading import edited
from palms_spec.engine.row_mapping import RowMapper
from palms_spec.findings import Edit, Finding
from palms_spec.sources.jsonl import MAX_ROW_BYTES

Need = Literal["necessary", "advisable"]
REPEATED = "duplicate-sample"
LEFT_OUT = "leave the row out, which stands before it already"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the row in a line of the file that was checked, `made` in the copy or not. `texts` are what stood
    there and what stands there instead; of a row that is left out there are none."""

    line: int
    rule: str
    need: Need
    made: bool
    what: str
    pointer: str = ""
    texts: tuple[tuple[str, str], ...] = ()


class Correcting:
    """Makes the copy. `judged` says how a finding counts: with another severity than the rule's, or, as None, not at
    all. With `advisable` these changes are made as well."""

    def __init__(
        self, path: str, mapper: RowMapper, judged: Callable[[Finding], Finding | None], *, advisable: bool
    ) -> None:
        self._path = path
        self._mapper = mapper
        self._judged = judged
        self._advisable = advisable

    def copy(self, source: Path, write: Callable[[bytes], object], repeated: Iterable[int]) -> Iterator[Change]:
        """Write the copy; the changes, in order. `repeated` are the offsets of rows that stand in the file already."""
        again = array("Q", sorted(repeated))
        number = offset = at = 0
        with source.open("rb") as file:
            for line, is_whole in _lines(file):
                number += 1
                while at < len(again) and again[at] < offset:
                    at += 1
                start = offset
                offset += len(line)
                if start == 0 and line.startswith(codecs.BOM_UTF8):
                    marked, changes = self._marked(number)
                    yield from changes
                    start = len(codecs.BOM_UTF8)
                    write(b"" if marked else codecs.BOM_UTF8)
                    line = line[start:]
                if not is_whole:
                    write(line)
                    number -= not line.endswith(b"\n")
                    continue
                body = line.rstrip(b"\n").removesuffix(b"\r")
                if at < len(again) and again[at] == start:
                    yield Change(number, REPEATED, "advisable", self._advisable, LEFT_OUT)
                    if self._advisable:
                        continue
                if self._mapper.is_plain(body):
                    write(line)
                    continue
                raw = body if body.strip(b" \t\r") else line.rstrip(b"\n")
                row, changes = self._corrected(raw, number, start)
                yield from changes
                if row is not None:
                    write(row + line[len(raw) :])

    def _marked(self, number: int) -> tuple[bool, list[Change]]:
        """Whether the byte order mark is taken away, and that change."""
        findings = self._wanted(self._mapper.findings_of_mark(self._path))
        changes = [self._change(finding, number, codecs.BOM_UTF8, 0) for finding in findings]
        return any(change.made for change in changes), changes

    def _corrected(self, body: bytes, number: int, offset: int) -> tuple[bytes | None, list[Change]]:
        """A row after all changes, None where it is left out, and the changes."""
        changes: list[Change] = []
        found = self._mapper.findings_in(self._path, body, number, offset)
        for _ in range(PASSES):
            findings = self._wanted(found)
            wanted = [finding for finding in findings if self._is_made(finding)]
            if any(_is_row(finding, body, offset) for finding in wanted):
                return None, [*changes, *(self._change(finding, number, body, offset) for finding in wanted[:1])]
            after: dict[bytes, list[Finding]] = {}
            holds = partial(self._holds, found, body, number, offset, after)
            chosen, _ = kept(apart(wanted), holds)
            if not chosen:
                changes += [
                    self._change(finding, number, body, offset) for finding in findings if not self._is_made(finding)
                ]
                break
            changes += [self._change(finding, number, body, offset) for finding in chosen]
            body = edited(body, edits_of(chosen), offset)
            found = after[body]
        return body, changes

    def _wanted(self, findings: Iterable[Finding]) -> list[Finding]:
        judged = (self._judged(finding) for finding in findings if finding.fix is not None and finding.fix.edits)
        return [finding for finding in judged if finding is not None]

    def _holds(
        self,
        before: list[Finding],
        body: bytes,
        number: int,
        offset: int,
        after: dict[bytes, list[Finding]],
        some: Sequence[Finding],
    ) -> bool:
        """Whether a row, once it is changed, is without what the changes were to mend. What is found in it goes to
        `after`."""
        new = edited(body, edits_of(some), offset)
        found = after[new] = self._mapper.findings_in(self._path, new, number, offset)
        left, had = (Counter(finding.rule for finding in findings) for findings in (found, before))
        if left["syntax-error"] or left["unreadable-document"]:
            return False
        mended = Counter(finding.rule for finding in some)
        return all(left[rule] <= had[rule] - count for rule, count in mended.items())

    def _is_made(self, finding: Finding) -> bool:
        return self._advisable or finding.severity == "error"

    def _change(self, finding: Finding, number: int, body: bytes, offset: int) -> Change:
        assert finding.fix is not None
        texts = tuple(_texts(edit, body, offset) for edit in finding.fix.edits)
        return Change(
            number,
            finding.rule,
            "necessary" if finding.severity == "error" else "advisable",
            self._is_made(finding),
            finding.fix.message,
            finding.place.pointer,
            () if _is_row(finding, body, offset) else texts,
        )


def _is_row(finding: Finding, body: bytes, offset: int) -> bool:
    """Whether a fix takes the whole row out."""
    assert finding.fix is not None
    return any(edit.start <= offset and edit.end > offset + len(body) for edit in finding.fix.edits)


def _texts(edit: Edit, body: bytes, offset: int) -> tuple[str, str]:
    return body[max(edit.start - offset, 0) : max(edit.end - offset, 0)].decode("utf-8", "backslashreplace"), edit.text


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The lines of a file with their ends; one that is too long to be looked at comes in pieces (False)."""
    is_whole = True
    while line := file.readline(MAX_ROW_BYTES + 2):
        ends = line.endswith(b"\n")
        goes_on = not ends and len(line) == MAX_ROW_BYTES + 2
        yield line, is_whole and not goes_on
        is_whole = ends or (is_whole and not goes_on)
