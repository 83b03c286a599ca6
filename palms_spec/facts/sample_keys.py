"""The keys of one sample."""

from __future__ import annotations

from palms_spec.analysis.likeness import band_keys
from palms_spec.documents.sample import ASSISTANT
from palms_spec.facts.keys import KeyColumns, key_of
from palms_spec.facts.references import NAMESPACE_SHIFT, Namespace
from palms_spec.facts.sample import SampleFacts, normalized_turn

_ID = Namespace.ID << NAMESPACE_SHIFT
_SAMPLE = Namespace.SAMPLE << NAMESPACE_SHIFT
_PROMPT = Namespace.PROMPT << NAMESPACE_SHIFT
_BAND = Namespace.BAND << NAMESPACE_SHIFT
_OPENING = Namespace.OPENING << NAMESPACE_SHIFT
OPENING_WORDS = 4
_STRUCTURED = ("{", "[", "<", "`", "|", "#")


def add_sample_keys(columns: KeyColumns, facts: SampleFacts, place: int, namespaces: frozenset[int]) -> None:
    """Give the keys of a sample that stands at a place (a reference without namespace).

    ID: the id of a sample that states one. SAMPLE: its whole text, of preference data with what is rejected. PROMPT:
    all turns before the answer, with the instructions to the model left out, if there is a word in them. BAND: MinHash
    bands of its words. OPENING: the first words of an answer in prose that goes on after them.
    """
    add, sample = columns.add, facts.sample
    if Namespace.ID in namespaces and sample.id is not None:
        add(key_of(f"sample {sample.id}"), _ID | place)
    normalized = facts.normalized
    if Namespace.SAMPLE in namespaces and any(turn.content for turn in sample.turns):
        rejected = [normalized_turn(turn.role, turn.content) for turn in sample.rejected]
        add(key_of("\n".join([*normalized, "", *rejected] if rejected else normalized)), _SAMPLE | place)
    if Namespace.PROMPT in namespaces:
        asked = [
            line
            for line, turn in zip(normalized, sample.turns, strict=True)
            if turn.role not in ("system", "developer")
        ]
        if asked and sample.turns[-1].role == ASSISTANT:
            asked.pop()
        if asked and (len(asked) > 1 or asked[0][-1] != " "):
            add(prompt_key(asked), _PROMPT | place)
    if Namespace.BAND in namespaces:
        columns.add_all(band_keys(facts.words), _BAND | place)
    if Namespace.OPENING in namespaces and (answer := sample.answer) and not answer.content.startswith(_STRUCTURED):
        opening = facts.turn_words[-1][: OPENING_WORDS + 1]
        if len(opening) > OPENING_WORDS:
            opening.pop()
            add(key_of(" ".join(opening)), _OPENING | place)


def prompt_key(turns: list[str]) -> int:
    """The key of a prompt whose turns are written as `SampleFacts.normalized` writes them."""
    return key_of("\n".join(turns))
