from __future__ import annotations

from palms_spec.analysis.phrases import PhraseFinder


def test_phrases_are_found_beside_half_a_character():
    assert PhraseFinder(["as an ai", "todo"]).present("half \ud83d, then todo") == {1}


def test_overlapping_phrases_are_all_found():
    assert PhraseFinder(["an ai", "as an ai", "ai"]).present("as an ai") == {0, 1, 2}
