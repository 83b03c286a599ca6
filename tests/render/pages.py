"""Markdown as a site shows it: with HTML taken as HTML, bare addresses made links, and mentions, references and emoji
looked for wherever no code stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt

LURE = re.compile(
    r"""
    @[^\W_] | [#!~%&$]\d | \w\#\d | \b[A-Z]+-\d | \b[0-9a-f]{7,40}\b | :[\w+-]+: | \$
    | \w+:// | \bwww\. | [^\W_]\.[a-z]{2} | mailto: | \[\^ | \[[ x]\]
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What sites make links, pictures, mathematics or notes of."""
_PARSER = MarkdownIt("gfm-like", {"html": True, "linkify": True})


@dataclass
class Page:
    """`tags` that are in it, `attributes` of them, all of the `text`, and the `lures` outside of code."""

    tags: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str | None]] = field(default_factory=set)
    text: str = ""
    lures: list[str] = field(default_factory=list)


def page_of(markdown: str) -> Page:
    """What a site makes of Markdown."""
    reader = _Reader()
    reader.feed(_PARSER.render(markdown))
    reader.close()
    assert not reader.open, f"left open: {reader.open}"
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.add(tag)
        self.page.attributes.update(attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.page.text += data
        if "code" not in self.open:
            self.page.lures += LURE.findall(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")
