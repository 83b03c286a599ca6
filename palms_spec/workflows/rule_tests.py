"""Rules run on their own examples: those of packs, of plug-ins, and of single files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from palms_spec.documents.discovery import walk_files
from palms_spec.documents.reading import read_document
from palms_spec.engine.pack_records import pack_entries, record_of_entry
from palms_spec.engine.packs import MARK, with_needs
from palms_spec.engine.placing import place_in
from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.rulekit.index import RuleRecord, record_of
from palms_spec.rulekit.loading import load_rule, load_rule_file
from palms_spec.rulekit.packs.making import Entry, pack_rule
from palms_spec.rulekit.rule import Rule
from palms_spec.rulekit.tested import RuleTest
from palms_spec.sources.files import read_bytes
from palms_spec.workflows.examples import failures
from palms_spec.workflows.rules import named_rules

PACK_SUFFIXES = (".yaml", ".yml", ".json")


def tested_rules(words: Sequence[str], records: Iterable[RuleRecord]) -> Iterator[RuleTest]:
    """Run the rules that words stand for: files and folders of packs and rules, or names, codes and families.

    Without words, all rules are run that do not come with palms. Raises UsageError where there is nothing to run.
    """
    records = tuple(records)
    if not words:
        foreign = [record for record in records if record.origin]
        if not foreign:
            message = "this project has no rules of its own"
            raise UsageError(message, hint="name a rule, or the file of a pack or a rule")
        yield from map(_of_record, foreign)
    for word in words:
        path = Path(word)
        if path.is_dir():
            yield from _in_folder(path)
        elif path.is_file():
            yield from _in_file(path)
        elif path.suffix in (".py", *PACK_SUFFIXES):
            raise UsageError(f"no such file or folder: {word}")
        else:
            yield from map(_of_record, named_rules(word, records))


def _in_folder(folder: Path) -> Iterator[RuleTest]:
    packs = [folder / name for name in walk_files(folder) if name.endswith(PACK_SUFFIXES)]
    files = [path for path in packs if MARK in path.read_bytes()]
    files += [path for path in sorted(folder.rglob("*.py")) if b"@rule(" in path.read_bytes()]
    if not files:
        raise UsageError(f"{folder} holds no packs and no rules")
    for path in files:
        yield from _in_file(path)


def _in_file(path: Path) -> Iterator[RuleTest]:
    if path.suffix == ".py":
        rule, module = load_rule_file(path)
        yield _tested(rule, record_of(rule, module), str(path))
    elif path.suffix in PACK_SUFFIXES:
        yield from _in_pack(path)
    else:
        raise UsageError(f"{path} is no pack and no rule", hint="a pack ends in .yaml, a rule in .py")


def _in_pack(path: Path) -> Iterator[RuleTest]:
    name = str(path)
    try:
        document = read_document(name, read_bytes(path))
    except UnreadableSource as error:
        raise UsageError(f"{name}: {error.message}", hint=error.hint) from error
    if document is None or (document.root is not None and document.kind not in ("rule-pack", "")):
        raise UsageError(f"{name} is no rule pack", hint="it begins with palms: 1 and kind: rule-pack")
    defects = []
    for defect in document.defects:
        place, _ = place_in(document, defect.pointer, on_key=defect.on_key, offset=defect.offset, end=defect.end)
        hint = f" ({defect.hint})" if defect.hint else ""
        defects.append(f"{place.span.line}:{place.span.column}: {defect.message}{hint}")
    if defects:
        yield RuleTest(name, "the pack itself", failures=tuple(defects))
    if document.root is None or document.kind != "rule-pack":
        return
    for _, entry in pack_entries(document, name):
        if entry is not None:
            yield _of_record(with_needs(record_of_entry(entry, name)))


def _of_record(record: RuleRecord) -> RuleTest:
    origin = record.origin or "palms"
    if record.unavailable:
        return RuleTest(origin, record.name, reason=record.unavailable)
    rule = pack_rule(Entry(**record.definition), examples=True) if record.definition else load_rule(record.module)
    return _tested(rule, record, origin)


def _tested(rule: Rule, record: RuleRecord, origin: str) -> RuleTest:
    found = list(failures(rule, record))
    if not rule.examples:
        found.append("it has no examples")
    return RuleTest(origin, rule.name, len(rule.examples), len(rule.near_misses), tuple(found))
