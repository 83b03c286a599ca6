"""The day for which dates are judged: `--today`."""

from __future__ import annotations

from datetime import UTC, date, datetime

from palms_spec.errors import UsageError


def day_of(today: str) -> date:
    """The day that is written; "" is that of the clock, in UTC. Raises UsageError for what is no day."""
    if not today:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(today)
    except ValueError as error:
        raise UsageError(f"--today {today} is no day", hint="write it as 2027-01-31") from error
