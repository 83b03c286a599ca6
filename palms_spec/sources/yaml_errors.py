"""What is wrong with a YAML text, in words for the person who wrote it."""

from __future__ import annotations

import re
from typing import Any

from palms_spec.errors import SourceSyntaxError

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").search

_INDENTATION = "check how far the lines around it are indented"
_QUOTES = "put the value in quotes"
_TAB = ("a tab stands in the indentation", "indent with spaces")
_BRACKET = "a list that [ opens is not closed, or a comma is missing"
_BRACE = "a mapping that { opens is not closed, or a comma is missing"

# From libyaml's words to ours. True: the thing begins where libyaml's context begins, and that is the place to look at.
_PROBLEMS: dict[str, tuple[str, str, bool]] = {
    "mapping values are not allowed in this context": (
        "a colon with a space after it stands where no key can be",
        f"{_QUOTES}, or {_INDENTATION}",
        False,
    ),
    "mapping keys are not allowed in this context": ("a key stands where none can be", _INDENTATION, False),
    "block sequence entries are not allowed in this context": (
        "a list item stands where none can be",
        _INDENTATION,
        False,
    ),
    "could not find expected ':'": ("a key without a colon", f"write key: value, or {_INDENTATION}", True),
    "did not find expected key": ("expected a key here", f"{_INDENTATION}, and whether quotes are closed", False),
    "did not find expected '-' indicator": ("expected a list item here", _INDENTATION, False),
    "did not find expected ',' or ']'": (_BRACKET, "", True),
    "did not find expected ',' or '}'": (_BRACE, "", True),
    "did not find expected node content": ("expected a value here", "", False),
    "did not find expected <document start>": ("text goes on where the document has ended", _INDENTATION, False),
    "found unexpected end of stream": ("a quote is not closed", "", True),
    "found unexpected document indicator": ("a quote is not closed", "", True),
    "found unknown escape character": (
        "an escape that YAML does not know",
        "write two backslashes, or use single quotes",
        False,
    ),
    "found invalid Unicode character escape code": (
        "an escape that stands for no character",
        "write the character itself: halves of surrogate pairs are JSON's way only",
        False,
    ),
    "did not find expected hexdecimal number": ("an escape lacks some of its hex digits", "", False),
    "did not find expected alphabetic or numeric character": (
        "an anchor or alias without a name",
        f"{_QUOTES} if * or & belongs to its text",
        True,
    ),
    "exceeded maximum nesting depth": ("lists or mappings stand in each other too deep", "", False),
    "found a tab character that violates indentation": (*_TAB, False),
    "found a tab character where an indentation space is expected": (*_TAB, False),
    "did not find expected comment or line break": (
        "text stands where only a line break or a comment can",
        "the text of a block begins on the line after | or >",
        False,
    ),
    "found undefined tag handle": ("a tag that is not defined", f"{_QUOTES} if ! belongs to its text", False),
    "found incompatible YAML document": ("written in a version of YAML that is not known", "", False),
}


def is_allowed(text: str) -> bool:
    """Whether YAML allows all characters of a text to stand there as they are."""
    return _FORBIDDEN(text) is None


def explained(error: Any, text: str, shift: int) -> SourceSyntaxError:
    """A YAMLError of libyaml as ours. `shift` is where in the whole text the parsed part begins."""
    problem, mark, context = (getattr(error, name, None) for name in ("problem", "problem_mark", "context_mark"))
    if problem is None:
        return unreadable_character(text, shift)
    offset = mark.index if mark else 0
    if problem == "found character that cannot start any token":
        message, hint = _bad_start(text[offset : offset + 1])
        return SourceSyntaxError(message, offset=offset + shift, hint=hint)
    if problem not in _PROBLEMS:
        return SourceSyntaxError(f"no valid YAML: {problem}", offset=offset + shift)
    message, hint, at_context = _PROBLEMS[problem]
    if at_context and context:
        offset = context.index
    return SourceSyntaxError(message, offset=offset + shift, hint=hint)


def unreadable_character(text: str, shift: int) -> SourceSyntaxError:
    """The error for the first character that YAML does not allow in a text."""
    match = _FORBIDDEN(text)
    if match is None:
        return SourceSyntaxError("no valid YAML", offset=shift)
    message = f"the character U+{ord(match[0]):04X} is not allowed in YAML"
    hint = "delete it, or write it as an escape in double quotes"
    return SourceSyntaxError(message, offset=match.start() + shift, hint=hint)


def _bad_start(character: str) -> tuple[str, str]:
    if character == "\t":
        return _TAB
    return f"a value cannot begin with {character}", _QUOTES
