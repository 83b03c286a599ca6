"""Attributes as Markdown's headings (`{#id .class name=value}`) and tags (`name="value"`) have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ID, CLASS = "#", "class"
_WORD = re.compile(r"""(?P<name>[^\s="']+)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']*)))?""")
_LIST = re.compile(r"""[ \t]*\{:?[ \t]*(?P<words>(?:"[^"\n\r]*"|'[^'\n\r]*'|[^{}"'\n\r])*)\}[ \t]*\Z""")
_MARKED = re.compile(r"""(?:^|\s)(?:[#.]\w|[^\s="']+=)""")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name and its value, which stands from `start` to `end`. The name of an id is `ID`, that of a class `CLASS`; a
    word alone has the empty value."""

    name: str
    value: str
    start: int
    end: int


def attributes_in(text: str, start: int, end: int) -> Iterator[Attribute]:
    """The attributes between two offsets, in order."""
    for word in _WORD.finditer(text, start, end):
        name = word["name"]
        for group in ("double", "single", "bare"):
            if word[group] is not None:
                yield Attribute(name, word[group], *word.span(group))
                break
        else:
            if name[0] in "#." and len(name) > 1:
                yield Attribute(ID if name[0] == "#" else CLASS, name[1:], word.start() + 1, word.end())
            else:
                yield Attribute(name, "", *word.span())


def attribute_list(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """Where the list of attributes begins with which a heading ends, with the blanks before it, and where its words
    stand; None where there is none. Braces without an id, a class or a value are text."""
    opening = text.rfind("{", start, end)
    while opening >= start:
        begin = opening
        while begin > start and text[begin - 1] in " \t":
            begin -= 1
        found = _LIST.match(text, begin, end)
        if found is not None:
            return (begin, *found.span("words")) if _MARKED.search(found["words"]) else None
        opening = text.rfind("{", start, opening)
    return None
