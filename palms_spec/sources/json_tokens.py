"""The smallest parts of a JSON text: white space, strings, numbers and the three words."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder

from palms_spec.errors import SourceSyntaxError
from palms_spec.sources.node import MAX_DIGITS

_BLANK = re.compile(r"[ \t\n\r]++").match
_SIMPLE_STRING = re.compile(r'"([^"\\\x00-\x1f]*+)"').match
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?([eE][-+]?[0-9]++)?(?![\w.+-])").match
_LITERAL = re.compile(r"[A-Za-z]++").match
_LITERALS = {"true": True, "false": False, "null": None}
_NOT_JSON = {
    "True": "write true",
    "False": "write false",
    "None": "write null",
    "NaN": "JSON has no NaN",
    "Infinity": "JSON has no Infinity",
}
_decode = JSONDecoder().raw_decode


def blank_end(text: str, at: int) -> int:
    """Where the white space at an offset ends."""
    return blank.end() if (blank := _BLANK(text, at)) else at


def string(text: str, at: int) -> tuple[str, int]:
    """The value of the string whose opening quote stands at an offset, and where it ends."""
    if match := _SIMPLE_STRING(text, at):
        return match[1], match.end()
    try:
        value, end = _decode(text, at)
    except JSONDecodeError as error:
        raise _string_error(text, at, error) from error
    return value, end


def number(text: str, at: int) -> tuple[int | float, int]:
    """The number at an offset, and where it ends."""
    match = _NUMBER(text, at)
    if match is None:
        hint = "write 0.5 for .5, 1.0 for 1. and no zeros, plus signs or underscores in front or within"
        raise SourceSyntaxError("a number that JSON does not know", offset=at, hint=hint)
    end = match.end()
    if match[1] or match[2]:
        return float(match[0]), end
    if end - at > MAX_DIGITS:
        raise SourceSyntaxError(f"a number of more than {MAX_DIGITS} digits", offset=at)
    return int(match[0]), end


def literal(text: str, at: int) -> tuple[bool | None, int]:
    """true, false or null at an offset, and where it ends; or an error that says what stands there instead."""
    match = _LITERAL(text, at)
    word = match[0] if match else text[at : at + 1]
    if word in _LITERALS:
        return _LITERALS[word], at + len(word)
    if not word:
        raise SourceSyntaxError("the text ends where a value is expected", offset=at)
    if word in _NOT_JSON:
        raise SourceSyntaxError(f"{word} is not a value in JSON", offset=at, hint=_NOT_JSON[word])
    if word in "/#":
        raise SourceSyntaxError("JSON has no comments", offset=at, hint="delete the comment")
    if word == "'":
        raise SourceSyntaxError("a string in single quotes", offset=at, hint="use double quotes")
    if word == "\ufeff":
        raise SourceSyntaxError("a byte order mark stands inside of the file", offset=at, hint="delete it")
    shown = word if len(word) <= 20 else word[:19] + "…"
    raise SourceSyntaxError(f"expected a value, found {shown}", offset=at)


def _string_error(text: str, at: int, error: JSONDecodeError) -> SourceSyntaxError:
    if error.msg.startswith("Unterminated"):
        return SourceSyntaxError("a quote is not closed", offset=at)
    if error.msg.startswith("Invalid control character"):
        code = ord(text[error.pos])
        message, hint = f"the character U+{code:04X} stands in a string", f"write \\u{code:04x}"
        if code in (10, 13):
            message, hint = "a line break stands in a string, or a quote is not closed", "write \\n for a line break"
        return SourceSyntaxError(message, offset=error.pos, hint=hint)
    hint = 'an escape is one of \\" \\\\ \\/ \\b \\f \\n \\r \\t, or \\u and four hex digits'
    return SourceSyntaxError("an escape that JSON does not know", offset=max(at, min(error.pos, len(text))), hint=hint)
