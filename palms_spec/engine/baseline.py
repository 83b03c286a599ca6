"""The baseline: a committed file of findings that are accepted, so that only new ones are shown.

An entry is known by its fingerprint, over rule, document, pointer and the text that was pointed at, never by a line;
the text itself is not in the file, because it may be what should not be repeated. One entry a line, in order.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from palms_spec.engine.packing import loads
from palms_spec.errors import ConfigurationError, UnreadableSource
from palms_spec.findings import BaselineEntry, Finding, Place, Span
from palms_spec.sources.files import read_bytes

FILE_NAME = "palms-baseline.json"
VERSION = 1
MAX_BYTES = 200_000_000
NOT_ACCEPTED = ("SUP", "RUN")
"""Families that no baseline accepts: findings about suppressions and baselines, and rules that failed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry of a baseline, and how many of the findings that it accepts are still there."""

    entry: BaselineEntry
    found: int


_TEXTS = ("rule", "path", "document", "pointer", "fingerprint")


def read_baseline(path: Path) -> tuple[BaselineEntry, ...]:
    """The entries of a baseline. Raises ConfigurationError for a file that is none."""
    where = path.name
    try:
        value: Any = loads(read_bytes(path, MAX_BYTES))
    except UnreadableSource as error:
        hint = "`palms baseline write` writes it"
        raise ConfigurationError([f"the baseline cannot be read: {error.message}"], where=where, hint=hint) from error
    except (ValueError, RecursionError) as error:
        raise ConfigurationError([f"the baseline is no JSON: {error}"], where=where) from error
    version = value.get("version") if isinstance(value, dict) else None
    if version != VERSION:
        problem = f"expected a baseline of version {VERSION}, found " + (f"version {version}" if version else "none")
        hint = "upgrade palms-spec" if isinstance(version, int) and version > VERSION else "write it anew"
        raise ConfigurationError([problem], where=where, hint=hint)
    rows = value.get("findings")
    if not isinstance(rows, list) or not all(map(_is_entry, rows)):
        wanted = ", ".join((*_TEXTS, "count"))
        raise ConfigurationError([f"expected findings, each with {wanted}"], where=where, hint="write it anew")
    return tuple(BaselineEntry(**{name: row[name] for name in (*_TEXTS, "count")}) for row in rows)


def _is_entry(row: Any) -> bool:
    texts = isinstance(row, dict) and all(isinstance(row.get(name), str) for name in _TEXTS)
    return texts and type(row.get("count")) is int and row["count"] > 0


def entries_of(findings: Iterable[Finding]) -> list[BaselineEntry]:
    """The entries that accept these findings, in order. Findings that no baseline accepts are passed over."""
    found: dict[str, BaselineEntry] = {}
    for finding in findings:
        if finding.code.startswith(NOT_ACCEPTED):
            continue
        mark, place = finding.fingerprint, finding.place
        if mark in found:
            found[mark] = replace(found[mark], count=found[mark].count + 1)
        else:
            found[mark] = BaselineEntry(finding.rule, finding.path, place.document, place.pointer, mark)
    return sorted(found.values(), key=lambda entry: entry.sort_key)


def baseline_text(entries: Iterable[BaselineEntry]) -> str:
    """The text of a baseline, in ASCII, an entry a line."""
    rows = (json.dumps(_row(entry)) for entry in sorted(entries, key=lambda entry: entry.sort_key))
    lines = ",\n    ".join(rows)
    listed = f"\n    {lines}\n  " if lines else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{listed}]\n}}\n'


def _row(entry: BaselineEntry) -> dict[str, Any]:
    written = asdict(entry)
    return {name: written[name] for name in ("path", "document", "pointer", "rule", "count", "fingerprint")}


def counts(entries: Iterable[BaselineEntry]) -> Counter[str]:
    """How many findings of each fingerprint are accepted."""
    found: Counter[str] = Counter()
    for entry in entries:
        found[entry.fingerprint] += entry.count
    return found


def entry_place(text: str, entry: BaselineEntry, name: str) -> Place:
    """Where the fingerprint of an entry stands in the text of a baseline, which is ASCII as it was written."""
    start = max(text.find(f'"{entry.fingerprint}"'), 0)
    end = start + len(entry.fingerprint) + 2
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    pointer = f"/findings/{entry.fingerprint}"
    return Place(name, Span(line, column, line, column + end - start, start, end), pointer)
