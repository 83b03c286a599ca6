from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents.context import ANONYMOUS
from palms_spec.documents.sample import Sample, Turn
from palms_spec.facts.sample import SampleFacts
from palms_spec.rules.txt.mojibake import mojibake


def _messages(text: str) -> list[str]:
    return [
        problem.message for problem in mojibake.check(SampleFacts(Sample(None, [Turn("user", text, "")]), ANONYMOUS))
    ]


@pytest.mark.parametrize(
    "word", ["café", "naïve", "Zürich", "it’s", "“so”", "20 °C", "½", "5 €", "a – b", "🙂", "señor"]
)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_words_read_in_the_wrong_encoding_are_found(word, encoding):
    garbled = word.encode().decode(encoding, "ignore")
    assert _messages(f"The sign says {garbled} in large letters.")


@pytest.mark.parametrize(
    "text",
    [
        "Ça a été écrit à Évian : « Où es-tu ? » — “là”.",
        "SÃO PAULO, NÃO, ÀS TRÊS, PÂTÉ, CORAÇÃO, «OLÁ», “AVÓ”",
        "Við þurfum æðruleysi, Ðögg. Smörgåsbord på Östermalm, Århus.",
        "Đây là tiếng Việt: “Â”, Ê, Ô, Ơ, Ư. HÀ NỘI – HUẾ.",
        "İstanbul’da “şimdi” çok güzel; ağaç, Îmam, RÛZ.",
        "Ünïcödë 5′ 10″, ±0.5 °C, ©2020, ½ × ¾.",
    ],
)
def test_languages_that_use_these_letters_are_left_alone(text):
    assert _messages(text) == []


@given(st.text(st.characters(codec="latin-1", categories=["Ll", "Lu", "Zs"])))
def test_letters_alone_are_never_garbled(text):
    spaced = " ".join(text.replace("\xa0", " "))
    assert _messages(spaced) == []
