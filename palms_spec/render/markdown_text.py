"""Text that anyone may have written, in Markdown: shown as it is, and parsed by nobody.

Words of plain letters, figures and full stops stay prose. All else stands in code, which is the one place where neither
a Markdown parser nor the site that shows its output looks for markup, HTML, links, mentions, references or emoji.
"""

from __future__ import annotations

import re

from palms_spec.render.escaping import visible

# Left out on purpose: what starts with www or a number sign, words with a hyphen before a figure (issues),
# long hexadecimal words (commits), and a full stop or colon inside a word (hosts, emoji).
_PLAIN = re.compile(
    r"""
    [("'“‘«]*
    (?!www|[0-9a-f]{7})
    (?: [^\W_]+ (?: ['’] [^\W_]+ | - (?!\d) [^\W_]+ | [.,] \d+ )* | [–—…] )
    [)"'”’»]* [.,;:?!…]* [)"'”’»]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BACKTICKS = re.compile("`+")


def inline(text: str, *, cell: bool = False) -> str:
    """The text for the middle of a line, or for a cell of a table."""
    parts: list[str] = []
    odd: list[str] = []
    for word in visible(text).split(" "):
        if word and not _PLAIN.fullmatch(word):
            odd.append(word)
            continue
        if odd:
            parts.append(code(" ".join(odd), cell=cell))
            odd = []
        parts.append(word)
    if odd:
        parts.append(code(" ".join(odd), cell=cell))
    return " ".join(parts)


def code(text: str, *, cell: bool = False) -> str:
    """The text as code, in backticks that do not occur in it."""
    text = visible(text)
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) or not text else ""
    shown = f"{fence}{pad}{text}{pad}{fence}"
    return shown.replace("|", r"\|") if cell else shown
