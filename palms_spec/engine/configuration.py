"""palms.toml: which keys there are, and reading one. The closest file upwards counts, and no other unless it says
`extend`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import PROJECT_FILE
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.errors import ConfigurationError
from palms_spec.findings import SEVERITIES

RULES_VERSION = 1


def _texts(value: Any) -> str:
    fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return "" if fits else "a list of texts"


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else "a text"


def _severity(value: Any) -> str:
    return "" if value in SEVERITIES else f"one of {', '.join(SEVERITIES)}"


def _version(value: Any) -> str:
    return "" if type(value) is int and value == RULES_VERSION else str(RULES_VERSION)


def _rule_settings(value: Any) -> str:
    return "" if isinstance(value, dict) and all(isinstance(item, dict) for item in value.values()) else "tables"


def _severities(value: Any) -> str:
    fits = isinstance(value, dict) and all(item in SEVERITIES for item in value.values())
    return "" if fits else f"a table from rules to one of {', '.join(SEVERITIES)}"


KEYS: dict[str, Callable[[Any], str]] = {
    "rules-version": _version,
    "extend": _text,
    "plugins": _texts,
    "exclude": _texts,
    "lint.select": _texts,
    "lint.extend-select": _texts,
    "lint.ignore": _texts,
    "lint.fail-on": _severity,
    "lint.severity": _severities,
    "lint.rules": _rule_settings,
}
"""Every key, and what says which values fit: "" if one does, else what is expected."""

Values = dict[str, Any]


def read_configuration(path: Path, *, seen: tuple[Path, ...] = ()) -> Values:
    """The values of a file by dotted key, those of the file it extends below its own.

    Raises ConfigurationError, which lists everything that is wrong with the file.
    """
    import tomllib

    where = path.name if path.parent == Path.cwd() else str(path)
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"cannot be read: {error}"], where=where) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([f"is no TOML: {error}"], where=where) from error
    values = dict(_flattened(tables))
    check(values, where=where, line_of=lambda key: _line_of(text, key))
    if "extend" not in values:
        return values
    base = (path.parent / values.pop("extend")).resolve()
    if base in (*seen, path.resolve()):
        raise ConfigurationError(["extends itself"], where=where)
    below = read_configuration(base, seen=(*seen, path.resolve()))
    return {**below, **{key: _over(below.get(key), value) for key, value in values.items()}}


def override(values: Values, pairs: list[str]) -> Values:
    """Values with `KEY=VALUE` pairs of the command line over them; the value is written as in TOML, or is a plain
    text."""
    import tomllib

    given: Values = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise ConfigurationError([f"--config wants KEY=VALUE, not {pair}"])
        key, value = key.strip(), value.strip()
        try:
            parsed = tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError:
            parsed = value
        head, _, rest = key.removeprefix("lint.").partition(".")
        if key.startswith("lint.") and head in ("rules", "severity") and rest:
            name, _, setting = rest.partition(".")
            tables = given.setdefault(f"lint.{head}", {})
            if setting:
                tables.setdefault(name, {})[setting] = parsed
            else:
                tables[name] = parsed
        else:
            given[key] = parsed
    check(given, where="--config")
    return {**values, **{key: _over(values.get(key), value) for key, value in given.items()}}


def check(values: Values, *, where: str, line_of: Callable[[str], int] | None = None) -> None:
    """Raise ConfigurationError with every unknown key and every value that does not fit."""
    problems = []
    for key, value in values.items():
        line = line_of(key) if line_of else 0
        prefix = f"line {line}: " if line else ""
        if key not in KEYS:
            hint = did_you_mean(key, KEYS)
            problems.append(f"{prefix}there is no key {key}" + (f"; {hint}" if hint else ""))
        elif expected := KEYS[key](value):
            problems.append(f"{prefix}{key} is {value!r}, expected {expected}")
    if problems:
        raise ConfigurationError(problems, where=where, hint=f"keys of {PROJECT_FILE}: {', '.join(KEYS)}")


def _flattened(tables: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in tables.items():
        if key == "lint" and isinstance(value, dict):
            yield from ((f"lint.{inner}", item) for inner, item in value.items())
        else:
            yield key, value


def _over(below: Any, value: Any) -> Any:
    """A table adds to the one below it, anything else takes its place."""
    if isinstance(below, dict) and isinstance(value, dict):
        return {**below, **{key: _over(below.get(key), item) for key, item in value.items()}}
    return value


def _line_of(text: str, key: str) -> int:
    """The line a key is written on, or 0 where that cannot be told."""
    name = re.escape(key.rsplit(".", 1)[-1])
    pattern = re.compile(rf'\s*(?:\[[^\]]*)?["\']?{name}["\']?\s*[=.\]]')
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 0)
