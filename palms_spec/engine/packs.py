"""The rules of packs, as records. Reading a pack takes YAML and the models, so it is done once for each content."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import glob_pattern, walk_files
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.engine.cache import Cache, key_over
from palms_spec.engine.packing import dumps, loads
from palms_spec.errors import ConfigurationError, UnreadableSource
from palms_spec.rulekit.index import RuleRecord, record_from
from palms_spec.shipped import shipped
from palms_spec.sources.files import read_bytes

SUFFIXES = (".yaml", ".yml", ".json")
MARK = b"rule-pack"
_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file that may be a pack. `name` is its path in the project, or the name of a pack that comes with palms."""

    name: str
    path: Path
    is_shipped: bool = False


@dataclass(frozen=True, slots=True)
class Packs:
    """The rules of packs. `unread` are packs that cannot be read at all, with the reason."""

    records: tuple[RuleRecord, ...]
    unread: tuple[tuple[str, str], ...]


def pack_files(root: Path, globs: Iterable[str], exclude: Iterable[str], *, asked: bool) -> list[PackFile]:
    """The files that globs match, in order, and the packs of palms that they name.

    With `asked`, what matches nothing raises ConfigurationError.
    """
    found: dict[str, PackFile] = {}
    problems = []
    for glob in globs:
        files = list(_matched(root, glob, exclude) if glob.endswith(SUFFIXES) else _shipped(glob))
        if asked and not files:
            problems.append(_nothing(glob))
        found.update((file.name, file) for file in files)
    if problems:
        raise ConfigurationError(problems, hint="a file is named with its ending, relative to the project's root")
    return [found[name] for name in sorted(found)]


def _matched(root: Path, glob: str, exclude: Iterable[str]) -> Iterator[PackFile]:
    glob = glob.removeprefix("./")
    wild = _WILD.search(glob)
    if wild is None:
        if (root / glob).is_file():
            yield PackFile(glob, root / glob)
        return
    folder = glob[: wild.start()].rpartition("/")[0]
    prefix, pattern = folder + "/" if folder else "", glob_pattern(glob)
    left_out = [glob_pattern(one) for one in exclude]
    if folder and not (root / folder).is_dir():
        return
    for below in walk_files(root / folder):
        name = prefix + below
        if pattern.fullmatch(name) and not any(one.fullmatch(name) for one in left_out):
            yield PackFile(name, root / name)


def _shipped(name: str) -> Iterator[PackFile]:
    path = shipped() / "rules" / f"{name}.yaml"
    if re.fullmatch(r"[\w-]+", name) and path.is_file():
        yield PackFile(name, path, is_shipped=True)


def _nothing(glob: str) -> str:
    if glob.endswith(SUFFIXES):
        return f"packs: {glob} matches no file"
    names = [path.stem for path in (shipped() / "rules").glob("*.yaml")]
    hint = did_you_mean(glob, names) or f"there is {', '.join(sorted(names))}"
    return f"packs: no pack {glob} comes with palms; {hint}"


def read_packs(files: Iterable[PackFile], cache: Cache) -> Packs:
    """The rules of files that are packs; what is none is passed over, for the documents of a project report it."""
    records: list[RuleRecord] = []
    unread: list[tuple[str, str]] = []
    for file in files:
        rows, reason = _read(file, cache)
        records += [with_needs(record_from(row)) for row in rows]
        if reason:
            unread.append((file.name, reason))
    return Packs(tuple(records), tuple(unread))


def _read(file: PackFile, cache: Cache) -> tuple[list[dict[str, Any]], str]:
    try:
        data = read_bytes(os.fspath(file.path))
    except UnreadableSource as error:
        return [], error.message
    if MARK not in data:
        return [], ""
    key = key_over("pack", file.name, file.is_shipped, blake2b(data, digest_size=16).digest())
    if (value := cache.get(key)) is not None:
        rows, reason = loads(value)
        return rows, reason
    from palms_spec.engine.pack_records import records_in

    records, reason = records_in(file.name, data, in_project=not file.is_shipped)
    rows = [asdict(record) for record in records]
    cache.put(key, dumps([rows, reason]))
    return rows, reason


def with_needs(record: RuleRecord) -> RuleRecord:
    """The record, with the reason if what its check needs is not installed."""
    if record.unavailable or record.definition["rule"]["check"]["kind"] != "tokens":
        return record
    from palms_spec.analysis.nlp import missing, state

    patterns = record.definition["rule"]["check"]["patterns"]
    return replace(record, unavailable=missing(patterns), release=state(patterns))
