"""The keys of one sample."""

from __future__ import annotations

from palms_spec.analysis.bands import band_keys
from palms_spec.documents.sample import ASSISTANT
from palms_spec.facts.keys import KeyColumns, key_of, prompt_key
from palms_spec.facts.references import NAMESPACE_SHIFT, Namespace
from palms_spec.facts.sample import SampleFacts, normalized_turn

_ID = Namespace.ID << NAMESPACE_SHIFT
_SAMPLE = Namespace.SAMPLE << NAMESPACE_SHIFT
_PROMPT = Namespace.PROMPT << NAMESPACE_SHIFT
_BAND = Namespace.BAND << NAMESPACE_SHIFT
_OPENING = Namespace.OPENING << NAMESPACE_SHIFT
OPENING_WORDS = 4
_STRUCTURED = ("{", "[", "<", "`", "|", "#")
INSTRUCTIONS = ("system", "developer")


class SampleKeys:
    """Gives the keys of samples, in the namespaces that are asked for.

    ID: the id of a sample that states one. SAMPLE: its whole text, of preference data with what is rejected. PROMPT:
    all turns before the answer, with the instructions to the model left out, if there is a word in them. BAND: MinHash
    bands of its words. OPENING: the first words of an answer in prose that goes on after them. REVIEW: as `review_keys`
    says, where the sample may be reviewed.
    """

    def __init__(self, namespaces: frozenset[int]) -> None:
        self._id = Namespace.ID in namespaces
        self._sample = Namespace.SAMPLE in namespaces
        self._prompt = Namespace.PROMPT in namespaces
        self._band = Namespace.BAND in namespaces
        self._opening = Namespace.OPENING in namespaces
        self._review = Namespace.REVIEW in namespaces

    def add(self, columns: KeyColumns, facts: SampleFacts, place: int) -> None:
        """Give the keys of a sample that stands at a place (a reference without namespace)."""
        add, sample = columns.add, facts.sample
        turns = sample.turns
        if self._id and sample.id is not None:
            add(key_of("sample " + sample.id), _ID | place)
        if self._sample and any(turn.content for turn in turns):
            add(whole_key(facts), _SAMPLE | place)
        if self._prompt:
            asked = facts.normalized
            if turns[-1].role == ASSISTANT:
                asked = asked[:-1]
            if len(asked) > 1 or (asked and turns[0].role in INSTRUCTIONS):
                asked = [line for line, turn in zip(asked, turns, strict=False) if turn.role not in INSTRUCTIONS]
            if asked and (len(asked) > 1 or asked[0][-1] != " "):
                add(prompt_key(asked), _PROMPT | place)
        if self._band:
            columns.add_all(band_keys(facts.words), _BAND | place)
        if self._opening and turns[-1].role == ASSISTANT and not turns[-1].content.startswith(_STRUCTURED):
            words = facts.turn_words[-1]
            if len(words) > OPENING_WORDS:
                add(key_of(" ".join(words[:OPENING_WORDS])), _OPENING | place)
        if self._review and facts.context.reviewed and sample.positions:
            from palms_spec.facts.review_keys import add_review_keys  # most projects have no reviews

            add_review_keys(columns, facts, place)


def whole_key(facts: SampleFacts) -> int:
    """The key of the whole text of a sample, of preference data with what is rejected."""
    whole = "\n".join(facts.normalized)
    if facts.sample.rejected:
        rejected = [normalized_turn(turn.role, turn.content) for turn in facts.sample.rejected]
        whole = "\n".join([whole, "", *rejected])
    return key_of(whole)
