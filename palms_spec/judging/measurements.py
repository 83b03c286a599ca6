"""How good judges are, kept in the project beside their names: `.palms/judges.json`.

It is meant to be read and to be under version control. What follows from counts is written out with its interval.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from palms_spec.analysis.agreement import Agreement
from palms_spec.analysis.proportions import Share
from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.judging.biases import Shift
from palms_spec.judging.figures import LABELS, SAID, Figures, Measured
from palms_spec.judging.labelled import LabelledSet
from palms_spec.sources.atomic import write_atomically
from palms_spec.sources.files import read_bytes
from palms_spec.sources.locked import locked

FILE = ".palms/judges.json"
LOCK_FILE = ".palms/cache/judges.lock"
MOST_BYTES = 20_000_000
DIGITS = 4


class Entry(BaseModel):
    """Something of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ValueEntry(Entry):
    """A figure with the bounds of its 95 % interval, and how many answers it comes from."""

    value: float
    low: float
    high: float
    of: int


class FiguresEntry(Entry):
    """Figures of a part of the answers. `counts` are by label and what the judge says: `violates as adheres`."""

    answers: int
    counts: dict[str, int]
    precision: ValueEntry | None
    recall: ValueEntry | None
    f1: ValueEntry | None
    accuracy: ValueEntry | None
    kappa: ValueEntry | None


class Measurement(Entry):
    """A judge on a set of labelled answers. `asked` says how: the model and its address, or the program; the votes and
    settings."""

    judge: str
    asked: dict[str, str]
    labelled: str
    labelled_sha256: str
    at: datetime
    whole: FiguresEntry
    by_category: dict[str, FiguresEntry]
    by_tier: dict[str, FiguresEntry]
    order_shift: ValueEntry | None
    order_changes: ValueEntry | None
    length_shift: ValueEntry | None


class Measurements(Entry):
    """All measurements, the oldest first; of a judge on one set of answers the last."""

    palms_judges: Literal[1] = 1
    measurements: list[Measurement] = Field(default_factory=list)

    def of(self, judge: str) -> list[Measurement]:
        """Those of a judge."""
        return [one for one in self.measurements if one.judge == judge]


def measurement(
    judge: str, asked: Mapping[str, str], labelled: LabelledSet, measured: Measured, now: datetime | None = None
) -> Measurement:
    """The entry for figures."""
    return Measurement(
        judge=judge,
        asked=dict(asked),
        labelled=labelled.path,
        labelled_sha256=labelled.sha256,
        at=(now or datetime.now(UTC)).replace(microsecond=0),
        whole=figures_entry(measured.whole),
        by_category={name: figures_entry(one) for name, one in measured.by_category.items()},
        by_tier={name: figures_entry(one) for name, one in measured.by_tier.items()},
        order_shift=value_entry(measured.order.shift if measured.order else None),
        order_changes=value_entry(measured.order.changed if measured.order else None),
        length_shift=value_entry(measured.length.shift if measured.length else None),
    )


def figures_entry(figures: Figures) -> FiguresEntry:
    """The entry for the figures of a part."""
    return FiguresEntry(
        answers=figures.answers,
        counts={f"{one} as {said}": figures.counts.get((one, said), 0) for one in LABELS for said in SAID},
        precision=value_entry(figures.precision),
        recall=value_entry(figures.recall),
        f1=value_entry(figures.f1),
        accuracy=value_entry(figures.accuracy),
        kappa=value_entry(figures.kappa),
    )


def value_entry(one: Share | Agreement | Shift | None) -> ValueEntry | None:
    """The entry for a figure."""
    if one is None:
        return None
    return ValueEntry(
        value=round(one.value, DIGITS), low=round(one.low, DIGITS), high=round(one.high, DIGITS), of=one.of
    )


def read_measurements(root: Path) -> Measurements:
    """Those of a project, none if there is no file. Raises UsageError for a file that is not as it was written."""
    path = root / FILE
    if not path.exists():
        return Measurements()
    try:
        return Measurements.model_validate_json(read_bytes(path, MOST_BYTES))
    except UnreadableSource as error:
        raise UsageError(f"{FILE}: {error.message}", hint=error.hint) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(
            f"{FILE} is not as palms judge wrote it: {where + ': ' if where else ''}{first['msg'].lower()}",
            hint="mend it, or move it away and measure again: what judges said is kept, so it costs nothing",
        ) from None


def note_measurement(root: Path, entry: Measurement) -> None:
    """Add a measurement to those of a project, in place of an older one of the same judge on the same answers."""
    with locked(root / LOCK_FILE, patience=60.0, busy=f"another palms is writing {FILE}"):
        found = read_measurements(root)
        key = (entry.judge, entry.labelled_sha256)
        kept = [one for one in found.measurements if (one.judge, one.labelled_sha256) != key]
        value = Measurements(measurements=[*kept, entry]).model_dump(mode="json")
        path = root / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, (json.dumps(value, indent=2) + "\n").encode("ascii"))
