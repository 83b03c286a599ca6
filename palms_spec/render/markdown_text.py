"""Text that anyone may have written, in Markdown: shown as it is, and parsed by nobody.

Words of plain letters and figures stay prose, and a word in backticks is code already. All else is made code, without
the brackets and marks around it: the one place where neither a Markdown parser nor the site that shows its output looks
for markup, HTML, links, mentions, references or emoji.
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
    (?: \d+ (?: - \d+ )+ | [^\W_]+ (?: ['’] [^\W_]+ | - (?!\d) [^\W_]+ | [.,] \d+ )* %? | [–—…%] )
    [)"'”’»]* [.,;:?!…]* [)"'”’»]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUOTED = re.compile("()`([^`]+)`([.,;:?!…]*)")
_ENCLOSED = re.compile(r"""([("'“‘«]*)(\w(?:[\w.+#/@:-]*\w)?)([)"'”’»]*[.,;:?!…]*[)"'”’»]*)""")
_BACKTICKS = re.compile("`+")


def inline(text: str, *, cell: bool = False) -> str:
    """The text for the middle of a line, or for a cell of a table."""
    parts: list[str] = []
    odd: list[str] = []
    for word in [*visible(text).split(" "), ""]:
        if word and (around := _code_and_around(word)) is None and not _PLAIN.fullmatch(word):
            odd.append(word)
            continue
        if odd:
            parts.append(code(" ".join(odd), cell=cell))
            odd = []
        parts.append(around[0] + code(around[1], cell=cell) + around[2] if word and around else word)
    return " ".join(parts[:-1])


def _code_and_around(word: str) -> tuple[str, str, str] | None:
    """What is code in a word, with what stands before and behind it: for code in backticks, and for what is no prose
    and has brackets, quotation marks or the like around it. None for all other words."""
    found = _QUOTED.fullmatch(word)
    if found is None and not _PLAIN.fullmatch(word):
        found = _ENCLOSED.fullmatch(word)
        if found is not None and not (found[1] or found[3]):
            return None
    return (found[1], found[2], found[3]) if found else None


def code(text: str, *, cell: bool = False) -> str:
    """The text as code, in backticks that do not occur in it."""
    text = visible(text)
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) or not text else ""
    shown = f"{fence}{pad}{text}{pad}{fence}"
    return shown.replace("|", r"\|") if cell else shown
