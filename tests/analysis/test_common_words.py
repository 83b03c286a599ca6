"""Which language a text is in, told by its smallest words. The texts say what the example project is about."""

from __future__ import annotations

import pytest

from palms_spec.analysis.common_words import COMMON, NAMES, told_by_words
from palms_spec.analysis.words import folded_words

TEXTS = {
    "ca": "Només un metge ho pot dir, perquè això no es veu a la foto. Si la taca és més gran que ahir, no s'ha d'esperar.",
    "cs": "To může říct jen lékař, který se na to podívá. Když je skvrna větší než včera, tak by se už nemělo čekat.",
    "da": "Det kan kun en læge sige, når hun har set på huden. Hvis pletten er større end i går, skal du ikke vente til i morgen.",
    "de": "Das kann nur eine Ärztin sagen, wenn sie die Haut gesehen hat. Ist der Fleck größer als gestern, warten Sie nicht.",
    "en": "Only a clinician can say that, after she has looked at the skin. If the spot is larger than it was, do not wait.",
    "es": "Eso solo lo puede decir un médico que haya visto la piel. Si la mancha es más grande que ayer, no hay que esperar.",
    "fi": "Sen voi sanoa vain lääkäri, joka on nähnyt ihon. Jos läiskä on suurempi kuin eilen, niin ei ole syytä odottaa.",
    "fr": "Seul un médecin peut le dire, et il doit voir la peau. Si la tache est plus grande qu'hier, il ne faut pas attendre.",
    "hu": "Ezt csak az orvos mondja meg, ha már látta a bőrt. Ha a folt nagyobb, mint tegnap volt, akkor nem kell várni.",
    "id": "Hanya dokter yang bisa mengatakan itu, karena foto ini tidak cukup. Jika bercak itu bertambah besar, anda tidak dapat menunggu.",
    "it": "Solo un medico lo può dire, e deve vedere la pelle. Se la macchia è più grande di ieri, non si deve aspettare.",
    "nl": "Dat kan alleen een arts zeggen, die naar de huid heeft gekeken. Als de vlek groter is dan gisteren, wacht dan niet.",
    "pl": "To może powiedzieć tylko lekarz, który zobaczy skórę. Jeśli plama jest większa niż wczoraj, to nie należy czekać, czy się zmieni.",
    "pt": "Só um médico pode dizer isso, quando já viu a pele. Se a mancha é maior do que ontem, não se deve esperar mais.",
    "ro": "Numai un medic poate să spună asta, după ce a văzut pielea. Dacă pata este mai mare decât ieri, nu se mai așteaptă.",
    "sv": "Det kan bara en läkare säga, när hon har sett på huden. Om fläcken är större än i går, ska du inte vänta till i morgon.",
    "tr": "Bunu ancak bir doktor söyler, ama önce cilde bakar. Leke dünden daha büyük ise, bu için beklemek çok doğru değil, bir doktora gidin.",
    "vi": "Chỉ bác sĩ mới có thể nói được, khi đã xem da. Nếu vết này lớn hơn hôm qua thì không để lâu, và đi khám một lần.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_told_in_a_dataset_of_any_language_but_its_own(language):
    words = folded_words(TEXTS[language])
    found = {other: told_by_words(words, other) for other in COMMON}
    near = {other for other in COMMON if NAMES[other] == NAMES[language]}
    assert {other for other, name in found.items() if not name} >= near
    told = {other for other, name in found.items() if name}
    assert {NAMES[found[other]] for other in told} == {NAMES[language]}
    assert {"en", "fi", "tr", "vi"} - {language} <= told


def test_norwegian_is_one_language_by_all_of_its_tags():
    words = folded_words(TEXTS["da"])
    assert [told_by_words(words, tag) for tag in ("nb", "no", "nn", "da")] == ["", "", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Le médecin de la rue des Lilas le dira", id="few words"),
        pytest.param("de de de de de la la la la la de la de la", id="few different words"),
        pytest.param("Vitamin A, B, C, D, E, K, zinc, iron, copper, iodine, selenium, folate and niacin", id="a list"),
        pytest.param(
            "The sign says: il ne faut pas que tu la touches, so she did not touch it, and neither did we.",
            id="a quotation",
        ),
        pytest.param(
            "En el año de la revolución is what they called it in the village that I grew up in, and so do I.",
            id="a phrase",
        ),
        pytest.param(
            "SELECT en, de, les FROM la JOIN el ON la.que = el.un WHERE el.con = 1 AND de IN (1, 2) ORDER BY les",
            id="code",
        ),
    ],
)
def test_english_is_not_taken_for_another_language(text):
    assert told_by_words(folded_words(text), "en") == ""
