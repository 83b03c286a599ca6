"""Findings and outcomes made by hand, and what a format makes of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from palms_spec.engine.outcome import Outcome, Scope
from palms_spec.findings import Finding, Place, Related, Severity
from palms_spec.render.formats import renderer
from palms_spec.render.terminal import Output, Terminal
from palms_spec.render.view import View
from palms_spec.sources.text import SourceText

SCOPE = Scope(documents=4, datasets=2, samples=160)


def place_of(path: str, text: str, part: str, *, start: int = 0) -> Place:
    """The place of a part of a file's text."""
    source = SourceText(path, text.removeprefix("\ufeff"), has_bom=text.startswith("\ufeff"))
    first = source.text.index(part, start)
    return Place(path, source.span(first, first + len(part)), "/completion", "sample-1")


def finding(
    path: str,
    text: str,
    part: str,
    message: str = "Human: stands in the text of the assistant",
    *,
    severity: Severity = "error",
    hint: str = "take the marks out, or split the text into turns",
    related: Sequence[Related] = (),
) -> Finding:
    """A finding at a part of a file's text."""
    return Finding(
        rule="role-marker",
        code="SAM004",
        severity=severity,
        confidence="high",
        place=place_of(path, text, part),
        expected="A turn holds what is said, without the marks that a chat template puts around it.",
        message=message,
        hint=hint,
        excerpt=part[:200],
        related=tuple(related),
    )


def outcome_of(findings: Sequence[Finding], scope: Scope = SCOPE, **given) -> Outcome:
    """The outcome of a run that found these."""
    ordered = sorted(findings, key=lambda one: one.sort_key)
    return Outcome(lambda: iter(ordered), scope, **given)


def rendered(
    outcome: Outcome,
    root: Path,
    name: str = "full",
    *,
    width: int = 80,
    color: bool = False,
    limit: int | None = 200,
    closing: bool = True,
) -> str:
    """What a format writes."""
    stream = io.StringIO()
    renderer(name)(outcome, Output(stream, Terminal(width, color)), View(root, limit, closing))
    return stream.getvalue()
