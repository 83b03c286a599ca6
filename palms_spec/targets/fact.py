"""Something that somebody else decides, with what it was read from and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Mark = Literal["code", "doc", "run", "?"]
MARKS: dict[Mark, str] = {
    "code": "read in the vendor's code",
    "doc": "the vendor's documentation says so",
    "run": "tried",
    "?": "not settled",
}
AS_OF = "2026-11-23"

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value_co]):
    """A value, how it is known (`MARKS`), by what, and on which day that was looked at."""

    value: Value_co
    mark: Mark
    source: str = ""
    as_of: str = AS_OF
