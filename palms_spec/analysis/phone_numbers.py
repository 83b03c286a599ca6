"""Telephone numbers, in the ways that people write them: only those that hardly can be anything else.

With a plus sign and the code of a country (ITU-T E.164); of North America as (212) 867-5309, 212-867-5309 or
212.867.5309, with area code and exchange as the plan has them; with a leading zero in two or three groups, as in
Britain and Australia; and, after a word such as *phone* or *call*, any nine to thirteen digits. Numbers that are kept
free for fiction are none, and neither are those that cost the caller nothing: only organisations have them. Of North
America's exchange 555 no number is given out, so that films and forms use all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.analysis.number_runs import count_digits, digits_of, number_runs

LEAST = 9
_NOT_HOURS = r"(?! 24(?:/7| h))"
_GAP = r"[ \u00a0\u2011.-]"
_INTERNATIONAL = re.compile(
    rf"\+(?:\([1-9]\d{{0,2}}\)|[1-9]\d{{0,2}})(?:{_NOT_HOURS}{_GAP}?(?:\(0\))?(?:\(\d{{1,4}}\)|\d{{1,12}})){{1,6}}"
)
_AMERICAN = re.compile(
    rf"(?:1{_GAP})?(?:\([2-9]\d\d\) ?|[2-9]\d\d(?P<gap>[\u2011.-]))[2-9]\d\d(?(gap)(?P=gap)|{_GAP})\d{{4}}"
)
_TRUNK = re.compile(r"(?:\(0[1-9]\d{1,3}\)|0[1-9]\d{1,4})[ -]\d{3,6}(?:" + _NOT_HOURS + r"[ -]?\d{2,4})?")
_AFTER_WORD = re.compile(rf"\(?\d(?:{_GAP}?[()]?\d){{8,12}}")
_NOUN = r"(?:tele|cell|mobile |home |work )?phone|tel|cell|mobile|whatsapp|signal|fax"
_VERB = r"sms|text|texted|call|called|calls|dial|dialed|ring|rang"
_WORD = re.compile(rf"\b(?:{_NOUN}|(?P<verb>{_VERB}))\b[^\d\n.;!?]{{0,24}}$", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,3}(?:[ \u00a0.]\d{3})+")
_NEXT_NUMBER = re.compile(_NOT_HOURS + r" \d")
_DATE = re.compile(r"(?:19|20)\d\d[-./](?:0[1-9]|1[0-2])[-./]")
_LISTED_CODES = """
1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91
92 93 94 95 98 211 212 213 216 218 420 421 423 800 808 850 852 853 855 856 870 878 880 881 882 883 886 888 960 961 962
963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993 994 995 996 998
"""
_RANGES = ((220, 269), (290, 299), (350, 359), (370, 389), (500, 509), (590, 599), (670, 692))
_CODES = frozenset(_LISTED_CODES.split()).union(str(code) for first, last in _RANGES for code in range(first, last + 1))
_FREE_OF_CHARGE = re.compile(r"1?8(?:00|33|44|55|66|77|88)\d{7}|(?:0|44|440|49|490|33|330)80[08]\d{6,7}|800\d{8}")
_FICTION = re.compile(
    r"(?:1?[2-9]\d\d555\d{4})"
    r"|(?:(?:0|44|440)(?:20794609\d\d|2079460\d{3}|1632960\d{3}|7700900\d{3}|8081570\d{3}|9098790\d{3}|3069990\d{3}"
    r"|1134960\d{3}|1144960\d{3}|1154960\d{3}|1164960\d{3}|1174960\d{3}|1184960\d{3}|1214960\d{3}|1314960\d{3}"
    r"|1414960\d{3}|1514960\d{3}|1614960\d{3}|1914980\d{3}|2896496\d{3}|2920180\d{3}))"
    r"|(?:(?:0|61)(?:[2378]5550\d{4}|[2378]7010\d{4}|491570\d{3}))"
    r"|(?:(?:0|33)(?:199000|261910|353010|465710|536490|639980)\d{3})"
)


def phone_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and digits of every telephone number in a text, in order."""
    if count_digits(text) < LEAST:
        return
    for start, end in number_runs(text, LEAST):
        found: list[tuple[int, int]] = []
        for pattern, is_likely in _KINDS:
            for match in pattern.finditer(text, start, min(end + 2, len(text))):
                first, last = match.span()
                if any(first < taken_end and taken < last for taken, taken_end in found):
                    continue
                if _stands_alone(text, first, last) and is_likely(text, first, last):
                    found.append((first, last))
        for first, last in sorted(found):
            digits = digits_of(text[first:last])
            if not (_is_made_up(digits) or _is_free_of_charge(text[first:last], digits)):
                yield first, last, digits


def _stands_alone(text: str, first: int, last: int) -> bool:
    """Whether no digit, letter or mark of a longer number or word joins on."""
    before, after = text[max(0, first - 2) : first], text[last : last + 2]
    if before and (before[-1].isalnum() or before[-1] in "_$£€#+=/@%" or (before[-1] in "-.," and before[0].isalnum())):
        return False
    if after and (after[0].isalnum() or after[0] in "_%/=@"):
        return False
    return not (len(after) == 2 and after[0] in "-.,:" and after[1].isdigit())


def _is_in_series(text: str, first: int, last: int) -> bool:
    """Whether other digits stand beside it, after a space."""
    before = text[max(0, first - 2) : first]
    return (before[-1:] == " " and before[0].isdigit()) or _NEXT_NUMBER.match(text, last) is not None


def _is_international(text: str, first: int, last: int) -> bool:
    written = text[first:last]
    digits = digits_of(written)
    code = next((digits[:length] for length in (1, 2, 3) if digits[:length] in _CODES), "")
    if not code or not 9 <= len(digits) <= 15:
        return False
    if written.count(".") == 1 and count_digits(written) + 2 == len(written):
        return False  # a decimal number with its sign
    return code != "1" or _is_american_plan(digits[1:])


def _is_american_plan(digits: str) -> bool:
    return len(digits) == 10 and digits[0] in "23456789" and digits[3] in "23456789" and digits[1:3] != "11"


def _is_american(text: str, first: int, last: int) -> bool:
    return _is_american_plan(digits_of(text[first:last])[-10:])


def _is_trunk(text: str, first: int, last: int) -> bool:
    digits = digits_of(text[first:last])
    return 10 <= len(digits) <= 11 and not set(digits) <= {"0", "1"} and not _is_in_series(text, first, last)


def _is_after_word(text: str, first: int, last: int) -> bool:
    if _DATE.match(text, first, last) or _is_in_series(text, first, last):
        return False
    word = _WORD.search(text[max(0, first - 48) : first])
    return word is not None and not (word["verb"] and _AMOUNT.fullmatch(text, first, last))


_KINDS = (
    (_INTERNATIONAL, _is_international),
    (_AMERICAN, _is_american),
    (_TRUNK, _is_trunk),
    (_AFTER_WORD, _is_after_word),
)


def _is_free_of_charge(written: str, digits: str) -> bool:
    """Whether it is an 800 number. Ten digits in a row are an American one only if they are written like one."""
    if _FREE_OF_CHARGE.fullmatch(digits) is None:
        return False
    return digits[0] in "014" or written.startswith("+") or _AMERICAN.fullmatch(written) is not None


def _is_made_up(digits: str) -> bool:
    """Numbers for fiction (NANPA, Ofcom, ACMA, ARCEP), and digits that only count up, down or stay."""
    if _FICTION.fullmatch(digits):
        return True
    if len(set(digits[-7:])) == 1:
        return True
    steps = {(int(second) - int(first)) % 10 for first, second in zip(digits[-9:], digits[-8:], strict=False)}
    return len(steps) == 1 and steps <= {1, 9}
