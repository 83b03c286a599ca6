from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.common_words import NAMED, NAMES, told_by_words
from palms_spec.analysis.language import (
    asks_about_languages,
    foreign_majority,
    may_hold_foreign_letters,
    scripts_of,
)
from palms_spec.analysis.quoting import without_code
from palms_spec.analysis.words import folded_words
from palms_spec.documents.sample import ASSISTANT, USER
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
SAMPLE = FRONT + "# Is this rash measles?\n\n"
HINT = "write it in the dataset's language, or move it to a dataset of its own"
RUSSIAN = "Это может сказать только врач. Покажите ему сыпь сегодня же."
FRENCH = (
    "C’est au médecin de le dire après un examen. Montrez-lui la peau aujourd’hui, et ne prenez pas de crème avant."
)
GERMAN = "Das kann nur eine Ärztin sagen, wenn sie die Haut gesehen hat. Zeigen Sie ihr den Ausschlag noch heute."


def in_language(language: str, sample: str) -> dict[str, str | None]:
    dataset = f"palms: 1\nkind: dataset\nid: example\ntitle: Example\nlanguage: {language}\nspec: example\nsamples: [samples/example.md]\n"
    return {"datasets/example/dataset.yaml": dataset, "datasets/example/samples/example.md": sample}


@rule(
    code="SAM013",
    severity="error",
    since="0.1",
    subject="sample",
    needs=["language"],
    expected="A text is written in the language of its dataset.",
    examples=[
        Example(bad=SAMPLE + f"[[{RUSSIAN}]]\n", good=SAMPLE + "Only a clinician can say. Show it to one today.\n"),
        Example(
            bad=SAMPLE + "[[这只能由医生来判断，请今天就去看医生。]]\n", good=SAMPLE + "Only a clinician can say.\n"
        ),
        Example(
            bad=in_language("ru", FRONT + "# Это корь?\n\n[[Only a clinician can say. Show it to one today.]]\n"),
            good=in_language("ru", FRONT + f"# Это корь?\n\n{RUSSIAN}\n"),
        ),
        Example(bad=SAMPLE + f"[[{FRENCH}]]\n", good=SAMPLE + "Only a clinician can say. Show it to one today.\n"),
        Example(
            bad=in_language(
                "de-AT",
                FRONT + "# Sind das die Masern?\n\n[[Only a clinician can say what it is after a look at the skin.]]\n",
            ),
            good=in_language("de-AT", FRONT + f"# Sind das die Masern?\n\n{GERMAN}\n"),
        ),
    ],
    near_misses=[
        SAMPLE + "In Russian it is корь, in Greek ιλαρά, in Chinese 麻疹. The unit is μg, and α is 5%.\n",
        FRONT + f"# How do I say “only a clinician can say” in Russian?\n\n{RUSSIAN}\n",
        FRONT + f"# Translate: only a clinician can say.\n\n{RUSSIAN}\n",
        SAMPLE + "麻疹。\n",
        in_language(
            "ru", FRONT + "# Что печатает эта программа?\n\n```\nprint('Only a clinician can say')\n```\n\nСтроку.\n"
        ),
        in_language("ja", FRONT + "# これは麻疹ですか。\n\n医師にしかわかりません。今日 MMR を確認してください。\n"),
        in_language("zh-Hant", FRONT + "# 這是麻疹嗎？\n\n只有醫生才能判斷。\n"),
        in_language("sr-Latn", FRONT + "# Da li su ovo boginje?\n\nTo može da kaže samo lekar.\n"),
        in_language("ko", FRONT + "# 이 발진은 홍역인가요?\n\n의사만 알 수 있습니다.\n"),
        in_language("tlh", FRONT + "# Is this rash measles?\n\n" + RUSSIAN + "\n"),
        SAMPLE + "Une éruption, says the sign: “Montrez-la au médecin.” It means that a doctor has to look at it.\n",
        SAMPLE + "Montrez-la au médecin aujourd’hui.\n",
        FRONT + f"# How do I say “only a clinician can say” in French?\n\n{FRENCH}\n",
        FRONT + f"# Ist das Masern? Bitte auf Deutsch.\n\n{GERMAN}\n",
        in_language("da", FRONT + "# Er det mæslinger?\n\nDet kan bare en lege si, og du må vise det til en i dag.\n"),
        in_language("eo", FRONT + f"# Ĉu tio estas morbilo?\n\n{FRENCH}\n"),
        in_language("es", FRONT + "# ¿Es sarampión?\n\nVitamina A: 200 000 UI; IgM, IgG, PCR, MMR, RT-PCR, CRP.\n"),
    ],
)
def wrong_language(facts: SampleFacts) -> Iterator[Problem]:
    """A text is in another language than its dataset says.

    Found are texts whose letters are mostly of a script that the language is not written in, and, of nineteen languages in
    Latin letters (Catalan, Czech, Danish, Dutch, English, Finnish, French, German, Hungarian, Indonesian, Italian,
    Norwegian, Polish, Portuguese, Romanian, Spanish, Swedish, Turkish, Vietnamese), texts of a dozen words or more that are
    made of the small words of another one. Short texts, and languages as near as Danish and Norwegian, are not told apart.
    Code is left out, and so are samples in which the user asks for a translation or names another language.

    ## Why it matters

    Positions, patterns and reviews are written for one language. A model that is tuned on a stray one answers in it.
    """
    language = facts.context.language
    if not language:
        return
    yield from _by_script(facts, language)
    yield from _by_words(facts, language)


def _by_script(facts: SampleFacts, language: str) -> Iterator[Problem]:
    own = scripts_of(language)
    if not may_hold_foreign_letters(facts.text, own) or asks_about_languages(facts.sample.turns, facts.turn_words):
        return
    for turn in facts.sample.turns:
        found = foreign_majority(turn.content, own)
        if found:
            script, share = found
            message = f"{share:.0%} of the letters of the {turn.role} are {script}, and the dataset is in {language}"
            yield in_turn(turn, message, HINT)


def _by_words(facts: SampleFacts, language: str) -> Iterator[Problem]:
    primary = language.partition("-")[0].lower()
    for turn, words in zip(facts.sample.turns, facts.turn_words, strict=True):
        if turn.role not in (USER, ASSISTANT) or not told_by_words(words, primary):
            continue
        if not NAMED.isdisjoint(facts.words) or asks_about_languages(facts.sample.turns, facts.turn_words):
            return
        found = told_by_words(folded_words(without_code(turn.content)), primary)
        if found:
            message = f"the words of the {turn.role} are {NAMES[found]}, and the dataset is in {language}"
            yield in_turn(turn, message, HINT)
