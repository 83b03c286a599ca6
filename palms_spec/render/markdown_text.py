"""Text that anyone may have written, in Markdown: shown as it is, and parsed by nobody.

Words of plain letters and figures stay prose, and a word in backticks is code already. All else is made code: the one
place where neither a Markdown parser nor the site that shows its output looks for markup, HTML, links, mentions,
references or emoji.
"""

from __future__ import annotations

import re

from palms_spec.render.escaping import visible

# Not among them: www, a hyphen before a figure (issues), long hexadecimal words (commits), a full stop or a colon in a
# word (hosts, emoji). Sites make links or pictures of these without any markup.
_PLAIN = re.compile(
    r"""
    (?! .* (?: www | [0-9a-f]{7} ))
    [("'“‘«]*
    (?: [^\W_]+ (?: ['’] [^\W_]+ | - (?!\d) [^\W_]+ | [.,] \d+ )* %? | [–—…%] )
    [)"'”’»]* [.,;:?!…]* [)"'”’»]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUOTED = re.compile("`([^`]+)`([.,;:?!]*)")
_BACKTICKS = re.compile("`+")


def inline(text: str, *, cell: bool = False) -> str:
    """The text for the middle of a line, or for a cell of a table."""
    parts: list[str] = []
    odd: list[str] = []
    for word in [*visible(text).split(" "), ""]:
        quoted = _QUOTED.fullmatch(word)
        if word and not quoted and not _PLAIN.fullmatch(word):
            odd.append(word)
            continue
        if odd:
            parts.append(code(" ".join(odd), cell=cell))
            odd = []
        parts.append(code(quoted[1], cell=cell) + quoted[2] if quoted else word)
    return " ".join(parts[:-1])


def code(text: str, *, cell: bool = False) -> str:
    """The text as code, in backticks that do not occur in it."""
    text = visible(text)
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) or not text else ""
    shown = f"{fence}{pad}{text}{pad}{fence}"
    return shown.replace("|", r"\|") if cell else shown
