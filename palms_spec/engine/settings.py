"""What a run of the linter is to do, from palms.toml and the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import PROJECT_FILE, find_root, glob_pattern
from palms_spec.engine.configuration import Layer, Values, hint_for, merged, override, read_layers, values_in
from palms_spec.engine.ignores import FileRules, Ignored, ignored
from palms_spec.engine.known import Known, known_rules
from palms_spec.engine.rule_references import references, settings_by_rule, unknown_rules
from palms_spec.engine.rulebook import Choice, Rulebook, enabled, named
from palms_spec.errors import ConfigurationError
from palms_spec.findings import Severity
from palms_spec.rulekit.index import RuleRecord


@dataclass(frozen=True, slots=True)
class Settings:
    """`root` is the folder that paths are relative to; `configuration` the palms.toml that was read, if any.

    `known` are all rules there are. `today` is the day for rules that hang on one, "" for that of the clock.
    `not_evaluated` are rules, and packs, that cannot look at anything, with the reason. `model_specs` are globs of
    published texts.
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
    model_specs: tuple[str, ...] = ()


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
    problems: list[str] = []
    layers = read_layers(configuration, problems) if configuration else []
    overriding = values_in(pairs, problems)
    values: Values = override(merged(layers), overriding)
    layers = [Layer(Path("--config"), "", overriding), *layers]
    known = _known(found if configuration is not None else None, values, problems, cache=cache)
    records = known.records
    in_file = Choice(*(tuple(values.get(f"lint.{key}", ())) for key in ("select", "extend-select", "ignore")))
    given = Choice(tuple(select), tuple(extend_select), tuple(ignore))
    severities: dict[str, Severity] = values.get("lint.severity", {})
    rule_settings: dict[str, dict[str, Any]] = values.get("lint.rules", {})
    per_file: dict[str, list[str]] = values.get("lint.per-file-ignores", {})
    ignores = ignored(values.get("lint.ignores", ()))
    words = (*given.select, *given.extend_select, *given.ignore)
    named_rules = [*(("", (), word) for word in words), *references(values)]
    no_rules = tuple(dict.fromkeys(unknown_rules(records, named_rules, layers)))
    problems += no_rules
    settings_of_rules = settings_by_rule(records, rule_settings, layers, problems)
    if problems:
        unread = [f"{name}, which may bring rules, cannot be read: {reason}" for name, reason in known.unread]
        raise ConfigurationError([*problems, *(unread if no_rules else ())], hint=hint_for(problems))
    chosen = enabled(records, in_file, given)
    rulebook = Rulebook(tuple(record for record in chosen if not record.unavailable), settings_of_rules)
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
        tuple(values.get("model-specs", ())),
    )


def _known(root: Path | None, values: Values, problems: list[str], *, cache: bool) -> Known:
    """All rules there are. What keeps them from being known is raised together with the problems so far."""
    try:
        return known_rules(root, values, cache=cache)
    except ConfigurationError as error:
        where = f"{error.where}: " if error.where else ""
        told = [*problems, *(where + problem for problem in error.problems)]
        raise ConfigurationError(told, hint=error.hint) from error


def _below(root: Path, name: str | None) -> Path | None:
    return root / name if name else None
