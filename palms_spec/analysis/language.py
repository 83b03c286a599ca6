"""Which scripts a language is written in, and how much of a text cannot be in it.

Scripts tell languages apart only where these do not share one, but there they are exact and need no model: a Cyrillic
answer is not English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from palms_spec.analysis.quoting import without_code
from palms_spec.documents.sample import USER, Turn

_LATIN = """
    af br ca co cs cy da de en eo es et eu fi fil fo fr fy ga gd gl gn ha haw hr ht hu id ig is it jv la lb ln
    lt lv mg mi ms mt nb nl nn no oc pl pt qu rm ro rw sk sl sm sn so sq st su sv sw tl tn to tr ts vi wa wo xh
    yo zu
"""
_OTHERS = {
    "Arabic": "ar ckb fa ps ug ur",
    "Armenian": "hy",
    "Bengali": "as bn",
    "Cyrillic": "be bg ky mk ru uk",
    "Devanagari": "hi mr ne sa",
    "Ethiopic": "am ti",
    "Georgian": "ka",
    "Greek": "el",
    "Gujarati": "gu",
    "Gurmukhi": "pa",
    "Han": "yue zh",
    "Hebrew": "he yi",
    "Kannada": "kn",
    "Khmer": "km",
    "Lao": "lo",
    "Malayalam": "ml",
    "Myanmar": "my",
    "Oriya": "or",
    "Sinhala": "si",
    "Tamil": "ta",
    "Telugu": "te",
    "Thai": "th",
    "Tibetan": "bo dz",
}
_SEVERAL = {"ja": ("Han", "Hiragana", "Katakana"), "ko": ("Hangul", "Han"), "zh": ("Han", "Bopomofo")}
_SUBTAGS = {
    "arab": ("Arabic",),
    "cyrl": ("Cyrillic",),
    "deva": ("Devanagari",),
    "grek": ("Greek",),
    "hans": ("Han", "Bopomofo"),
    "hant": ("Han", "Bopomofo"),
    "hebr": ("Hebrew",),
    "jpan": ("Han", "Hiragana", "Katakana"),
    "kore": ("Hangul", "Han"),
    "latn": ("Latin",),
}
_DENSE = frozenset(("Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"))
# First bytes, in UTF-8, of everything but Latin letters, general punctuation and symbols (which begin with 0xE2).
_COMMON_BYTES = bytes({*range(0x100)} - {*range(0xCD, 0xE2), *range(0xE3, 0xF5)})
_BEYOND_LATIN = re.compile(
    "[\u0370-\u1cff\u1f00-\u1fff\u3000-\ua71f\ua800-\uab2f\uab70-\ufaff\ufb13-\ufdff\ufe70-\ufefe\uff66-\uffdc"
    "\U00010000-\U0001cfff\U0001e000-\U0001efff\U00020000-\U000dffff]"
)
DENSITY = 3
MIN_LETTERS = 20
_scripts: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Scripts:
    """How many letters of which script a text has. A letter of Han, Kana or Hangul counts as three of an alphabet."""

    counts: Counter[str]

    @property
    def letters(self) -> int:
        return sum(self.counts.values())

    def share(self, script: str) -> float:
        """The share of a script, 0 to 1."""
        return self.counts[script] / self.letters if self.counts else 0.0


@cache
def scripts_of(language: str) -> frozenset[str]:
    """The scripts of a BCP 47 language, by their names in Unicode; empty where they are not known."""
    primary, *subtags = language.lower().replace("_", "-").split("-")
    for subtag in subtags:
        if len(subtag) == 4 and subtag.isalpha():
            return frozenset(_SUBTAGS.get(subtag, ()))
    if primary in _SEVERAL:
        return frozenset(_SEVERAL[primary])
    if primary in _LATIN.split():
        return frozenset(("Latin",))
    return frozenset(script for script, languages in _OTHERS.items() if primary in languages.split())


def may_hold_foreign_letters(text: str, own: frozenset[str]) -> bool:
    """A quick look whether a text can have letters of other scripts than its own."""
    if not own or ("Latin" in own and text.isascii()):
        return False
    if "Latin" not in own:
        return True
    suspects = text.encode("utf-8", "surrogatepass").translate(None, _COMMON_BYTES)
    return bool(suspects) and _BEYOND_LATIN.search(text) is not None


def scripts_in(text: str) -> Scripts:
    """The scripts of a text's letters. Code is left out, and so are letters that all scripts share."""
    prose, counts = without_code(text), Counter[str]()
    for letter in set(prose):
        script = script_of(letter)
        if script:
            counts[script] += prose.count(letter) * (DENSITY if script in _DENSE else 1)
    return Scripts(counts)


def foreign_majority(text: str, own: frozenset[str]) -> tuple[str, float] | None:
    """The foreign script of most of a text's letters, with its share.

    Most are more than half, of Latin letters more than four fifths. Texts with few letters have none.
    """
    found = scripts_in(text)
    if found.letters < MIN_LETTERS:
        return None
    for script in found.counts.keys() - own:
        share = found.share(script)
        if share > (0.8 if script == "Latin" else 0.5):
            return script, share
    return None


def foreign_runs(text: str, own: frozenset[str], letters: int) -> list[tuple[int, int, str]]:
    """Start, end and script of every run of so many letters or more of one foreign script.

    No letter of another script stands between them. Latin letters need four times as many: names and terms are written
    in them everywhere.
    """
    runs: list[tuple[int, int, str]] = []
    start = end = weight = 0
    current = ""
    for at, character in enumerate(without_code(text) + "."):
        script = script_of(character)
        if not script and at < len(text):
            continue
        if script != current:
            if current and current not in own and weight >= letters * (4 if current == "Latin" else 1):
                runs.append((start, end, current))
            start, weight, current = at, 0, script
        weight += DENSITY if script in _DENSE else 1
        end = at + 1
    return runs


def script_of(character: str) -> str:
    """The script of a letter; "" of everything else, and of letters that several scripts share."""
    script = _scripts.get(character)
    if script is None:
        found = _pattern().match(character) if character.isalpha() else None
        script = _scripts[character] = (found.lastgroup or "") if found else ""
    return script


@cache
def _pattern() -> Any:
    import regex

    names = ("Latin", *_OTHERS, "Hiragana", "Katakana", "Hangul", "Bopomofo")
    groups = "|".join(rf"(?P<{name}>\p{{Script={name}}})" for name in dict.fromkeys(names))
    return regex.compile(groups)


_TRANSLATION = (
    "translat",
    "traduc",
    "traduz",
    "traduir",
    "übersetz",
    "vertaal",
    "перевед",
    "перевод",
    "翻译",
    "翻譯",
    "翻訳",
    "번역",
    "ترجم",
)
_NAMES_TEXT = """
    alphabet arabic armenian bengali bulgarian cantonese chinese cyrillic english farsi georgian greek gujarati
    hebrew hindi japanese kanji khmer korean kurdish language languages macedonian malayalam mandarin marathi
    mongolian nepali pashto persian punjabi russian sanskrit script serbian sinhala tamil telugu thai tibetan
    ukrainian urdu yiddish
"""
_NAMES = frozenset(_NAMES_TEXT.split())


def names_languages(text: str, words: Iterable[str]) -> bool:
    """Whether a text speaks of translation, or names a language whose script few others share. Names are known in
    English. `words` are its folded words."""
    return not _NAMES.isdisjoint(words) or any(stem in text.lower() for stem in _TRANSLATION)


def asks_about_languages(turns: list[Turn], words: list[list[str]]) -> bool:
    """Whether a user names languages. `words` are the folded words of the turns."""
    asked = zip(turns, words, strict=True)
    return any(turn.role == USER and names_languages(turn.content, said) for turn, said in asked)
