"""All rules that a project can use: those of palms, of the plug-ins that it names, and of its packs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palms_spec.engine.cache import Cache
from palms_spec.engine.keys import KEYS
from palms_spec.engine.packs import PackFile, pack_files, read_packs
from palms_spec.errors import ConfigurationError
from palms_spec.rulekit.index import RuleRecord, read_index


@dataclass(frozen=True, slots=True)
class Known:
    """The records. `unread` are packs of which not even the names of the rules are known, with the reason."""

    records: tuple[RuleRecord, ...]
    unread: tuple[tuple[str, str], ...] = ()


def known_rules(root: Path | None, values: Mapping[str, Any], *, cache: bool = True) -> Known:
    """The rules of a project with these settings; without a root it has no packs.

    Raises ConfigurationError for a plug-in or a pack that is not there, and for a name that two rules have.
    """
    records, plugins, globs = read_index(), values.get("plugins", ()), values.get("packs")
    files: list[PackFile] = []
    if root is not None:
        wanted = KEYS["packs"].default if globs is None else globs
        files = pack_files(root, wanted, values.get("exclude", ()), asked=globs is not None)
    if not plugins and not files:
        return Known(records)
    remembered = Cache(root if cache else None)
    try:
        foreign = _plugin_records(plugins, remembered) if plugins else []
        packs = read_packs(files, remembered)
    finally:
        remembered.close()
    _check_words(records, [*foreign, *packs.records])
    return Known((*records, *foreign, *packs.records), packs.unread)


def _plugin_records(names: list[str], cache: Cache) -> list[RuleRecord]:
    from palms_spec.engine.plugins import plugin_records  # it looks through what is installed, which takes long

    return plugin_records(names, cache)


def _check_words(records: Iterable[RuleRecord], foreign: Iterable[RuleRecord]) -> None:
    taken = {word: "palms" for record in records for word in {*record.words, record.family}}
    families = {record.family for record in records}
    problems = []
    for record in foreign:
        for word in dict.fromkeys(record.words):
            if word in taken:
                problems.append(f"{record.origin} brings a rule {word}, which {taken[word]} has already")
            taken[word] = record.origin
        if record.family not in families:
            taken.setdefault(record.family, record.origin)
    if problems:
        raise ConfigurationError(problems, hint="give one of them another name")
