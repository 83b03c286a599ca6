"""JSON that reads back as the very value it was written from; it can hold text that YAML cannot."""

from __future__ import annotations

import json
import re

from palms_spec.sources.node import Plain

_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]").search


def write_json(value: Plain) -> str:
    """Indented JSON text, ended by a line break, that `read_json` reads as this value; lone surrogates are escaped.

    Raises ValueError for what JSON cannot hold: infinities, NaN, and the two halves of a surrogate pair side by side,
    which would come back as the one character they mean.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    if _PAIR(text):
        raise ValueError("JSON cannot hold a surrogate pair as two characters")
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
