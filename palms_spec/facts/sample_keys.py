"""The keys of one sample."""

from __future__ import annotations

from palms_spec.analysis.likeness import band_keys
from palms_spec.documents.sample import ASSISTANT
from palms_spec.facts.keys import KeyColumns, key_of
from palms_spec.facts.references import NAMESPACE_SHIFT, Namespace
from palms_spec.facts.sample import SampleFacts

_ID = Namespace.ID << NAMESPACE_SHIFT
_SAMPLE = Namespace.SAMPLE << NAMESPACE_SHIFT
_PROMPT = Namespace.PROMPT << NAMESPACE_SHIFT
_BAND = Namespace.BAND << NAMESPACE_SHIFT


def add_sample_keys(columns: KeyColumns, facts: SampleFacts, place: int, namespaces: frozenset[int]) -> None:
    """Give the keys of a sample that stands at a place (a reference without namespace).

    ID: the id of a sample that states one. SAMPLE: its whole text. PROMPT: all turns before the answer, with the
    instructions to the model left out. BAND: MinHash bands of its words.
    """
    add, sample = columns.add, facts.sample
    if Namespace.ID in namespaces and sample.id is not None:
        add(key_of(f"sample {sample.id}"), _ID | place)
    normalized = facts.normalized
    if Namespace.SAMPLE in namespaces and any(turn.content for turn in sample.turns):
        add(key_of("\n".join(normalized)), _SAMPLE | place)
    if Namespace.PROMPT in namespaces:
        asked = [
            line
            for line, turn in zip(normalized, sample.turns, strict=True)
            if turn.role not in ("system", "developer")
        ]
        if asked and sample.turns[-1].role == ASSISTANT:
            asked.pop()
        if asked:
            add(prompt_key(asked), _PROMPT | place)
    if Namespace.BAND in namespaces:
        for key in band_keys(facts.words):
            add(key, _BAND | place)


def prompt_key(turns: list[str]) -> int:
    """The key of a prompt whose turns are written as `SampleFacts.normalized` writes them."""
    return key_of("\n".join(turns))
