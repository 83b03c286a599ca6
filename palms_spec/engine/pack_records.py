"""The records of the rules in a pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from palms_spec.documents.document import Document, scalar_field
from palms_spec.documents.pack_reading import WrittenRule, written_rules
from palms_spec.documents.reading import read_document
from palms_spec.findings import SAFETIES
from palms_spec.rulekit.index import RuleRecord, record_of
from palms_spec.rulekit.packs.making import Entry, pack_rule, underived

FAMILY = "HOUSE"


def records_in(name: str, data: bytes, *, in_project: bool = True) -> tuple[list[RuleRecord], str]:
    """The rules of a pack, and why it cannot be read at all, "" if it can. Of what is no pack, there are none.

    A rule with defects has a record that says so, for its name may be used elsewhere.
    """
    document = read_document(name if in_project else f"{name}.yaml", data)
    if document is None:
        return [], ""
    if document.root is None or document.source is None:
        return [], _reason(document)
    if document.kind != "rule-pack":
        return [], ""
    origin = name if in_project else f"the pack {name} of palms"
    return list(_records(document, name, origin, name if in_project else "")), ""


def pack_entries(document: Document, path: str) -> Iterator[tuple[WrittenRule, Entry | None]]:
    """The rules of a pack that was read, each with what it amounts to; None where it has defects."""
    assert document.root is not None
    assert document.source is not None
    family, version = scalar_field(document.root, "family"), scalar_field(document.root, "version")
    for rule in written_rules(document.root, document.source.text):
        entry = None
        if rule.model is not None:
            entry = Entry(
                rule.model.model_dump(exclude_unset=True),
                family if isinstance(family, str) else FAMILY,
                version if isinstance(version, str) else "",
                path,
            )
        yield rule, entry


def record_of_entry(entry: Entry, origin: str) -> RuleRecord:
    """The record of a rule that has no defects."""
    fixes = {example.get("fix") for example in entry.rule["examples"]}
    return replace(
        record_of(pack_rule(entry), ""),
        fixable=next((safety for safety in SAFETIES if safety in fixes), ""),
        origin=origin,
        definition=entry.as_json(),
        underived=underived(entry),
    )


def _records(document: Document, name: str, origin: str, path: str) -> Iterator[RuleRecord]:
    entries = list(pack_entries(document, path))
    taken = {rule.name for rule, entry in entries if entry is not None}
    for rule, entry in entries:
        if entry is not None:
            yield record_of_entry(entry, origin)
        elif rule.name and rule.name not in taken:
            taken.add(rule.name)
            reason = f"it has defects, which are findings in {name}"
            yield _unavailable(rule.name, origin, reason)


def _unavailable(name: str, origin: str, reason: str) -> RuleRecord:
    return RuleRecord(
        name=name,
        code=name,
        family=FAMILY,
        module="",
        severity="warning",
        confidence="high",
        stability="stable",
        since="",
        subject="document",
        expected="The rule has no defects.",
        doc=f"This rule cannot be run: {reason}.",
        origin=origin,
        unavailable=reason,
    )


def _reason(document: Document) -> str:
    defect = document.defects[0]
    if document.source is None or defect.offset is None:
        return defect.message
    line, column = document.source.position(defect.offset)
    return f"line {line}, column {column}: {defect.message}"
