"""The texts of samples that were edited, read when they are to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.comparison.change import Change, Side
from palms_spec.documents.context import SampleContext
from palms_spec.documents.identity import content_id
from palms_spec.documents.sample import Sample, Turn
from palms_spec.errors import UnreadableSource
from palms_spec.sources.tree_lines import lines_of
from palms_spec.workflows.versions import ReadVersion, samples_in, samples_in_rows

USUAL = 2
"""Turns of a question and its answer, whose roles go without saying."""


class SampleTexts:
    """Texts of both versions of a sample, asked for by change. All files that hold one are got ready with the first,
    and the last that was read is remembered."""

    def __init__(self, base: ReadVersion, head: ReadVersion, changes: Iterable[Change]) -> None:
        self._base, self._head = _Version(base), _Version(head)
        self._changes: list[Change] | None = [change for change in changes if change.kind == "sample-edited"]

    def of(self, change: Change) -> tuple[str, str]:
        """The texts before and now of an edited sample; of all other changes none."""
        if change.kind != "sample-edited" or change.base is None or change.head is None:
            return "", ""
        if self._changes is not None:
            self._base.hold(one.base for one in self._changes)
            self._head.hold(one.head for one in self._changes)
            self._changes = None
        return self._base.text(change.document, change.base), self._head.text(change.document, change.head)


class _Version:
    def __init__(self, version: ReadVersion) -> None:
        self._tree = version.tree
        self._contexts = {entry.model.id: entry.context for entry in version.project.datasets}
        self._lines: dict[str, set[int]] = {}
        self._read: tuple[str, dict[tuple[int, str], Sample]] = ("", {})

    def hold(self, sides: Iterable[Side | None]) -> None:
        """Get ready to read these; of rows, only theirs are read."""
        given = [side for side in sides if side is not None]
        self._tree.hold({side.path for side in given if not side.line})
        for side in given:
            if side.line:
                self._lines.setdefault(side.path, set()).add(side.line)

    def text(self, dataset: str, side: Side) -> str:
        """The text of one of them, "" where it cannot be read any more."""
        if self._read[0] != side.path:
            try:
                self._read = side.path, dict(self._samples(side.path, self._contexts[dataset]))
            except UnreadableSource:
                self._read = side.path, {}
        samples = self._read[1]
        sample = samples.get((side.line, side.item)) or (next(iter(samples.values())) if len(samples) == 1 else None)
        return "" if sample is None else _told(sample)

    def _samples(self, path: str, context: SampleContext) -> Iterator[tuple[tuple[int, str], Sample]]:
        if path in self._lines:
            rows = samples_in_rows(lines_of(self._tree, path), context, self._lines[path])
        else:
            rows = ((0, sample) for sample in samples_in(path, self._tree.read(path), "", context))
        for line, sample in rows:
            yield (line, sample.id or content_id(sample.turns)), sample


def _told(sample: Sample) -> str:
    both = [(sample.turns, ""), (sample.rejected, "rejected: ")]
    return "\n\n".join(f"{before}{_turn(turn, usual=len(turns) <= USUAL)}" for turns, before in both for turn in turns)


def _turn(turn: Turn, *, usual: bool) -> str:
    return turn.content if usual else f"{turn.role}: {turn.content}"
