"""What an unquoted YAML scalar means: YAML 1.2's core schema, and where a reader of YAML 1.1 sees another value."""

from __future__ import annotations

import re

from palms_spec.sources.node import MAX_DIGITS, Scalar

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_MAY_BE_OTHER = frozenset("0123456789+-.tTfFnN~")
# The core schema reads 012 as twelve and YAML 1.1 as ten. We read the text, and a rule asks for quotes.
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+").fullmatch
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+").fullmatch
_NO_FINITE = re.compile(r"([-+]?)\.(?:(inf|Inf|INF)|nan|NaN|NAN)").fullmatch


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar; dates, `yes`, `no`, `on`, `off` and numbers with a leading zero are text.

    Raises ValueError for a number of more than 4300 digits.
    """
    if not text:
        return None
    if text[0] not in _MAY_BE_OTHER:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT(text):
        if len(text) > MAX_DIGITS:
            raise ValueError(f"a number of more than {MAX_DIGITS} digits")
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if _FLOAT(text):
        return float(text)
    if match := _NO_FINITE(text):
        sign, infinite = match.groups()
        if infinite or not sign:
            return float(f"{sign}inf" if infinite else "nan")
    return text


_LEGACY = (
    ("a boolean", re.compile(r"[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF").fullmatch),
    (
        "a number",
        re.compile(
            r"[-+]?(?:0b[01_]+|0[0-7_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])*)"
            r"|[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?"
            r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
        ).fullmatch,
    ),
    (
        "a date",
        re.compile(
            r"\d{4}-\d\d-\d\d"
            r"|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?"
        ).fullmatch,
    ),
    ("a merge of mappings", re.compile("<<").fullmatch),
    ("a default value", re.compile("=").fullmatch),
)


def legacy_meaning(text: str) -> str:
    """What YAML 1.1 makes of an unquoted scalar that is text here: "a boolean", "a number", "a date", ...; else ""."""
    if len(text) > 100 or not isinstance(resolve(text), str):
        return ""
    return next((meaning for meaning, matches in _LEGACY if matches(text)), "")


_CORE = "tag:yaml.org,2002:"
_TYPES: dict[str, type | tuple[type, ...]] = {"int": int, "float": (int, float), "bool": bool, "null": type(None)}


def resolve_tagged(tag: str, text: str) -> Scalar:
    """The value of a scalar with a tag in front.

    Raises ValueError, with a message for the user, where the tag is none of YAML's core or does not fit the text.
    """
    name = tag.removeprefix(_CORE)
    if tag == "!" or (tag.startswith(_CORE) and name == "str"):
        return text
    if not tag.startswith(_CORE) or name not in _TYPES:
        raise ValueError(f"the tag {shown(tag)} is not allowed here")
    value = resolve(text)
    if not isinstance(value, _TYPES[name]) or (isinstance(value, bool) and name != "bool"):
        raise ValueError(f"the value is not what its tag {shown(tag)} says")
    return float(value) if name == "float" and value is not None else value


def check_collection_tag(tag: str | None, kind: str) -> None:
    """Raises ValueError unless a mapping ("map") or list ("seq") has no tag, or the one that says so."""
    if tag is not None and tag not in ("!", _CORE + kind):
        raise ValueError(f"the tag {shown(tag)} is not allowed here")


def shown(tag: str) -> str:
    """A tag as people write it."""
    short = "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag
    return short if len(short) <= 60 else short[:59] + "…"
