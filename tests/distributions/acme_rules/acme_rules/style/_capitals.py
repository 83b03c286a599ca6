"""What several rules share: a module whose name begins with `_` is no rule."""

from __future__ import annotations

import re

CAPITALS = re.compile(r"\b[A-Z]{2,}(?:[ ,]+[A-Z]{2,})+\b")
