"""Find rules by what people call them."""

from __future__ import annotations

from palms_spec.errors import UsageError
from palms_spec.rulekit.index import RuleRecord, read_index


def named_rules(word: str) -> tuple[RuleRecord, ...]:
    """The rule of a name, code or alias, or the rules of a family; from the index, so no rule is imported.

    Upper and lower case and `_` for `-` make no difference. Raises UsageError where there is none.
    """
    records, wanted = read_index(), _folded(word)
    for record in records:
        if wanted in map(_folded, (record.name, record.code, *record.aliases)):
            return (record,)
    family = tuple(record for record in records if _folded(record.family) == wanted)
    if family:
        return family
    from palms_spec.documents.suggestion import did_you_mean

    known = {_folded(name): name for record in records for name in (record.name, record.code, *record.aliases)}
    near = did_you_mean(wanted, known)
    for folded, name in known.items():
        near = near.replace(f" {folded}?", f" {name}?")
    raise UsageError(f"there is no rule {word}", hint=near or "`palms rule` lists the rules")


def _folded(word: str) -> str:
    return word.lower().replace("_", "-")
