"""The corrected copy of a training file, and the list of its changes, beside the file."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from palms_spec.engine.correcting import Change, Correcting, Need
from palms_spec.engine.ignores import is_off
from palms_spec.engine.repairs import Repairs
from palms_spec.engine.row_mapping import RowMapper
from palms_spec.engine.settings import Settings
from palms_spec.errors import UsageError
from palms_spec.facts.suppression import has_expired
from palms_spec.findings import Finding
from palms_spec.sources.atomic import replacing
from palms_spec.sources.files import is_gzip
from palms_spec.sources.unchanged import CHANGED, State, file_state
from palms_spec.sources.unpacking import unpack
from palms_spec.targets.plan import Plan

VERSION = 1


@dataclass(frozen=True, slots=True)
class Corrected:
    """`counts` says how many changes there are, by need, by whether they were made, and by rule. The files are there if
    one was made."""

    copy: Path
    changes: Path
    counts: Counter[tuple[Need, bool, str]]

    def total(self, *, made: bool, need: Need | None = None) -> int:
        """How many changes were made, or were not."""
        return sum(self.by_rule(made=made, need=need).values())

    def by_rule(self, *, made: bool, need: Need | None = None) -> Counter[str]:
        """The same by rule."""
        counts: Counter[str] = Counter()
        for (one_need, is_made, rule), count in self.counts.items():
            if is_made == made and need in (None, one_need):
                counts[rule] += count
        return counts

    def repairs(self, name: str) -> Repairs:
        """The changes that were made, as a report has them; `name` is that of the copy there."""
        return Repairs(dict(self.by_rule(made=True)), (name,))


class _NothingToDo(Exception):
    """No change was made, so no file is to be written."""


def corrected_copy(
    path: Path,
    name: str,
    plan: Plan,
    mapper: RowMapper,
    settings: Settings,
    repeated: Iterable[int],
    *,
    advisable: bool,
    state: State,
) -> Corrected:
    """Write the corrected copy of a file for the target of a plan, and the list of changes. `repeated` are the offsets
    of rows that stand in it already, `state` is that in which they were found.

    Raises UsageError where a copy is there that was changed since it was written, and where the file changed.
    """
    stem, suffix = _parts(path)
    copy, listing = path.with_name(f"{stem}.fixed{suffix}"), path.with_name(f"{stem}.fixes.jsonl")
    _check_replaceable(copy, listing)
    correcting = Correcting(name, mapper, _judge(name, settings), advisable=advisable)
    counts: Counter[tuple[Need, bool, str]] = Counter()
    with TemporaryDirectory(prefix="palms-") as folder:
        source = _unpacked(path, Path(folder))
        try:
            with replacing(copy) as out, replacing(listing) as listed:
                hashing = _Hashing(out)
                for change in correcting.copy(source, hashing.write, repeated):
                    counts[change.need, change.made, change.rule] += 1
                    listed.write(_line(_value(change)))
                if not any(made for _, made, _ in counts):
                    raise _NothingToDo
                if file_state(path) != state:
                    raise UsageError(f"{path}: {CHANGED}")
                listed.write(_line(_summary(path, copy, plan, hashing.digest(), counts)))
        except _NothingToDo:
            pass
    return Corrected(copy, listing, counts)


def _parts(path: Path) -> tuple[str, str]:
    name = path.name.removesuffix(".gz")
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot + suffix) if stem else (name, ".jsonl")


def _unpacked(path: Path, folder: Path) -> Path:
    if not is_gzip(path):
        return path
    target = folder / "unpacked"
    if (error := unpack(str(path), str(target))) is not None:
        raise UsageError(f"{path} cannot be corrected: {error.message}", hint="unpack it first")
    return target


def _judge(name: str, settings: Settings) -> Callable[[Finding], Finding | None]:
    """How a finding counts: as palms.toml says."""
    from dataclasses import replace

    words = {word: record.name for record in settings.known for word in record.words}
    ignored = [entry for entry in settings.ignores if not has_expired(entry.until, settings.today)]

    def judge(finding: Finding) -> Finding | None:
        if is_off(settings.file_rules, finding.rule, name):
            return None
        if any(words.get(entry.rule) == finding.rule and entry.covers(finding) for entry in ignored):
            return None
        severity = settings.severities.get(finding.rule)
        return finding if severity is None else replace(finding, severity=severity)

    return judge


def _check_replaceable(copy: Path, listing: Path) -> None:
    """Raise UsageError unless the copy is not there, or is what the list beside it says that palms wrote."""
    if not copy.exists():
        return
    try:
        last = listing.read_bytes().rstrip(b"\n").rpartition(b"\n")[2]
        written = json.loads(last).get("sha256")
        with copy.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == written:
                return
    except (OSError, ValueError, AttributeError):
        pass
    raise UsageError(f"{copy} is there, and is not as palms wrote it", hint="move it away, or give it another name")


class _Hashing:
    """A file that is written to, and hashed on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write bytes."""
        self._hash.update(data)
        return self._file.write(data)

    def digest(self) -> str:
        """The SHA-256 of what was written, in hex."""
        return self._hash.hexdigest()


def _value(change: Change) -> dict[str, Any]:
    return {
        "line": change.line,
        "rule": change.rule,
        "change": change.need,
        "made": change.made,
        "what": change.what,
        "pointer": change.pointer,
        "texts": [{"old": old, "new": new} for old, new in change.texts],
    }


def _summary(
    path: Path, copy: Path, plan: Plan, digest: str, counts: Counter[tuple[Need, bool, str]]
) -> dict[str, Any]:
    return {
        "palms_fixes": VERSION,
        "file": path.name,
        "target": plan.profile.name,
        "method": plan.method,
        "shape": plan.shape,
        "copy": copy.name,
        "sha256": digest,
        "changes": [
            {"change": need, "made": made, "rule": rule, "count": count}
            for (need, made, rule), count in sorted(counts.items())
        ],
    }


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode("ascii") + b"\n"
