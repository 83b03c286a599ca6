"""A pack with every kind of check, as rules."""

from __future__ import annotations

from pathlib import Path

from palms_spec.documents.reading import read_document
from palms_spec.engine.pack_records import pack_entries, record_of_entry
from palms_spec.rulekit.index import RuleRecord
from palms_spec.rulekit.packs.making import Entry, pack_rule
from palms_spec.rulekit.rule import Rule

PACK = Path(__file__).with_name("every_kind.yaml")


def entries(path: Path) -> list[Entry]:
    """The rules of a pack, which has no defects."""
    document = read_document(path.name, path.read_bytes())
    assert document is not None
    assert document.defects == []
    return [entry for _, entry in pack_entries(document, f"rules/{path.name}") if entry is not None]


def rules_in(path: Path) -> list[tuple[Rule, RuleRecord]]:
    """The rules of a pack with their records."""
    return [(pack_rule(entry, examples=True), record_of_entry(entry, path.name)) for entry in entries(path)]
