"""Several things in one message."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 8


def listed(items: Sequence[str], *, shown: int = SHOWN) -> str:
    """`a`, `a and b`, `a, b and c`; beyond `shown` items the rest is counted: `a, b and 3 more`."""
    named, hidden = list(items[:shown]), len(items) - shown
    if hidden > 0:
        named.append(f"{hidden} more")
    if len(named) < 2:
        return "".join(named)
    return f"{', '.join(named[:-1])} and {named[-1]}"
