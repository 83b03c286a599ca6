"""Regular expressions that people write into documents: compiled, or refused with the place and the reason.

Python's `re` backtracks: where the same text can be matched in two ways inside of a repetition, the time doubles with
each character. Such a pattern is refused (`repetition`).
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

from palms_spec.documents.repetition import can_explode


class PatternError(ValueError):
    """A pattern that is not taken. `offset` is where in it the reason lies."""

    def __init__(self, message: str, hint: str = "", offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.offset = offset


@cache
def compile_pattern(text: str, *, fold: bool = False) -> re.Pattern[str]:
    """A compiled pattern, in which `^` and `$` stand for the ends of lines. Raises PatternError."""
    flags = re.MULTILINE | (re.IGNORECASE if fold else 0)
    try:
        pattern = re.compile(text, flags)
    except (re.error, OverflowError, RecursionError) as error:
        message = error.msg if isinstance(error, re.error) else "it is too large"
        offset = (error.pos or 0) if isinstance(error, re.error) else 0
        raise PatternError(f"no regular expression: {message}", "it is written as for Python's re", offset) from error
    if can_explode(parsed(pattern), pattern.flags):
        raise PatternError(
            "a repetition in it can match the same text in two ways, which takes exponential time",
            "write the repetition so that its rounds begin with something that they do not end with",
        )
    return pattern


def parsed(pattern: re.Pattern[str]) -> list[Any]:
    """The tree of a compiled pattern: operations with their arguments, as Python's own parser names them."""
    return list(import_module("re._parser").parse(pattern.pattern, pattern.flags))
