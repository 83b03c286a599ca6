"""Numbers of payment cards: the issuer's prefix and length, the usual groups of digits, and the check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.analysis.checksums import luhn
from palms_spec.analysis.number_runs import count_digits, digits_of, number_runs

LEAST = 14
_CARD = re.compile(r"(?P<four>\d{4}([ -])\d{4}\2\d{4}\2\d{4})|(?P<six>3\d{3}([ -])\d{6}\4\d{4,5})|(?P<plain>\d{15,16})")
_ISSUERS = (
    ("Visa", 16, re.compile(r"4")),
    ("Mastercard", 16, re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720")),
    ("American Express", 15, re.compile(r"3[47]")),
    ("Discover", 16, re.compile(r"6011|64[4-9]|65")),
    ("JCB", 16, re.compile(r"352[89]|35[3-8]")),
    ("UnionPay", 16, re.compile(r"62")),
    ("Diners Club", 14, re.compile(r"30[0-5]|3[689]")),
)


def payment_cards(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and issuer of every card number in a text, in order."""
    if count_digits(text) < LEAST:
        return
    for start, end in number_runs(text, LEAST):
        for match in _CARD.finditer(text, start, end):
            first, last = match.span()
            digits = digits_of(match[0])
            issuer = _issuer(digits)
            if issuer and _stands_alone(text, first, last) and len(set(digits)) > 1 and luhn(digits):
                yield first, last, issuer


def _issuer(digits: str) -> str:
    for name, length, prefix in _ISSUERS:
        if len(digits) == length and prefix.match(digits):
            return name
    return ""


def _stands_alone(text: str, first: int, last: int) -> bool:
    before, after = text[max(0, first - 2) : first], text[last : last + 2]
    if before and (before[-1].isalnum() or before[-1] in "_+/=" or (before[-1] in "-.," and before[0].isdigit())):
        return False
    if len(before) == 2 and before[1] == " " and before[0].isdigit():
        return False
    if after and (after[0].isalnum() or after[0] in "_/"):
        return False
    return not (len(after) == 2 and after[0] in "-., " and after[1].isdigit())
