"""Where digits stand close together: the few places of a text in which telephone, card and identity numbers are looked
for."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RUN = re.compile(r"[+(0-9][0-9 \u00a0\u2011\u2013().+-]*[0-9]")
_NO_DIGITS = bytes(code for code in range(256) if not 0x30 <= code <= 0x39)


def count_digits(text: str) -> int:
    """How many of the digits 0 to 9 a text holds."""
    return len(text.encode("utf-8", "replace").translate(None, _NO_DIGITS))


def digits_of(text: str) -> str:
    """The digits 0 to 9 of a text, in order."""
    return text.encode("utf-8", "replace").translate(None, _NO_DIGITS).decode()


def number_runs(text: str, minimum: int) -> Iterator[tuple[int, int]]:
    """Start and end of every run of digits, spaces, hyphens, dots, brackets and plus signs that has so many digits."""
    for run in _RUN.finditer(text):
        if run.end() - run.start() >= minimum and count_digits(run[0]) >= minimum:
            yield run.span()
