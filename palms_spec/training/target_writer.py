"""The files of one target, written side by side with those of others while the records pass by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from palms_spec.documents.splits import SPLITS, SplitName
from palms_spec.targets.plan import Plan
from palms_spec.training.dialect import Dialect, Features
from palms_spec.training.fields import features_of, without_place
from palms_spec.training.portable import check_file, row_bytes
from palms_spec.training.record import Record
from palms_spec.training.row_file import RowFile, Written
from palms_spec.training.shapes.emitter import emitter
from palms_spec.training.token_counts import TokenTally
from palms_spec.training.turn_order import out_of_order
from palms_spec.training.unfit import Refusals, Unfit

MIXED = Unfit(
    "mixed-columns",
    "other fields than in the first row: some samples have tools or a system prompt, and others have none",
    "give it to all samples or to none, or keep them in two datasets",
)
LINES_FILE = "lines.jsonl"


@dataclass(slots=True)
class Part:
    """One split while it is written."""

    file: RowFile
    tokens: TokenTally = field(default_factory=TokenTally)
    categories: Counter[str] = field(default_factory=Counter)


class TargetWriter:
    """Writes rows into a folder, a file a split, and keeps why they cannot be written.

    `seen` are the features that records turned out to have; where they are more than the dialect was made for, the
    rows have to be written again with a dialect that knows them.
    """

    def __init__(self, plan: Plan, folder: Path, features: Features) -> None:
        self.plan = plan
        self.seen = Features()
        self.refusals = Refusals()
        self.parts: dict[SplitName, Part] = {}
        self._folder = folder
        self._dialect = Dialect.of(plan.profile, plan.method).with_features(plan.profile, features)
        self._emit = emitter(plan.shape)
        self._keys: frozenset[str] | None = None
        self._limit = plan.limits.row_tokens.value if plan.limits.row_tokens else None

    def add(self, record: Record, split: SplitName, tokens: int) -> None:
        """Write the row of a record, unless something is in its way."""
        written = self._row(record)
        if isinstance(written, Unfit):
            self.refusals.add(written, record.id)
            return
        part = self.parts.get(split) or self._open(split)
        part.file.add(written)
        part.tokens.add(tokens, self._limit)
        if record.category is not None:
            part.categories[record.category] += 1

    def _row(self, record: Record) -> bytes | Unfit:
        dialect, plan = self._dialect, self.plan
        if not record.plain:
            features = features_of(record)
            self.seen |= features
            if unfit := without_place(features, plan.profile, plan.method):
                return unfit
        unfit = out_of_order(record.messages, dialect.turns, dialect.system_first)
        if unfit is not None:
            return unfit
        row = self._emit(record, dialect)
        if isinstance(row, Unfit):
            return row
        if row.keys() != self._keys:
            if self._keys is not None:
                return MIXED
            self._keys = frozenset(row)
        if dialect.markers and (unfit := reserved_marker(record.texts, dialect.markers)):
            return unfit
        return row_bytes(row)

    def _open(self, split: SplitName) -> Part:
        part = self.parts[split] = Part(RowFile(self._folder / f"{split}.jsonl"))
        return part

    def close(self) -> dict[SplitName, Written]:
        """Finish the files, read them back, and check them; in order of the splits. Raises NotPortable."""
        found: dict[SplitName, Written] = {}
        for split in SPLITS:
            if split in self.parts:
                written = found[split] = self.parts[split].file.close()
                assert written.rows is not None
                check_file(self._folder / written.file, digest=written.sha256, rows=written.rows)
        return found

    def abandon(self) -> None:
        """Let go of all files."""
        for part in self.parts.values():
            part.file.abandon()


def reserved_marker(texts: list[str], markers: tuple[str, ...]) -> Unfit | None:
    """A text that the target keeps for itself, if it stands somewhere."""
    for marker in markers:
        if any(marker in text for text in texts):
            return Unfit("reserved-marker", f"{marker} stands in a text, and the job fails on it", "reword the text")
    return None
