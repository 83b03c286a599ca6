"""The output formats by name. Each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from palms_spec.engine.outcome import Outcome
from palms_spec.render.terminal import Output
from palms_spec.render.view import View

Renderer = Callable[[Outcome, Output, View], None]
FORMATS = ("full", "concise", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown")


def renderer(name: str) -> Renderer:
    """What writes a format of `FORMATS`."""
    found: Renderer = getattr(import_module(f"palms_spec.render.{name}"), f"render_{name}")
    return found
