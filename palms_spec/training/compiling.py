"""All records to all targets, in one pass if possible."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from palms_spec.documents.splits import SplitName
from palms_spec.targets.plan import Plan
from palms_spec.training.dialect import Features
from palms_spec.training.limits import check_limits
from palms_spec.training.record import Record
from palms_spec.training.row_file import RowFile, Written, write_whole
from palms_spec.training.side_files import side_files
from palms_spec.training.target_writer import LINES_FILE, TargetWriter
from palms_spec.training.token_counts import TokenCounter, TokenTally
from palms_spec.training.unfit import Refusal

NAMED_SAMPLES = 10_000
"""Up to so many sample ids a split are kept for the manifest; the lines file has them all."""
Records = Callable[[], Iterator[Record]]
SplitOf = Callable[[str], SplitName]


@dataclass(frozen=True, slots=True)
class SplitFile:
    """What was written of one split. `samples` is None where there are more than NAMED_SAMPLES."""

    name: SplitName
    written: Written
    tokens: TokenTally
    categories: dict[str, int]
    samples: list[str] | None


@dataclass(frozen=True, slots=True)
class TargetFiles:
    """What came of one target: files in its folder, complete and checked, or why there are none.

    `tokens_by` says how tokens were counted, `tokens_exact` whether that is more than an estimate.
    """

    plan: Plan
    splits: tuple[SplitFile, ...]
    others: tuple[Written, ...]
    refusals: tuple[Refusal, ...]
    tokens_by: str
    tokens_exact: bool


class _Lines:
    """The file that says which sample each line comes from, and the ids by split."""

    def __init__(self, path: Path) -> None:
        self.samples: dict[SplitName, list[str]] = {}
        self._file = RowFile(path)
        self._counts: dict[SplitName, int] = {}

    def add(self, record: Record, split: SplitName) -> None:
        """Note the next line of a split."""
        line = self._counts[split] = self._counts.get(split, 0) + 1
        if line <= NAMED_SAMPLES:
            self.samples.setdefault(split, []).append(record.id)
        row = {
            "file": f"{split}.jsonl",
            "line": line,
            "sample": record.id,
            "path": record.path,
            "category": record.category,
            "positions": record.positions,
        }
        self._file.add(orjson.dumps(row))

    def named(self, split: SplitName) -> list[str] | None:
        """The ids of a split, if they are not too many."""
        return self.samples[split] if self._counts[split] <= NAMED_SAMPLES else None

    def close(self) -> Written:
        """Finish the file."""
        return self._file.close()

    def abandon(self) -> None:
        """Let go of the file."""
        self._file.abandon()


def write_targets(
    records: Records,
    places: Sequence[tuple[Plan, Path]],
    *,
    dataset: str,
    split_of: SplitOf,
    wanted: frozenset[SplitName],
) -> list[TargetFiles]:
    """Write the rows of all records into the folder of each plan, and what goes beside them.

    `records` gives the records anew each time it is called; that is more than once only if some have weights, which
    all rows then have to say. `dataset` is the id under which trainers know the files.
    """
    features = Features()
    while True:
        run = _Run(places, features, wanted)
        try:
            run.take(records(), split_of)
            if run.seen == features:
                return run.finish(dataset)
        finally:
            run.abandon()
        features |= run.seen


class _Run:
    """One pass over the records."""

    def __init__(self, places: Sequence[tuple[Plan, Path]], features: Features, wanted: frozenset[SplitName]) -> None:
        self._places = places
        self._wanted = wanted
        self._writers = [TargetWriter(plan, folder, features) for plan, folder in places]
        self._counters = {plan.encoding: TokenCounter(plan.encoding) for plan, _ in places}
        self._lines = _Lines(places[0][1] / LINES_FILE)

    def take(self, records: Iterator[Record], split_of: SplitOf) -> None:
        """Write every record of the wanted splits."""
        counters = list(self._counters.values())
        numbers = {encoding: number for number, encoding in enumerate(self._counters)}
        writers = [(writer, numbers[writer.plan.encoding]) for writer in self._writers]
        for record in records:
            split = split_of(record.id)
            if split in self._wanted:
                texts = record.texts
                tokens = [counter.count(texts) for counter in counters]
                for writer, number in writers:
                    writer.add(record, split, tokens[number])
                self._lines.add(record, split)

    @property
    def seen(self) -> Features:
        """The features that records turned out to have."""
        found = Features()
        for writer in self._writers:
            found |= writer.seen
        return found

    def finish(self, dataset: str) -> list[TargetFiles]:
        """Close and check all files, and write what goes beside them."""
        lines, first = self._lines.close(), self._places[0][1]
        return [
            self._finished(writer, folder, first, lines, dataset)
            for writer, (_, folder) in zip(self._writers, self._places, strict=True)
        ]

    def _finished(self, writer: TargetWriter, folder: Path, first: Path, lines: Written, dataset: str) -> TargetFiles:
        plan, counter = writer.plan, self._counters[writer.plan.encoding]
        files = {} if writer.refusals else writer.close()
        if not writer.refusals:
            check_limits(plan, self._wanted, files, writer.refusals)
        if writer.refusals:
            return TargetFiles(plan, (), (), writer.refusals.all(), counter.by, counter.exact)
        if folder != first:
            shutil.copyfile(first / LINES_FILE, folder / LINES_FILE)
        beside = side_files(plan, dataset, [(split, written.file) for split, written in files.items()])
        others = (lines, *(write_whole(folder / name, data) for name, data in beside.items()))
        splits = tuple(
            SplitFile(
                split,
                written,
                writer.parts[split].tokens,
                dict(sorted(writer.parts[split].categories.items())),
                self._lines.named(split),
            )
            for split, written in files.items()
        )
        return TargetFiles(plan, splits, others, (), counter.by, counter.exact)

    def abandon(self) -> None:
        """Let go of all files; those that are finished stay as they are."""
        self._lines.abandon()
        for writer in self._writers:
            writer.abandon()
