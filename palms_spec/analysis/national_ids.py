"""Identity numbers of states, where form, ruled-out values and check digits tell them from other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.analysis.checksums import brazilian_cpf, chinese_resident, italian_fiscal_code, spanish_dni
from palms_spec.analysis.number_runs import count_digits, digits_of, number_runs

LEAST = 6
_SSN = re.compile(r"\d{3}([ -]?)\d\d\1\d{4}")
_SSN_WORD = re.compile(r"\b(?:ssn|social security)\b[^\d\n.;!?]{0,32}$", re.IGNORECASE)
_SSN_PUBLISHED = frozenset(("078051120", "219099999", "123456789"))
_CPF = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d\d")
_CHINESE = re.compile(r"[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_NINO = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]( ?)\d\d\1\d\d\1\d\d\1[A-D]")
_NINO_UNUSED = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))
_DNI = re.compile(r"[0-9XYZ]\d{7}-?[A-Z]")
_ITALIAN = re.compile(r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]")


def national_ids(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of every identity number in a text."""
    count = count_digits(text)
    if count < LEAST:
        return
    if count >= 9:
        for start, end in number_runs(text, 9):
            yield from _all_digits(text, start, end)
    for match in _NINO.finditer(text):
        if match[0][:2] not in _NINO_UNUSED and _stands_alone(text, *match.span()):
            yield *match.span(), "British National Insurance number"
    if count >= 7:
        for kind, pattern, is_right in (
            ("Spanish identity number", _DNI, spanish_dni),
            ("Italian fiscal code", _ITALIAN, italian_fiscal_code),
        ):
            for match in pattern.finditer(text):
                if _stands_alone(text, *match.span()) and is_right(match[0].replace("-", "")):
                    yield *match.span(), kind


def _all_digits(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _SSN.finditer(text, start, end):
        first, last = match.span()
        digits = digits_of(match[0])
        is_said = match[1] == "-" or _SSN_WORD.search(text[max(0, first - 64) : first])
        if is_said and _is_ssn(digits) and _stands_alone(text, first, last):
            yield first, last, "US Social Security number"
    for match in _CPF.finditer(text, start, end):
        if _stands_alone(text, *match.span()) and brazilian_cpf(digits_of(match[0])):
            yield *match.span(), "Brazilian CPF number"
    for match in _CHINESE.finditer(text, start, min(len(text), end + 1)):
        if _stands_alone(text, *match.span()) and chinese_resident(match[0]):
            yield *match.span(), "Chinese resident identity number"


def _is_ssn(digits: str) -> bool:
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    if area in ("000", "666") or area[0] == "9" or group == "00" or serial == "0000":
        return False
    return digits not in _SSN_PUBLISHED and len(set(digits)) > 1


def _stands_alone(text: str, first: int, last: int) -> bool:
    before, after = text[max(0, first - 2) : first], text[last : last + 2]
    if before and (before[-1].isalnum() or before[-1] in "_+/" or (before[-1] in "-.," and before[0].isalnum())):
        return False
    if after and (after[0].isalnum() or after[0] in "_/"):
        return False
    return not (len(after) == 2 and after[0] in "-.," and after[1].isalnum())
