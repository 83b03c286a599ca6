from __future__ import annotations

from collections.abc import Callable, Iterator

from palms_spec.analysis.sentences import sentences
from palms_spec.analysis.words import count_words
from palms_spec.documents.pack_checks import Length
from palms_spec.rulekit.packs.checking import Checker, Hit
from palms_spec.rulekit.packs.values import Value

COUNTED: dict[str, Callable[[str], int]] = {
    "words": count_words,
    "characters": len,
    "sentences": lambda text: len(sentences(text)),
    "paragraphs": lambda text: sum(bool(piece.strip()) for piece in text.split("\n\n")),
    "lines": lambda text: len(text.strip("\n").split("\n")) if text.strip("\n") else 0,
}


def checker(check: Length) -> Checker:
    """How long a text is, or how many items a list has."""

    def find(value: Value) -> Iterator[Hit]:
        count = _count(value, check.of)
        if count is not None and not check.min <= count <= (count if check.max is None else check.max):
            wanted = f"at least {check.min}" if count < check.min else f"at most {check.max}"
            noun = check.of if count != 1 else check.of.removesuffix("s")
            said = {"count": str(count), "min": str(check.min), "max": str(check.max)}
            yield Hit(
                words={"what": f"{count} {noun}, {wanted} {'is' if wanted.endswith(' 1') else 'are'} asked for", **said}
            )

    return Checker(find, "{field}: {what}")


def _count(value: Value, of: str) -> int | None:
    if of == "items":
        return len(value.value) if isinstance(value.value, list) else None
    return COUNTED[of](value.text) if value.text is not None else None
