"""Where a run's findings are written, and in which format: `--output-format FORMAT[=FILE]`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from palms_spec.engine.outcome import Outcome
from palms_spec.errors import UsageError
from palms_spec.render.formats import FORMATS, renderer
from palms_spec.render.terminal import ColorChoice, Output, Terminal, terminal_for
from palms_spec.render.view import View


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is asked for; without a file it goes to the standard output."""

    format: str
    file: Path | None


STATISTICS = {"full": "statistics", "concise": "statistics", "grouped": "statistics", "json": "statistics_json"}
"""What stands in for a format where counts are asked for."""


def parse_reports(
    values: Iterable[str], *, statistics: bool = False, formats: tuple[str, ...] = FORMATS
) -> list[Report]:
    """The reports that the values of `--output-format` ask for; with `statistics` counts by rule in their place.

    Raises UsageError for a format that does not exist or has no counts, and for two reports in one place.
    """
    reports = []
    for value in values:
        name, equals, file = value.partition("=")
        if name not in formats:
            from palms_spec.documents.suggestion import did_you_mean

            hint = did_you_mean(name, formats) or f"one of {', '.join(formats)}"
            raise UsageError(f"there is no output format {name}", hint=hint)
        if equals and not file:
            raise UsageError(f"--output-format {value} names no file")
        if statistics and name not in STATISTICS:
            raise UsageError(f"--statistics has no form in {name}", hint=f"there is {', '.join(STATISTICS)}")
        reports.append(Report(STATISTICS[name] if statistics else name, Path(file) if file else None))
    files = [report.file and Path(os.path.realpath(report.file)) for report in reports]
    if len(set(files)) < len(files):
        raise UsageError("two reports would be written to one place", hint="write one into a file: json=findings.json")
    return reports


def write_reports(outcome: Outcome, reports: Iterable[Report], view: View, color: ColorChoice) -> None:
    """Write reports to files, then what is for the standard output: a report, or how the run closes."""

    def closing(out: Output) -> None:
        from palms_spec.render.closing import write_closing

        write_closing(outcome, out, view.namer())

    write_each(reports, lambda name, out: renderer(name)(outcome, out, view), color, closing if view.closing else None)


def write_each(
    reports: Iterable[Report],
    write: Callable[[str, Output], None],
    color: ColorChoice,
    otherwise: Callable[[Output], None] | None = None,
) -> None:
    """Write reports to files, each as `write` does it for its format, then the one for the standard output, or what is
    written there `otherwise`."""
    out = Output(sys.stdout, terminal_for(sys.stdout, color))
    on_stdout = None
    for report in reports:
        if report.file is None:
            on_stdout = report
            continue
        try:
            with _replaced(report.file) as file:
                text = io.TextIOWrapper(file, "utf-8", errors="backslashreplace", newline="\n", write_through=True)
                write(report.format, Output(text, Terminal()))
                text.flush()
                text.detach()
        except OSError as error:
            raise UsageError(f"{report.file} cannot be written: {(error.strerror or str(error)).lower()}") from error
    if on_stdout is not None:
        write(on_stdout.format, out)
    elif otherwise is not None:
        otherwise(out)


@contextmanager
def _replaced(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which is there whole or not at all; a device or a pipe is written to as it is."""
    from palms_spec.sources.atomic import replacing

    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
    else:
        with replacing(path) as file:
            yield file
