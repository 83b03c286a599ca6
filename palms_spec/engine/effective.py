"""The settings that count, and where each comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palms_spec.engine.configuration import Layer, Values, read_layers, values_in
from palms_spec.engine.keys import KEYS, Key
from palms_spec.engine.settings import Settings
from palms_spec.errors import UsageError

Option = tuple[Any, str]
Source = tuple[Values, Callable[..., str]]

DEFAULT = "default"
CHOICES = ("lint.extend-select", "lint.ignore")
"""Keys that the command line adds to, and does not replace."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A key with the steps into it where it is a table, its value (None: not set), and what says so."""

    key: str
    value: Any
    source: str
    inner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effective:
    """All settings, and what they come to: the root, the files they were read from, the rules that are on and off."""

    root: Path
    files: tuple[Path, ...]
    settings: tuple[Setting, ...]
    on: tuple[str, ...]
    off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A key of palms.toml, or a setting of a rule, with its values."""

    name: str
    about: str
    default: Any
    example: str
    settings: tuple[Setting, ...]


def effective(settings: Settings, pairs: Iterable[str], options: Mapping[str, Option]) -> Effective:
    """Settings with their sources: options of their own for some keys, `--config KEY=VALUE` pairs, and files."""
    layers = read_layers(settings.configuration) if settings.configuration else []
    sources: list[Source] = [(values_in(pairs), lambda *_: "--config")]
    sources += [(layer.values, _namer(layer)) for layer in layers]
    rows = [
        row for key, known in KEYS.items() if key != "extend" for row in _rows(key, known, options.get(key), sources)
    ]
    on = {record.name for record in settings.rulebook.records}
    return Effective(
        settings.root,
        tuple(layer.path for layer in layers),
        tuple(rows),
        tuple(sorted(on)),
        tuple(sorted(record.name for record in settings.known if record.name not in on)),
    )


def explained(name: str, settings: Settings, found: Effective) -> Explained:
    """What a key is for and what it is set to; of `lint.rules.RULE.SETTING` likewise. `lint.` may be left out.

    Raises UsageError for what is no key.
    """
    wanted = name if name in KEYS or name.startswith("lint.") or name == "extend" else f"lint.{name}"
    if wanted in KEYS:
        rows = tuple(row for row in found.settings if row.key == wanted)
        return Explained(wanted, KEYS[wanted].about, KEYS[wanted].default, KEYS[wanted].example, rows)
    if wanted.startswith("lint.rules.") and wanted.count(".") in (2, 3):
        return _rule_setting(settings, found, *wanted.split(".")[2:])
    from palms_spec.documents.suggestion import did_you_mean

    hint = did_you_mean(name, [*KEYS, *(key.removeprefix("lint.") for key in KEYS)])
    raise UsageError(f"there is no key {name}", hint=hint or f"one of {', '.join(KEYS)}")


def _rule_setting(settings: Settings, found: Effective, rule: str, name: str = "") -> Explained:
    record = next((record for record in settings.known if rule in record.words), None)
    if record is not None and not name:
        keys = ", ".join(f"lint.rules.{record.name}.{setting}" for setting in record.settings)
        what = f"lint.rules.{record.name} is a table" if keys else f"{record.name} has no settings"
        raise UsageError(what, hint=f"its keys: {keys}" if keys else "")
    schema = record.settings.get(name) if record is not None else None
    if record is None or schema is None:
        what = f"rule {rule}" if record is None else f"setting {name} of {record.name}"
        raise UsageError(f"there is no {what}", hint="`palms rule NAME` shows a rule's settings")
    rows = tuple(
        row
        for row in found.settings
        if row.key == "lint.rules" and row.inner[:2] in {(word, name) for word in record.words}
    )
    key = f"lint.rules.{record.name}.{name}"
    rows = rows or (Setting(key, schema["default"], DEFAULT),)
    example = f"rules.{record.name}.{name} = {schema['default']}"
    return Explained(key, schema.get("description", ""), schema["default"], example, rows)


def _rows(key: str, known: Key, option: Option | None, sources: Iterable[Source]) -> Iterator[Setting]:
    if option is not None:
        yield Setting(key, *option)
        if key not in CHOICES:
            return
    found: dict[tuple[str, ...], Setting] = {}
    for values, namer in sources:
        if key in values:
            for inner, value in _leaves(values[key]):
                found.setdefault(inner, Setting(key, value, namer(key, *inner), inner))
            if not isinstance(values[key], dict):
                break
    if not found and option is None:
        yield Setting(key, known.default, DEFAULT)
    yield from found.values()


def _namer(layer: Layer) -> Callable[..., str]:
    def name(key: str, *inner: str) -> str:
        line = layer.line_of(key, *inner)
        return f"{layer.name}:{line}" if line else layer.name

    return name


def _leaves(value: Any, inner: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What is no table in a table of tables, with the steps to it."""
    if isinstance(value, dict):
        for step, item in value.items():
            yield from _leaves(item, (*inner, step))
    else:
        yield inner, value
