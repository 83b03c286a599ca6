"""palms.toml: which keys there are, and reading one. The closest file upwards counts, and no other unless it says
`extend`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import PROJECT_FILE
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.engine.keys import KEYS
from palms_spec.errors import ConfigurationError

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of settings: its text, and its values by dotted key."""

    path: Path
    text: str
    values: Values

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.path.name if self.path.parent == Path.cwd() else str(self.path)

    def line_of(self, key: str, *inner: str) -> int:
        """The line a key is written on, or a key of the table that it is; 0 where that cannot be told."""
        found, lines = 0, self.text.splitlines()
        for step in (key.rsplit(".", 1)[-1], *inner):
            pattern = re.compile(rf'\s*(?:\[[^\]]*)?["\']?{re.escape(step)}["\']?\s*[=.\]]')
            following = enumerate(lines[max(found - 1, 0) :], max(found, 1))
            found = next((number for number, line in following if pattern.match(line)), found)
        return found


def read_layers(path: Path) -> list[Layer]:
    """A file of settings, the one that it extends, and so on.

    Raises ConfigurationError, which lists everything that is wrong with one of them.
    """
    layers: list[Layer] = []
    following: Path | None = path
    while following is not None:
        layer = _read(following)
        if any(layer.path.resolve() == other.path.resolve() for other in layers):
            raise ConfigurationError(["extends itself"], where=layers[-1].name)
        layers.append(layer)
        base = layer.values.get("extend")
        following = (layer.path.parent / base).resolve() if base is not None else None
    return layers


def _read(path: Path) -> Layer:
    import tomllib

    layer = Layer(path, "", {})
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"cannot be read: {error}"], where=layer.name) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([f"is no TOML: {error}"], where=layer.name) from error
    layer = Layer(path, text, dict(_flattened(tables)))
    check(layer.values, where=layer.name, line_of=layer.line_of)
    return layer


def read_configuration(path: Path) -> Values:
    """The values of a file by dotted key, those of the file it extends below its own.

    Raises ConfigurationError, which lists everything that is wrong with the file.
    """
    values: Values = {}
    for layer in reversed(read_layers(path)):
        values = {**values, **{key: _over(values.get(key), value) for key, value in layer.values.items()}}
    values.pop("extend", None)
    return values


def override(values: Values, pairs: Iterable[str]) -> Values:
    """Values with `KEY=VALUE` pairs of the command line over them."""
    return {**values, **{key: _over(values.get(key), value) for key, value in values_in(pairs).items()}}


def values_in(pairs: Iterable[str]) -> Values:
    """The values in `KEY=VALUE` pairs, by dotted key; a value is written as in TOML, or is a plain text.

    Raises ConfigurationError, which lists everything that is wrong with them.
    """
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
    return given


def check(values: Values, *, where: str, line_of: Callable[[str], int] | None = None) -> None:
    """Raise ConfigurationError with every unknown key and every value that does not fit."""
    problems = []
    for key, value in values.items():
        line = line_of(key) if line_of else 0
        prefix = f"line {line}: " if line else ""
        if key not in KEYS:
            hint = did_you_mean(key, KEYS)
            problems.append(f"{prefix}there is no key {key}" + (f"; {hint}" if hint else ""))
        elif expected := KEYS[key].fits(value):
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
