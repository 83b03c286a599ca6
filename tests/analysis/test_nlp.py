"""Patterns over spaCy's tokens, where the extra is installed."""

from __future__ import annotations

import pytest

from palms_spec.analysis import nlp


def test_what_is_missing_is_said_without_importing_anything(monkeypatch):
    monkeypatch.setattr(nlp, "find_spec", lambda name: None)
    assert nlp.missing([[{"LOWER": "very"}]]) == (
        "spaCy is not installed; install it with: pip install 'palms-spec[nlp]'"
    )
    monkeypatch.setattr(nlp, "find_spec", lambda name: object() if name == "spacy" else None)
    assert nlp.missing([[{"LOWER": "very"}]]) == ""
    assert nlp.missing([[{"LOWER": "very"}, {"pos": "ADJ"}]]) == (
        "spaCy's pipeline en_core_web_sm is not installed; python -m spacy download en_core_web_sm"
    )


def test_tokens_are_found():
    pytest.importorskip("spacy")
    matcher = nlp.TokenMatcher([[{"LOWER": "very"}, {"IS_ALPHA": True}], [{"LOWER": "very"}]])
    assert list(matcher.find("Very good, and very.")) == [(0, 9), (15, 19)]
    assert nlp.state([[{"LOWER": "very"}]])


def test_parts_of_speech_are_found():
    patterns = [[{"LOWER": "very"}, {"POS": "ADJ"}]]
    pytest.importorskip("spacy")
    if reason := nlp.missing(patterns):
        pytest.skip(reason)
    assert list(nlp.TokenMatcher(patterns).find("It is very good, very well.")) == [(6, 15)]
