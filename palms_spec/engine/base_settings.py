"""The settings of an earlier version of a project, by which a change of it is judged: it may not exempt itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from palms_spec.documents.discovery import PROJECT_FILE, glob_pattern
from palms_spec.engine.configuration import Values, merged, read_layers
from palms_spec.engine.ignores import FileRules, ignored, relative
from palms_spec.engine.rule_references import settings_by_rule
from palms_spec.engine.rulebook import Choice, Rulebook, enabled, named
from palms_spec.engine.settings import Settings
from palms_spec.errors import ConfigurationError, UnreadableSource
from palms_spec.findings import Severity
from palms_spec.rulekit.rule import Subject

OF_CHANGES: frozenset[Subject] = frozenset(("change", "comparison"))


def settings_before(
    settings: Settings,
    read: Callable[[str], bytes],
    *,
    given: Choice | None = None,
    fail_on: Severity | None = None,
) -> Settings:
    """The settings with what the palms.toml of the base says in place of what that of the head says, and of the rules
    those about changes alone. `read` gives the files of the base; `given` and `fail_on` are from the command line.

    What the base's file says of rules and keys that there are no more is passed over, and so is a file that is broken.
    Published texts are those that either of the two names: that one is new hides nothing.
    """
    values, records = _values(settings.root, read), settings.known
    in_file = Choice(*(tuple(values.get(f"lint.{key}", ())) for key in ("select", "extend-select", "ignore")))
    about = [record for record in records if record.subject in OF_CHANGES and not record.unavailable]
    by_rule = settings_by_rule(records, values.get("lint.rules", {}), (), [])
    severities: dict[str, Severity] = values.get("lint.severity", {})
    return replace(
        settings,
        rulebook=Rulebook(enabled(about, in_file, given or Choice()), by_rule),
        fail_on=fail_on or values.get("lint.fail-on", "warning"),
        exclude=tuple(values.get("exclude", ())),
        severities={record.name: severities[word] for record in records for word in record.words if word in severities},
        file_rules=tuple(
            FileRules(glob_pattern(glob), named(records, words))
            for glob, words in values.get("lint.per-file-ignores", {}).items()
        ),
        ignores=ignored(values.get("lint.ignores", ())),
        baseline=None,
        model_specs=tuple(dict.fromkeys((*values.get("model-specs", ()), *settings.model_specs))),
    )


def _values(root: Path, read: Callable[[str], bytes]) -> Values:
    """The values of the base's palms.toml, none where it has none. What lies outside of the root is read as it is."""

    def text(path: Path) -> str:
        name = relative(path, Path(os.path.realpath(root)))
        if name.startswith("../"):
            return path.read_text("utf-8")
        try:
            return read(name).decode()
        except UnreadableSource as error:
            raise FileNotFoundError(error.message) from error

    try:
        return merged(read_layers(Path(os.path.realpath(root)) / PROJECT_FILE, [], text))
    except ConfigurationError:
        return {}
