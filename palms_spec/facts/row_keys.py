"""The keys of one row of a training file, made as cheaply as a file of a million rows asks for.

Rows that are the same have the same prompt, so a row has no key of its whole text where it has one of its prompt: which
of the rows with one prompt are the same altogether is found out among those (`Grouping`).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from palms_spec.analysis.bands import band_keys
from palms_spec.analysis.words import folded_words
from palms_spec.documents.sample import ASSISTANT
from palms_spec.facts.keys import KEY_BYTES, KeyColumns, key_of
from palms_spec.facts.references import NAMESPACE_SHIFT, Namespace
from palms_spec.facts.sample import normalized_turn
from palms_spec.facts.sample_keys import INSTRUCTIONS

REMEMBERED = 10_000
_SAMPLE = Namespace.SAMPLE << NAMESPACE_SHIFT
_PROMPT = Namespace.PROMPT << NAMESPACE_SHIFT
_BAND = Namespace.BAND << NAMESPACE_SHIFT
_WHITE = bytes(code for code in range(128) if chr(code).isspace())
_number = int.from_bytes


class RowKeys:
    """Gives the keys of rows, in the namespaces that are asked for.

    PROMPT: all turns before the answer, with the instructions to the model left out, if there is something in them, and
    without the white space; so rows with one prompt share it, and hardly any others. SAMPLE: the whole text, of rows
    that have no such prompt. BAND: MinHash bands of the words, but for those of the instructions, which in many files
    are the same in all rows.
    """

    def __init__(self, namespaces: frozenset[int]) -> None:
        self._same = Namespace.SAMPLE in namespaces or Namespace.PROMPT in namespaces
        self._band = Namespace.BAND in namespaces
        self._places: dict[tuple[str, ...], tuple[list[int], list[int]]] = {}

    def add(
        self,
        columns: KeyColumns,
        roles: tuple[str, ...],
        texts: list[str],
        place: int,
        rejected: Sequence[str] = (),
    ) -> None:
        """Give the keys of a row that is there as roles and texts and stands at a place (a reference without
        namespace). `rejected` are the texts of the other conversation of preference data."""
        asked, said = self._places.get(roles) or self._settle(roles)
        if self._same:
            prompt = b"\n".join([_packed(texts[at]) for at in asked])
            if prompt:
                columns.add(_number(blake2b(prompt, digest_size=KEY_BYTES).digest(), "little"), _PROMPT | place)
            elif any(texts):
                whole = [normalized_turn(role, text) for role, text in zip(roles, texts, strict=True)]
                columns.add(key_of("\n".join([*whole, *rejected])), _SAMPLE | place)
        if self._band:
            columns.add_all(band_keys(folded_words("\n".join([texts[at] for at in said]))), _BAND | place)

    def _settle(self, roles: tuple[str, ...]) -> tuple[list[int], list[int]]:
        """Which turns are the prompt, and which are no instructions."""
        said = [at for at, role in enumerate(roles) if role not in INSTRUCTIONS]
        asked = said[:-1] if roles[-1] == ASSISTANT else said
        places = self._places[roles] = asked, said
        if len(self._places) > REMEMBERED:
            self._places.clear()
        return places


def _packed(text: str) -> bytes:
    """A text without its white space, its characters composed (NFC)."""
    if text.isascii():
        return text.encode().translate(None, _WHITE)
    import unicodedata

    return "".join(unicodedata.normalize("NFC", text).split()).encode("utf-8", "surrogatepass")
