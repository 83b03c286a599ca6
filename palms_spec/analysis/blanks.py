"""Texts that show nothing."""

from __future__ import annotations

import string

BLANKS = string.whitespace + "\x1c\x1d\x1e\x1f\x85\u00a0\u00ad\u2028\u2029\u200b\u200c\u200d\u2060\u3000\ufeff"
"""What a text may be full of and still say nothing."""


def is_blank(text: str) -> bool:
    """Whether nothing in a text can be seen."""
    return not text.strip(BLANKS)
