"""Ids of tool calls, for targets that want them of one length."""

from __future__ import annotations

from hashlib import blake2b

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def is_short_id(name: str, length: int) -> bool:
    """Whether an id has this length, in letters and digits of ASCII."""
    return len(name) == length and name.isascii() and name.isalnum()


def short_id(name: str, length: int) -> str:
    """An id of letters and digits of this length: the name itself if it is one, else one that follows from it."""
    if is_short_id(name, length):
        return name
    number = int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big")
    characters = []
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        characters.append(_DIGITS[digit])
    return "".join(characters)
