"""What came of reading files into a dataset."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS
from palms_spec.training.readers.detection import Detected
from palms_spec.training.readers.source_files import SourceFile


@dataclass(slots=True)
class NotImported:
    """A row, or one of several samples in a row, of which there is no sample, and why. `line` and `row` count from 1,
    and are 0 where there are none. It may stand for `count` rows of the file, as the first of them."""

    file: str
    line: int
    row: int
    reason: str
    count: int = 1


@dataclass(slots=True)
class Imported:
    """What came of an import. `columns` counts the samples in whose metadata each column of the source stands now.

    `not_imported` holds rows that are not there, by reason or one by one; there may be more, and `lost` counts all.
    Where there is no sample, nothing was written.
    """

    files: tuple[SourceFile, ...]
    detected: Detected
    folder: Path
    dataset: str
    as_files: bool = True
    system: str | None = None
    rows: int = 0
    samples: int = 0
    lost: int = 0
    not_imported: list[NotImported] = field(default_factory=list)
    columns: Counter[str] = field(default_factory=Counter)

    @property
    def exit_code(self) -> int:
        """1 if a row was not imported."""
        return EXIT_FINDINGS if self.lost or not self.samples else EXIT_CLEAN
