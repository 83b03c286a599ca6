"""The day of a run."""

from __future__ import annotations


def clock() -> str:
    """Today (`YYYY-MM-DD`), the same all over the world."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()
