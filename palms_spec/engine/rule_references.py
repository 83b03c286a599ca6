"""Where palms.toml and the command line speak of rules and of their settings, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from palms_spec.documents.suggestion import did_you_mean
from palms_spec.engine.configuration import Layer, Values
from palms_spec.engine.rulebook import ALL
from palms_spec.rulekit.index import JSON_TYPES, RuleRecord, values_of

PYTHON_TYPES = {"integer": (int,), "number": (int, float), "string": (str,), "boolean": (bool,), "array": (list,)}
assert set(PYTHON_TYPES) == set(JSON_TYPES.values())
CHOICES = ("lint.select", "lint.extend-select", "lint.ignore")

Reference = tuple[str, tuple[str, ...], str]
"""The key that names a rule, "" for an option of the command line; the steps into its table; and the name."""


def references(values: Values) -> Iterator[Reference]:
    """All names of rules in the values of files and of `--config`."""
    for key in CHOICES:
        yield from ((key, (), word) for word in values.get(key, ()))
    for key in ("lint.severity", "lint.rules"):
        yield from ((key, (word,), word) for word in values.get(key, {}))
    for glob, words in values.get("lint.per-file-ignores", {}).items():
        yield from (("lint.per-file-ignores", (glob,), word) for word in words)
    yield from (("lint.ignores", (), entry["rule"]) for entry in values.get("lint.ignores", ()))


def place(layers: Sequence[Layer], key: str, *inner: str) -> str:
    """The file and line that set a key, or a key in its table."""
    for layer in layers:
        table = layer.values.get(key)
        if table is not None and (not inner or inner[0] in table):
            line = layer.line_of(key, *inner)
            return f"{layer.name}: line {line}: {key}" if line else f"{layer.name}: {key}"
    return key


def unknown_rules(
    records: Iterable[RuleRecord], named: Iterable[Reference], layers: Sequence[Layer] = ()
) -> Iterator[str]:
    """A problem for each name that stands for no rule and no family."""
    known = {ALL}
    for record in records:
        known.update((record.family, *record.words))
    for key, inner, name in named:
        if name not in known:
            hint = did_you_mean(name, known) or did_you_mean(name.upper(), known)
            before = f"{place(layers, key, *inner)}: " if key else ""
            yield f"{before}there is no rule {name}" + (f"; {hint}" if hint else "")


def settings_by_rule(
    records: Iterable[RuleRecord], tables: dict[str, dict[str, Any]], layers: Sequence[Layer], problems: list[str]
) -> dict[str, dict[str, Any]]:
    """The settings in tables by the rule's name, those that fit; a problem is noted for all others."""
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        for word in record.words:
            for setting, value in tables.get(word, {}).items():
                schema = record.settings.get(setting)
                expected = _misfit(value, schema) if schema else ""
                if schema and not expected:
                    found.setdefault(record.name, {})[setting] = value
                    continue
                where = f"{place(layers, 'lint.rules', word, setting)}.{word}"
                if expected:
                    problems.append(f"{where}.{setting} is {value!r}, expected {expected}")
                else:
                    hint = did_you_mean(setting, record.settings) or "it has " + (", ".join(record.settings) or "none")
                    problems.append(f"{where}: there is no setting {setting}; {hint}")
    return found


def _misfit(value: Any, schema: dict[str, Any]) -> str:
    """What is expected of a value that does not fit; "" of one that does."""
    kind, least, most = schema["type"], schema.get("minimum"), schema.get("maximum")
    fits = isinstance(value, PYTHON_TYPES[kind]) and (kind == "boolean") == isinstance(value, bool)
    if kind == "array":
        fits = fits and all(isinstance(item, str) for item in value)
    elif fits and kind in ("integer", "number"):
        fits = (least is None or value >= least) and (most is None or value <= most)
    article = "" if kind == "boolean" else "a "
    return "" if fits else article + values_of(schema)
