"""How values are written in messages."""

from __future__ import annotations

import json
from typing import Any

SHOWN = 60


def written(value: Any) -> str:
    """A single value as a document writes it."""
    return value if isinstance(value, str) else json.dumps(value)


def shortened(text: str) -> str:
    """A text on one line, of `SHOWN` characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
