from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.language import (
    asks_about_languages,
    foreign_majority,
    may_hold_foreign_letters,
    scripts_of,
)
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
SAMPLE = FRONT + "# Is this rash measles?\n\n"
RUSSIAN = "Это может сказать только врач. Покажите ему сыпь сегодня же."


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
    ],
)
def wrong_language(facts: SampleFacts) -> Iterator[Problem]:
    """A text is in another language than its dataset says.

    Told by script alone: found are texts whose letters are mostly of a script that the language is not written in. A French
    text in an English dataset is not found. Code is left out, and so are samples in which the user asks for a translation
    or names another language.

    ## Why it matters

    Positions, patterns and reviews are written for one language. A model that is tuned on a stray one answers in it.
    """
    language = facts.context.language
    if not language:
        return
    own = scripts_of(language)
    if not may_hold_foreign_letters(facts.text, own) or asks_about_languages(facts.sample.turns, facts.turn_words):
        return
    for turn in facts.sample.turns:
        found = foreign_majority(turn.content, own)
        if found:
            script, share = found
            message = f"{share:.0%} of the letters of the {turn.role} are {script}, and the dataset is in {language}"
            yield in_turn(turn, message, "write it in the dataset's language, or move it to a dataset of its own")
