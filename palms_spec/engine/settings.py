"""What a run of the linter is to do, from palms.toml and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import PROJECT_FILE, find_root, glob_pattern
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.engine.configuration import Values, override, read_configuration
from palms_spec.engine.ignores import FileRules, Ignored, ignored
from palms_spec.engine.known import Known, known_rules
from palms_spec.engine.rulebook import Choice, Rulebook, check_names, enabled, named
from palms_spec.errors import ConfigurationError
from palms_spec.findings import Severity
from palms_spec.rulekit.index import JSON_TYPES, RuleRecord

PYTHON_TYPES = {"integer": (int,), "number": (int, float), "string": (str,), "boolean": (bool,), "array": (list,)}
assert set(PYTHON_TYPES) == set(JSON_TYPES.values())


@dataclass(frozen=True, slots=True)
class Settings:
    """`root` is the folder that paths are relative to; `configuration` the palms.toml that was read, if any.

    `known` are all rules there are. `today` is the day for rules that hang on one, "" for that of the clock.
    `not_evaluated` are rules, and packs, that cannot look at anything, with the reason.
    """

    root: Path
    configuration: Path | None
    rulebook: Rulebook
    fail_on: Severity = "warning"
    exclude: tuple[str, ...] = ()
    severities: dict[str, Severity] = field(default_factory=dict)
    known: tuple[RuleRecord, ...] = ()
    file_rules: tuple[FileRules, ...] = ()
    ignores: tuple[Ignored, ...] = ()
    baseline: Path | None = None
    today: str = ""
    not_evaluated: tuple[tuple[str, str], ...] = ()


def load_settings(
    start: Path,
    *,
    isolated: bool = False,
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_on: Severity | None = None,
    pairs: Iterable[str] = (),
    baseline: Path | None = None,
    today: str = "",
    cache: bool = True,
) -> Settings:
    """The settings for work that starts in a folder; what is given here counts more than what the file says.

    `isolated` leaves palms.toml unread (it still marks the root), and with it the project's packs. With `cache` what is
    known of packs and plug-ins is remembered. Raises ConfigurationError.
    """
    found = find_root(start)
    configuration = found / PROJECT_FILE if found is not None and not isolated else None
    values: Values = read_configuration(configuration) if configuration else {}
    values = override(values, pairs)
    known = known_rules(found if configuration is not None else None, values, cache=cache)
    records = known.records
    in_file = Choice(*(tuple(values.get(f"lint.{key}", ())) for key in ("select", "extend-select", "ignore")))
    given = Choice(tuple(select), tuple(extend_select), tuple(ignore))
    severities: dict[str, Severity] = values.get("lint.severity", {})
    rule_settings: dict[str, dict[str, Any]] = values.get("lint.rules", {})
    per_file: dict[str, list[str]] = values.get("lint.per-file-ignores", {})
    ignores = ignored(values.get("lint.ignores", ()))
    in_tables = [word for words in per_file.values() for word in words]
    with _with_unread(known):
        check_names(records, [*severities, *rule_settings, *in_tables, *(entry.rule for entry in ignores)])
        chosen = enabled(records, in_file, given)
    rulebook = Rulebook(tuple(record for record in chosen if not record.unavailable), _by_name(records, rule_settings))
    return Settings(
        found or start,
        configuration,
        rulebook,
        fail_on or values.get("lint.fail-on", "warning"),
        tuple(values.get("exclude", ())),
        {record.name: severities[word] for record in records for word in record.words if word in severities},
        records,
        tuple(FileRules(glob_pattern(glob), named(records, words)) for glob, words in per_file.items()),
        ignores,
        baseline or _below(found or start, values.get("lint.baseline")),
        today,
        (
            *((record.name, record.unavailable) for record in chosen if record.unavailable),
            *(known.unread if not given.select else ()),
        ),
    )


@contextmanager
def _with_unread(known: Known) -> Iterator[None]:
    """Have an error about names that are no rules say which packs could have brought them."""
    try:
        yield
    except ConfigurationError as error:
        unread = [f"{name}, which may bring rules, cannot be read: {reason}" for name, reason in known.unread]
        raise ConfigurationError([*error.problems, *unread], where=error.where, hint=error.hint) from error


def _below(root: Path, name: str | None) -> Path | None:
    return root / name if name else None


def _by_name(records: tuple[RuleRecord, ...], tables: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rule settings by the rule's name. Raises ConfigurationError for those that the rule does not have."""
    found: dict[str, dict[str, Any]] = {}
    problems = []
    for record in records:
        for word in record.words:
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
