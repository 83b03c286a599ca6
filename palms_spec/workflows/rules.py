"""Find rules by what people call them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from palms_spec.documents.discovery import PROJECT_FILE, find_root
from palms_spec.engine.configuration import read_configuration
from palms_spec.engine.known import known_rules
from palms_spec.errors import UsageError
from palms_spec.rulekit.index import RuleRecord


def project_rules(start: Path) -> tuple[RuleRecord, ...]:
    """All rules of the project around a folder: those of palms, of its plug-ins and of its packs.

    Raises ConfigurationError where palms.toml is wrong, or a plug-in is not installed.
    """
    root = find_root(start)
    return known_rules(root, read_configuration(root / PROJECT_FILE) if root is not None else {}).records


def named_rules(word: str, records: Iterable[RuleRecord]) -> tuple[RuleRecord, ...]:
    """The rule of a name, code or alias, or the rules of a family. No rule is imported for it.

    Upper and lower case and `_` for `-` make no difference. Raises UsageError where there is none.
    """
    records, wanted = tuple(records), _folded(word)
    for record in records:
        if wanted in map(_folded, record.words):
            return (record,)
    family = tuple(record for record in records if _folded(record.family) == wanted)
    if family:
        return family
    from palms_spec.documents.suggestion import did_you_mean

    known = {_folded(name): name for record in records for name in record.words}
    near = did_you_mean(wanted, known)
    for folded, name in known.items():
        near = near.replace(f" {folded}?", f" {name}?")
    raise UsageError(f"there is no rule {word}", hint=near or "`palms rule` lists the rules")


def _folded(word: str) -> str:
    return word.lower().replace("_", "-")
