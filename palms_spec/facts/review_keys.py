"""The keys by which a sample and the reviews of it meet, for one position that it serves.

They meet by the text of the sample, or, where that was edited, by its id, which is a hint for the reviews beside its
own dataset only. Beside a sample's key stand references that hold no place: 40 bits of a hash of the position's id, and
of every author that the sample names, so that neither has to be read again to be known.
"""

from __future__ import annotations

from palms_spec.documents.identity import normalized, sample_hash
from palms_spec.facts.keys import KeyColumns, key_of
from palms_spec.facts.references import FILE_SHIFT, NAMESPACE_SHIFT, OFFSET_MASK, Namespace
from palms_spec.facts.sample import SampleFacts

_REVIEW = Namespace.REVIEW << NAMESPACE_SHIFT
_POSITION = Namespace.POSITION << NAMESPACE_SHIFT
_AUTHOR = Namespace.AUTHOR << NAMESPACE_SHIFT


def text_key(hashed: str, position: str) -> int:
    """The key of a sample's text, by its hash, and a position."""
    return key_of(f"review {hashed} {position}")


def hint_key(dataset: str, sample: str, position: str) -> int:
    """The key of a sample's id in a dataset, and a position."""
    return key_of(f"hint {dataset} {sample} {position}")


def adherence_key(dataset: str, position: str) -> int:
    """The key of the samples of a dataset that adhere to a position."""
    return key_of(f"adheres {dataset} {position}")


def short_hash(text: str) -> int:
    """Forty bits that stand for a text."""
    return key_of(text) & OFFSET_MASK


def names_of(person: str) -> tuple[str, ...]:
    """What a person may be called, ready to be compared: `Ana Pérez <ana@example.org>`, and the name and the address
    in it."""
    whole = normalized(person).casefold()
    name, _, address = whole.partition("<")
    return tuple(dict.fromkeys(one for one in (whole, name.strip(), address.rstrip("> ")) if one))


def add_review_keys(columns: KeyColumns, facts: SampleFacts, place: int) -> None:
    """Give the keys of a sample that stands at a place, for every position in force that it names."""
    sample, context = facts.sample, facts.context
    known = context.positions or {}
    positions = [one for one in dict.fromkeys(sample.positions) if one in known and one not in context.retired]
    if not positions:
        return
    hashed = sample_hash(sample.turns)
    file = place >> FILE_SHIFT << FILE_SHIFT
    authors = [_AUTHOR | file | short_hash(name) for author in sample.authors for name in names_of(author)]
    for position in positions:
        key = text_key(hashed, position)
        columns.add(key, _REVIEW | place)
        columns.add(key, _POSITION | file | short_hash(position))
        for author in authors:
            columns.add(key, author)
        if sample.id is not None:
            columns.add(hint_key(context.dataset, sample.id, position), _REVIEW | place)
