"""Names for files from what they are about."""

from __future__ import annotations

import re
import unicodedata

WORDS = 6
MOST_CHARACTERS = 48
LOOKED_AT = 400


def slug(text: str, words: int = WORDS, characters: int = MOST_CHARACTERS) -> str:
    """The first words of a text in small letters and digits; "sample" where it has none of the Latin script."""
    plain = unicodedata.normalize("NFKD", text[:LOOKED_AT].lower()).encode("ascii", "ignore").decode()
    found = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
    return "-".join(found[:words])[:characters].rstrip("-") or "sample"
