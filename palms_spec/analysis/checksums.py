"""Check digits that tell a number that somebody was given from digits that only look like one."""

from __future__ import annotations

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1: payment cards."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        total += _DOUBLED[int(digit)] if position % 2 else int(digit)
    return total % 10 == 0


def spanish_dni(letters: str) -> bool:
    """Eight digits and the letter that their remainder by 23 stands for; a leading X, Y, Z of an NIE is 0, 1, 2."""
    number = {"X": "0", "Y": "1", "Z": "2"}.get(letters[0], letters[0]) + letters[1:-1]
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == letters[-1]


def brazilian_cpf(digits: str) -> bool:
    """Nine digits and two check digits, not all the same."""
    if len(set(digits)) == 1:
        return False
    return all(
        sum((length + 1 - place) * int(digits[place]) for place in range(length)) * 10 % 11 % 10 == int(digits[length])
        for length in (9, 10)
    )


def chinese_resident(digits: str) -> bool:
    """GB 11643: seventeen digits and a check character by ISO 7064, MOD 11-2."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(digits[:17]))
    return "10X98765432"[total % 11] == digits[17].upper()


_DIGIT_VALUES = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_LETTER_VALUES = (*_DIGIT_VALUES, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (*_DIGIT_VALUES, *_LETTER_VALUES), strict=True))
_EVEN = {letter: int(letter, 36) - (10 if letter.isalpha() else 0) for letter in _ODD}


def italian_fiscal_code(letters: str) -> bool:
    """Fifteen characters and a check letter (ministerial decree of 23 December 1976)."""
    total = sum((_EVEN if place % 2 else _ODD)[letter] for place, letter in enumerate(letters[:15]))
    return chr(ord("A") + total % 26) == letters[15]
