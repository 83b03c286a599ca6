"""Which language a text is in, by its smallest words: those that hold sentences together and stand in every text.

They tell languages apart that share a script, where a text is long enough. What counts is that no text is taken for one
in another language; of languages that join such words to others, as Finnish and Hungarian do, fewer texts are told.
"""

from __future__ import annotations

from collections.abc import Mapping

_WRITTEN = {
    "ca": """
        el la els les de del dels que en un una és per amb no al més com però aquest aquesta això està són
        ha ser es seva seu també quan molt tot hi pot
    """,
    "cs": """
        se na je to že do ale jako jsou pro by za od po nebo který která které jak tak co být když už jeho
        není si bude jste této tento
    """,
    "da": """
        og at det er en af for på med den til ikke som har der de et kan om jeg var men vi eller så fra når
        du også skal blive hvad sig efter være ved denne
    """,
    "de": """
        der die das und ist nicht ich sie es ein eine zu den mit von für auf dem sich auch wird sind wie
        werden bei oder aber nach wenn im des dass einen einer kann haben hat als aus noch nur über durch
    """,
    "en": """
        the of and to in is that it you for was on are with as they be at have this from or by but not what
        all were we when your can there which do how their if will about up out them then so some her would
        him into has more who its my she he his these any an no me us our
    """,
    "es": """
        el la los las de que en un una es por para con no se su lo del al como más pero este esta son ha ser
        si puede muy también hay sus le sin cuando
    """,
    "fi": """
        ja on ei se että hän oli mutta ovat kun tai myös joka sen niin jos kuin voi olla minä hänen tämä
        mitä siitä vain ole jotka sekä
    """,
    "fr": """
        le la les de des et est un une du dans que qui pour pas vous il elle sur avec au ce cette par plus
        sont ne se sa son mais nous ou je être votre aux ont leur ces à en si comme tout cest
    """,
    "hu": """
        az és hogy nem is egy ez ha van meg csak vagy már el azt amely lehet kell mint ezt akkor még volt
    """,
    "id": """
        yang dan di untuk dengan ini itu tidak dari dalam adalah pada akan ke atau juga bisa ada anda saya
        oleh karena jika dapat
    """,
    "it": """
        la il di che è un una per non in con del della le si da sono più come ma al gli dei nel lo alla ha
        anche questo essere se delle suo può ci dal viene
    """,
    "nb": """
        og å det er en av for på med den til ikke som har der de et kan om jeg var men vi eller så fra når
        du også skal blir hva seg etter være ved denne
    """,
    "nl": """
        de het een en van is dat in te op zijn met voor niet aan er om ook als maar dan of je door bij naar
        wordt kan deze uit nog heeft wat worden die over
    """,
    "pl": """
        nie na się to że jest do jak ale za od po tak dla przez może być są tego lub który która oraz jeśli
        czy jako
    """,
    "pt": """
        os as de que do da em um uma para com não é se por no na mais dos como mas ao ele das tem seu sua ou
        ser quando muito nos já está eu também pelo pela
    """,
    "ro": """
        și de în la cu nu că pe să este un din pentru care mai sau se ce sunt fi dacă dar ca au al poate
    """,
    "sv": """
        och att det som en på är av för med den till inte har om ett var jag men de kan från så vi eller när
        man sig vad också ska efter vid denna
    """,
    "tr": """
        ve bir bu da de için ile ne çok gibi daha olarak olan kadar ama var değil sonra veya ise
    """,
    "vi": """
        và của là có không được cho một các trong người với này những để đã khi về như
    """,
}
COMMON: Mapping[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _WRITTEN.items()}
NAMES: Mapping[str, str] = {
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish or Norwegian",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "nb": "Danish or Norwegian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "sv": "Swedish",
    "tr": "Turkish",
    "vi": "Vietnamese",
}
SELF_NAMES = """
    bahasa castellano català catalán česky čeština dansk deutsch deutschen espagnol español française français italiano
    magyar magyarul nederlands norsk polski polsku português română suomea suomeksi svenska tiếng türkçe
"""
NAMED = frozenset(" ".join(NAMES.values()).lower().split()) | frozenset(SELF_NAMES.split()) | {"latin", "norwegian"}
"""Words for these languages, in English and in themselves."""
FEWEST = 12
DIFFERENT = 4
SHARE = 0.2
OWN_SHARE = 0.35
BEGINNING, CLEARLY_OWN = 32, 10
"""So many of the first words are enough to tell a text that is in its own language, as nearly all are."""


def told_by_words(words: list[str], language: str) -> str:
    """The language of a text by its folded words, where it is another than the given one; "" where that cannot be told.

    Both are the first parts of BCP 47 tags. In the other language a fifth of the words are among the common ones, four
    of them different, and nearly three times as many as in the given one.
    """
    own = COMMON.get("nb" if language in ("no", "nn") else language)
    if own is None or len(words) < FEWEST:
        return ""
    least, is_own = SHARE * len(words), own.__contains__
    if sum(map(is_own, words[:BEGINNING])) >= CLEARLY_OWN:
        return ""
    ours = sum(map(is_own, words))
    if ours >= least:
        return ""
    most, found = max((sum(map(common.__contains__, words)), name) for name, common in COMMON.items())
    if most < least or ours > OWN_SHARE * most or len(COMMON[found].intersection(words)) < DIFFERENT:
        return ""
    return found
