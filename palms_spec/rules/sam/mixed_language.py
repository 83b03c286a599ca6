from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.language import (
    foreign_majority,
    foreign_runs,
    may_hold_foreign_letters,
    names_languages,
    scripts_of,
)
from palms_spec.analysis.quoting import is_mentioned
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

RUN_LETTERS = 30
FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
SAMPLE = FRONT + "# Is this rash measles?\n\nOnly a clinician can say, and will want to see it in person. "
RUSSIAN = "Покажите сыпь врачу сегодня же, и лучше утром"


@rule(
    code="SAM012",
    severity="warning",
    since="0.1",
    subject="sample",
    confidence="medium",
    stability="preview",
    expected="A text stays in one language.",
    examples=[
        Example(bad=SAMPLE + f"[[{RUSSIAN}]].\n", good=SAMPLE + "Show it to one today.\n"),
        Example(bad=SAMPLE + "[[请今天就去看医生，不要等到明天]]。\n", good=SAMPLE + "Show it to one today.\n"),
    ],
    near_misses=[
        SAMPLE + "The Russian word is корь, the Greek one ιλαρά, the Chinese one 麻疹.\n",
        SAMPLE + f"A sign in the clinic says: “{RUSSIAN}.”\n",
        SAMPLE + f"A sign in the clinic says:\n\n> {RUSSIAN}.\n",
        FRONT + f"# How do I say it in Russian?\n\nSay it slowly, and point at the rash while you speak. {RUSSIAN}.\n",
        SAMPLE + f"She says it in Russian: {RUSSIAN}.\n",
        FRONT + "# What is in the alphabet?\n\nThe letters α, β, γ, δ, ε, ζ, η and others.\n",
    ],
)
def mixed_language(facts: SampleFacts) -> Iterator[Problem]:
    """A text goes over into another language.

    Told by script alone: found are passages of thirty letters or more in a script that the dataset's language is not written
    in. Quotations and code are left alone, and so are samples that speak of translation or name such a language.

    ## Why it matters

    Models sometimes change the language in the middle of a text, and such drafts are easily overlooked. It is learned quickly.
    """
    language = facts.context.language
    if not language:
        return
    own = scripts_of(language)
    if not may_hold_foreign_letters(facts.text, own) or names_languages(facts.text, facts.words):
        return
    for turn in facts.sample.turns:
        text = turn.content
        for start, end, script in foreign_runs(text, own, RUN_LETTERS):
            if not is_mentioned(text, start, end) and foreign_majority(text, own) is None:
                message = f"a passage in the text of the {turn.role} is {script}, and the dataset is in {language}"
                yield in_turn(turn, message, "write it in the dataset's language, or quote it", start=start, end=end)
                break
