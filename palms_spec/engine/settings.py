"""What a run of the linter is to do, from palms.toml and the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import PROJECT_FILE, find_root
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.engine.configuration import Values, override, read_configuration
from palms_spec.engine.rulebook import Choice, Rulebook, check_names, enabled, known_records
from palms_spec.errors import ConfigurationError
from palms_spec.findings import Severity
from palms_spec.rulekit.index import JSON_TYPES, RuleRecord

PYTHON_TYPES = {"integer": (int,), "number": (int, float), "string": (str,), "boolean": (bool,), "array": (list,)}
assert set(PYTHON_TYPES) == set(JSON_TYPES.values())


@dataclass(frozen=True, slots=True)
class Settings:
    """`root` is the folder that paths are relative to; `configuration` the palms.toml that was read, if any."""

    root: Path
    configuration: Path | None
    rulebook: Rulebook
    fail_on: Severity = "warning"
    exclude: tuple[str, ...] = ()
    severities: dict[str, Severity] = field(default_factory=dict)


def load_settings(
    start: Path,
    *,
    isolated: bool = False,
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_on: Severity | None = None,
    pairs: Iterable[str] = (),
) -> Settings:
    """The settings for work that starts in a folder; what is given here counts more than what the file says.

    `isolated` leaves palms.toml unread (it still marks the root). Raises ConfigurationError.
    """
    found = find_root(start)
    configuration = found / PROJECT_FILE if found is not None and not isolated else None
    values: Values = read_configuration(configuration) if configuration else {}
    values = override(values, list(pairs))
    records = known_records(values.get("plugins", ()))
    in_file = Choice(*(tuple(values.get(f"lint.{key}", ())) for key in ("select", "extend-select", "ignore")))
    given = Choice(tuple(select), tuple(extend_select), tuple(ignore))
    severities: dict[str, Severity] = values.get("lint.severity", {})
    rule_settings: dict[str, dict[str, Any]] = values.get("lint.rules", {})
    check_names(records, [*severities, *rule_settings])
    rulebook = Rulebook(enabled(records, in_file, given), _by_name(records, rule_settings))
    return Settings(
        found or start,
        configuration,
        rulebook,
        fail_on or values.get("lint.fail-on", "warning"),
        tuple(values.get("exclude", ())),
        {record.name: severities[word] for record in records for word in _words(record) if word in severities},
    )


def _words(record: RuleRecord) -> tuple[str, ...]:
    return (record.name, record.code, *record.aliases)


def _by_name(records: tuple[RuleRecord, ...], tables: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rule settings by the rule's name. Raises ConfigurationError for those that the rule does not have."""
    found: dict[str, dict[str, Any]] = {}
    problems = []
    for record in records:
        for word in _words(record):
            for setting, value in tables.get(word, {}).items():
                schema = record.settings.get(setting)
                if schema is None:
                    hint = did_you_mean(setting, record.settings) or "it has " + (", ".join(record.settings) or "none")
                    problems.append(f"lint.rules.{word}: there is no setting {setting}; {hint}")
                elif not isinstance(value, PYTHON_TYPES[schema["type"]]) or (
                    isinstance(value, bool) and schema["type"] != "boolean"
                ):
                    problems.append(f"lint.rules.{word}.{setting} is {value!r}, expected {schema['type']}")
                else:
                    found.setdefault(record.name, {})[setting] = value
    if problems:
        raise ConfigurationError(problems, hint="`palms rule NAME` shows a rule's settings")
    return found
