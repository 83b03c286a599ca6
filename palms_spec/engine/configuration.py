"""palms.toml: which keys there are, and reading one. The closest file upwards counts, and no other unless it says
`extend`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
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


def _text_of(path: Path) -> str:
    return path.read_text("utf-8")


def read_layers(path: Path, problems: list[str] | None = None, read: Callable[[Path], str] = _text_of) -> list[Layer]:
    """A file of settings, the one that it extends, and so on; `read` gives the text of each.

    Raises ConfigurationError, which lists everything that is wrong with one of them. With `problems` wrong keys and
    values are noted there and left out; only what cannot be read at all is raised.
    """
    layers: list[Layer] = []
    following: Path | None = path
    while following is not None:
        layer = _read(following, problems, read)
        if any(layer.path.resolve() == other.path.resolve() for other in layers):
            raise ConfigurationError(["extends itself"], where=layers[-1].name)
        layers.append(layer)
        base = layer.values.get("extend")
        following = (layer.path.parent / base).resolve() if base is not None else None
    return layers


def _read(path: Path, problems: list[str] | None, read: Callable[[Path], str]) -> Layer:
    import tomllib

    layer = Layer(path, "", {})
    try:
        text = read(path)
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"cannot be read: {error}"], where=layer.name) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([f"is no TOML: {error}"], where=layer.name) from error
    layer = Layer(path, text, dict(_flattened(tables)))
    return replace(layer, values=_fitting(layer.values, problems, where=layer.name, line_of=layer.line_of))


def read_configuration(path: Path) -> Values:
    """The values of a file by dotted key, those of the file it extends below its own.

    Raises ConfigurationError, which lists everything that is wrong with the file.
    """
    return merged(read_layers(path))


def merged(layers: Iterable[Layer]) -> Values:
    """The values of files that extend each other, the first of which counts most."""
    values: Values = {}
    for layer in reversed(tuple(layers)):
        values = {**values, **{key: _over(values.get(key), value) for key, value in layer.values.items()}}
    values.pop("extend", None)
    return values


def override(values: Values, given: Values) -> Values:
    """Values with those of the command line over them."""
    return {**values, **{key: _over(values.get(key), value) for key, value in given.items()}}


def values_in(pairs: Iterable[str], problems: list[str] | None = None) -> Values:
    """The values in `KEY=VALUE` pairs, by dotted key; a value is written as in TOML, or is a plain text.

    Raises ConfigurationError, which lists everything that is wrong with them. With `problems` it is noted there.
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
    return _fitting(given, problems, where="--config")


def _fitting(
    values: Values, problems: list[str] | None, *, where: str, line_of: Callable[[str], int] | None = None
) -> Values:
    """The values of known keys that fit. All others are noted, or raised as one ConfigurationError."""
    found: list[str] = []
    wrong: set[str] = set()
    for key, value in values.items():
        line = line_of(key) if line_of else 0
        prefix = f"line {line}: " if line else ""
        if key not in KEYS:
            hint = did_you_mean(key, KEYS)
            found.append(f"{prefix}there is no key {key}" + (f"; {hint}" if hint else ""))
        elif expected := KEYS[key].fits(value):
            found.append(f"{prefix}{key} is {value!r}, expected {expected}")
        else:
            continue
        wrong.add(key)
    if found and problems is None:
        raise ConfigurationError(found, where=where, hint=hint_for(found))
    if problems is not None:
        problems.extend(f"{where}: {problem}" for problem in found)
    return {key: value for key, value in values.items() if key not in wrong}


def hint_for(problems: Iterable[str]) -> str:
    """What shows how it is written, for problems with keys and with rules."""
    problems = tuple(problems)
    if any("there is no key " in problem for problem in problems):
        return f"keys of {PROJECT_FILE}: {', '.join(KEYS)}"
    if any("lint.rules." in problem for problem in problems):
        return "`palms rule NAME` shows a rule's settings"
    return "`palms rule` lists the rules" if any("there is no rule " in problem for problem in problems) else ""


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
