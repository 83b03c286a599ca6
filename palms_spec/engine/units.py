"""What a run looks at piece by piece, and what each piece yields."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from palms_spec.documents.discovery import ROW_SUFFIXES
from palms_spec.documents.project import Project
from palms_spec.engine.packing import dumps, loads
from palms_spec.engine.timing import RuleTimes
from palms_spec.facts.row_totals import RowTotals
from palms_spec.facts.totals import Totals

if TYPE_CHECKING:
    from palms_spec.sources.jsonl import Shard


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file with samples. `number` is its place among all such files, `context` that of its dataset's context."""

    number: int
    path: str
    context: int
    name: str = ""

    @property
    def has_rows(self) -> bool:
        """Whether it is JSONL."""
        return self.path.endswith(ROW_SUFFIXES)


@dataclass(frozen=True, slots=True)
class RowUnit:
    """A stretch of the rows of a file, which lies at `shard.path`, unpacked if need be."""

    file: SampleFile
    shard: Shard


@dataclass(slots=True)
class Yield:
    """What a unit yielded: findings and suppressions as packed rows (`packing`) in order, totals, keys without the
    file's number. `times` are those of rules that ran in another process, if they were measured; `rows` adds up the
    rows of a training file."""

    findings: bytes = b""
    totals: Totals = field(default_factory=Totals)
    keys: array[int] = field(default_factory=lambda: array("Q"))
    suppressions: bytes = b""
    times: RuleTimes = field(default_factory=dict)
    rows: RowTotals | None = None

    def as_bytes(self) -> bytes:
        """For a cache; `from_bytes` reads it back."""
        head = dumps([self.totals.as_json(), len(self.findings), len(self.suppressions)])
        return head + b"\n" + self.findings + self.suppressions + self.keys.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Yield:
        """What `as_bytes` wrote on a machine of the same byte order."""
        head, _, rest = data.partition(b"\n")
        totals, length, more = loads(head)
        keys = array("Q")
        keys.frombytes(rest[length + more :])
        return cls(rest[:length], Totals.from_json(totals), keys, rest[length : length + more])


def sample_files(project: Project) -> list[SampleFile]:
    """All files with samples, in order of path. Context 0 is that of the first dataset; anonymous files come after
    them,
    with a context of their own."""
    found = list(_claimed(project))
    found += [(path, len(project.datasets), "") for path in project.anonymous]
    ordered = sorted(found, key=lambda file: file[0])
    return [SampleFile(number, path, context, name) for number, (path, context, name) in enumerate(ordered)]


def _claimed(project: Project) -> Iterator[tuple[str, int, str]]:
    taken: set[str] = set()
    for number, dataset in enumerate(project.datasets):
        folder = dataset.folder
        if dataset.document.published:
            yield from ((path, number, dataset.model.id) for path in dataset.files)
            continue
        for path in dataset.files:
            if path not in taken:
                taken.add(path)
                yield path, number, _sample_name(folder, path)


def _sample_name(folder: str, path: str) -> str:
    """The path below the dataset without `samples/` and the ending."""
    below = path.removeprefix(folder + "/") if folder != "." else path
    stem, dot, ending = below.removeprefix("samples/").rpartition(".")
    return stem if dot and "/" not in ending else stem + dot + ending
