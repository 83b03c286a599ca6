"""The rule index: what is known of every rule without importing it.

`rules/index.json` is generated (`generate`) and shipped; selection, configuration, `palms rule` and a warm run read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import MISSING, asdict, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from palms_spec.errors import PalmsError
from palms_spec.findings import Confidence, Safety, Severity
from palms_spec.rulekit.rule import Rule, Stability, Subject, Trigger

INDEX_PATH = Path(__file__).parents[1] / "rules" / "index.json"
JSON_TYPES = {"int": "integer", "float": "number", "str": "string", "bool": "boolean", "tuple[str, ...]": "array"}
TYPE_NAMES = {
    "integer": "whole number",
    "number": "number",
    "string": "text",
    "boolean": "true or false",
    "array": "list of texts",
}

FIXES: dict[str, str] = {
    "safe": "safe, made by `--fix`",
    "unsafe": "unsafe, made by `--fix --unsafe-fixes`",
    "shown": "shown, for you to make",
}
"""What there is to say of a fix, by its safety."""


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """Facts about a rule. `settings` maps each setting to its JSON Schema; `defect` is its trigger, if that is a
    defect; `fixable` the best that a fix can do for what it finds.

    The last fields are those of rules that do not come with palms. `origin` says what brought the rule, and `release`
    tells one state of a plug-in's code from another. `definition` is a rule of a pack as data; `underived` are its
    patterns that are looked for in every text. `unavailable` says why it cannot look at anything.
    """

    name: str
    code: str
    family: str
    module: str
    severity: Severity
    confidence: Confidence
    stability: Stability
    since: str
    subject: Subject
    expected: str
    doc: str
    aliases: tuple[str, ...] = ()
    completeness: bool = False
    texts: bool = False
    namespaces: tuple[int, ...] = ()
    defect: str = ""
    trigger: dict[str, Any] | None = None
    needs: tuple[str, ...] = ()
    fixable: Safety | Literal[""] = ""
    settings: dict[str, Any] = field(default_factory=dict)
    origin: str = ""
    release: str = ""
    definition: dict[str, Any] = field(default_factory=dict)
    underived: tuple[str, ...] = ()
    unavailable: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What people may call it: name, code and aliases."""
        return (self.name, self.code, *self.aliases)

    @property
    def summary(self) -> str:
        """First line of the page."""
        return self.doc.split("\n", 1)[0]


def record_of(rule: Rule, module: str) -> RuleRecord:
    """The record of a rule that was imported from a module."""
    return RuleRecord(
        name=rule.name,
        code=rule.code,
        family=rule.family,
        module=module,
        severity=rule.severity,
        confidence=rule.confidence,
        stability=rule.stability,
        since=rule.since,
        subject=rule.subject,
        expected=rule.expected,
        doc=rule.doc,
        aliases=rule.aliases,
        completeness=rule.completeness,
        texts=rule.texts,
        namespaces=tuple(int(namespace) for namespace in rule.namespaces),
        defect=rule.trigger.defect if rule.trigger else "",
        trigger=_trigger_value(rule.trigger) if rule.trigger else None,
        needs=rule.needs,
        fixable=rule.fixable,
        settings=settings_schema(rule.settings) if rule.settings else {},
    )


def _trigger_value(trigger: Trigger) -> dict[str, Any]:
    """A trigger as JSON values, of which `trigger_of` makes it again."""
    values = {
        "phrases": list(trigger.phrases),
        "words": sorted(trigger.words),
        "characters": _runs(trigger.characters),
        "non_ascii": trigger.non_ascii,
        "defect": trigger.defect,
    }
    return {name: value for name, value in values.items() if value}


def _runs(characters: Iterable[str]) -> list[list[int]]:
    """Characters as runs of code points, first and last: halves of surrogate pairs have no place in JSON."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs


def trigger_of(record: RuleRecord) -> Trigger | None:
    """The trigger of a rule, whose code need not be imported for it."""
    if record.trigger is None:
        return None
    return Trigger(
        tuple(record.trigger.get("phrases", ())),
        frozenset(record.trigger.get("words", ())),
        frozenset(chr(code) for first, last in record.trigger.get("characters", ()) for code in range(first, last + 1)),
        record.trigger.get("non_ascii", False),
        record.trigger.get("defect", ""),
    )


def settings_schema(settings: type) -> dict[str, Any]:
    """JSON Schemas of the fields of a settings dataclass: type, default, and what the field's metadata say."""
    schema: dict[str, Any] = {}
    for setting in fields(settings):
        if setting.default is MISSING or str(setting.type) not in JSON_TYPES:
            raise TypeError(
                f"{settings.__name__}.{setting.name}: a setting has a default and one of {list(JSON_TYPES)}"
            )
        default = list(setting.default) if isinstance(setting.default, tuple) else setting.default
        schema[setting.name] = {"type": JSON_TYPES[str(setting.type)], "default": default, **setting.metadata}
    return schema


def values_of(schema: dict[str, Any]) -> str:
    """Which values a setting takes, in words, by its schema."""
    least, most = schema.get("minimum"), schema.get("maximum")
    bounds = f" from {least} to {most}" if most is not None else f", at least {least}" if least is not None else ""
    return TYPE_NAMES[schema["type"]] + bounds


def write_index(records: Iterable[RuleRecord]) -> str:
    """The text of the index."""
    ordered = sorted(records, key=lambda record: record.code)
    rows = [{name: value for name, value in asdict(record).items() if name not in _FOREIGN} for record in ordered]
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


_FOREIGN = ("origin", "release", "definition", "underived", "unavailable")
_TUPLES = ("aliases", "namespaces", "needs", "underived")


def record_from(row: dict[str, Any]) -> RuleRecord:
    """The record of which `row` holds the fields as JSON values."""
    values: dict[str, Any] = {name: tuple(value) if name in _TUPLES else value for name, value in row.items()}
    return RuleRecord(**values)


@cache
def read_index() -> tuple[RuleRecord, ...]:
    """The rules that come with palms, by code.

    Raises PalmsError where the index is missing or damaged.
    """
    import orjson

    try:
        rows = orjson.loads(INDEX_PATH.read_bytes())
    except (OSError, ValueError) as error:
        raise PalmsError(f"the rule index cannot be read: {error}", hint="install palms-spec again") from error
    return tuple(map(record_from, rows))
