"""Named values, one below the other, wrapped to the width there is."""

from __future__ import annotations

from palms_spec.render.cells import wrapped
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output, Style

INDENT = 12
LEAST_ROOM = 30


def write_field(name: str, text: str, out: Output, style: Style = "faint", text_style: Style = "plain") -> None:
    """Write a value behind its name."""
    first, *rest = wrapped(visible(text), max(out.terminal.width - INDENT, LEAST_ROOM))
    out.line((f"{name:<{INDENT}}", style), (first, text_style))
    for line in rest:
        out.line(" " * INDENT, (line, text_style))


def dollars(amount: float) -> str:
    """An amount, with as many digits as it needs to be more than nothing."""
    return f"${amount:,.2f}" if amount >= 0.01 or not amount else f"${amount:.2g}"
