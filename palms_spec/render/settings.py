"""Settings, as palms.toml would have them, with where each comes from; one key explained; both as JSON too."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from palms_spec.engine.effective import DEFAULT, Effective, Explained, Setting
from palms_spec.render.cells import cells, wrapped
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output

MOST_SOURCES = 60
SHOWN_OFF = 12


def write_settings(found: Effective, out: Output) -> None:
    """Write a line a setting, as it would stand in palms.toml, and its source as a comment beside it."""
    out.line(("root  ", "strong"), visible(str(found.root)))
    files = ", ".join(visible(_short(path)) for path in found.files) or "no palms.toml is read"
    out.line(("read  ", "strong"), files)
    total = len(found.on) + len(found.off)
    off = ", ".join(found.off[:SHOWN_OFF]) + (
        f" and {len(found.off) - SHOWN_OFF} more" if found.off[SHOWN_OFF:] else ""
    )
    for number, line in enumerate(
        wrapped(
            f"{len(found.on)} of {total} are on" + (f"; off: {off}" if off else ""), max(out.terminal.width - 6, 30)
        )
    ):
        out.line(("rules " if not number else "      ", "strong"), line)
    out.line()
    _write_rows(found.settings, out)


def write_explained(found: Explained, out: Output) -> None:
    """Write what a key is for and what it is set to."""
    out.line((found.name, "strong"))
    for line in wrapped(found.about, min(out.terminal.width - 2, 100)):
        out.line(f"  {line}")
    out.line()
    default = "nothing" if found.default is None else toml(found.default)
    out.line(("default  ", "faint"), visible(default))
    out.line(("example  ", "faint"), visible(found.example))
    if any(row.source != DEFAULT for row in found.settings):
        out.line()
        _write_rows(found.settings, out)


def _write_rows(rows: tuple[Setting, ...], out: Output) -> None:
    lines = [([visible(line) for line in assignment(row)], visible(_at(row.source))) for row in rows]
    width = max((cells(text[0]) for text, _ in lines if cells(text[0]) <= MOST_SOURCES), default=0)
    for (first, *others), source in lines:
        out.line(first, " " * max(2, width + 2 - cells(first)), (f"# {source}", "faint"))
        for line in others:
            out.line(line)


def assignment(row: Setting) -> list[str]:
    """A setting as palms.toml could have it; a list of tables has a line a table."""
    key = ".".join((row.key, *(step if _is_bare(step) else json.dumps(step, ensure_ascii=False) for step in row.inner)))
    if row.value is None:
        return [f"# {key} is not set"]
    if isinstance(row.value, list) and any(isinstance(item, dict) for item in row.value):
        return [f"{key} = [", *(f"  {toml(item)}," for item in row.value), "]"]
    return [f"{key} = {toml(row.value)}"]


def toml(value: Any) -> str:
    """A value as TOML has it, on one line."""
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {toml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, str | bool | int | float):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def settings_value(found: Effective) -> dict[str, Any]:
    """The settings as a JSON value; its version goes up when something is renamed or removed."""
    return {
        "version": 1,
        "root": str(found.root),
        "files": [str(path) for path in found.files],
        "settings": list(map(_value, found.settings)),
        "rules": {"on": list(found.on), "off": list(found.off)},
    }


def explained_value(found: Explained) -> dict[str, Any]:
    """An explained key as a JSON value."""
    return {
        "version": 1,
        "key": found.name,
        "about": found.about,
        "default": found.default,
        "example": found.example,
        "settings": list(map(_value, found.settings)),
    }


def _value(row: Setting) -> dict[str, Any]:
    return {"key": ".".join((row.key, *row.inner)), "value": _json(row.value), "source": row.source}


def _json(value: Any) -> Any:
    """A value of TOML as JSON has it: days are texts."""
    if isinstance(value, dict):
        return {name: _json(item) for name, item in value.items()}
    if isinstance(value, list):
        return list(map(_json, value))
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _is_bare(step: str) -> bool:
    return step.isascii() and step.replace("-", "").replace("_", "").isalnum()


def _at(source: str) -> str:
    """A source, with the path of a file as it is reached from here."""
    path, colon, line = source.rpartition(":")
    return f"{_short(Path(path))}:{line}" if colon and line.isdigit() else source


def _short(path: Path) -> str:
    return os.path.relpath(path) if path.is_absolute() else str(path)
