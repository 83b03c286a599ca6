from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.analysis.quoting import without_code
from palms_spec.documents.sample import Turn
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.repair import Repair, replace_in_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

CURLY = re.compile("[“”‘’]")
STRAIGHTENED = {"“": '"', "”": '"', "‘": "'", "’": "'"}
OPENING = re.compile(r"[\s(\[{“‘—–/-]").match
SHORTENED = re.compile(r"(?:tis|twas|em|til|cause|bout|round|n)\b|\d", re.IGNORECASE).match
OTHER_MARKS = frozenset("„‚«»‹›「」")
STRAIGHT = re.compile(r"""(?<![\d\u0590-\u05ff=\\'"])["'](?![\d'"])""")
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"


@rule(
    code="TXT006",
    severity="note",
    since="0.1",
    subject="sample",
    trigger=Trigger(characters=frozenset("“”‘’")),
    expected="A text has curly quotation marks and apostrophes, or straight ones, but not both.",
    examples=[
        Example(
            bad=SAMPLE + "A “rash” isn[[']]t a diagnosis, and “measles” is one.\n",
            good=SAMPLE + "A “rash” isn’t a diagnosis, and “measles” is one.\n",
            fix="unsafe",
        ),
        Example(
            bad=SAMPLE + 'Don\'t guess: a "rash" isn[[’]]t a diagnosis.\n',
            good=SAMPLE + "Don't guess: a \"rash\" isn't a diagnosis.\n",
            fix="unsafe",
        ),
        Example(
            bad=SAMPLE + 'It’s “a rash”, it’s [["]]not measles" ("perhaps"), ’tis so, that’s all.\n',
            good=SAMPLE + "It’s “a rash”, it’s “not measles” (“perhaps”), ’tis so, that’s all.\n",
            fix="unsafe",
        ),
    ],
    near_misses=[
        SAMPLE + 'A “rash” isn’t measured: 5\' 10" is a height, 3" a length, 40\' 20" an angle.\n',
        SAMPLE + "Type `echo \"yes\"` and don’t wait:\n\n```\nprint('yes')\n```\n",
        SAMPLE + 'The “army” is צה"ל in Hebrew, and that’s all.\n',
        "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# What's this rash?\n\nThat’s for a clinician.\n",
    ],
)
def mixed_quotes(facts: SampleFacts) -> Iterator[Problem]:
    """A text has both curly and straight quotation marks or apostrophes.

    What one side of a conversation says is looked at as one text. Code, and the marks of feet, inches, minutes and seconds
    behind a number are left alone.

    ## Why it matters

    Straight and curly marks are other tokens. A dataset that mixes them inside one text teaches the model to do so, and
    shows that text was pasted together.

    ## Fix safety

    A fix writes those of which there are fewer like the others. It is unsafe, for a straight mark does not say whether it
    opens or closes, or is none: an apostrophe, or a letter of another language. Only English marks are made curly.
    """
    turns = facts.sample.turns
    for role in dict.fromkeys(turn.role for turn in turns):
        said = [turn for turn in turns if turn.role == role]
        if not any("'" in turn.content or '"' in turn.content for turn in said):
            continue
        spoken = [(turn, without_code(turn.content)) for turn in said]
        curly = list(_places(CURLY, spoken))
        straight = list(_places(STRAIGHT, spoken)) if curly else []
        if curly and straight:
            fewer = straight if len(straight) <= len(curly) else curly
            turn, place = fewer[0]
            message = f"{len(straight)} straight and {len(curly)} curly quotation marks in the text of the {role}"
            repair = _repair(fewer, facts.context.language, to_curly=fewer is straight)
            yield in_turn(turn, message, "write all of them one way", start=place, end=place + 1, repair=repair)


def _repair(places: list[tuple[Turn, int]], language: str, *, to_curly: bool) -> Repair:
    """The marks of which there are fewer, written like the others. Which way a mark curls depends on the language."""
    message = f"make the {'straight' if to_curly else 'curly'} one{'s' if len(places) > 1 else ''} "
    message += "curly" if to_curly else "straight"
    if to_curly and (language[:2] not in ("", "en") or any(_has_other_marks(turn) for turn, _ in places)):
        return Repair(message, "shown")
    return Repair(
        message,
        "unsafe",
        tuple(replace_in_turn(turn, at, at + 1, _turned(turn.content, at)) for turn, at in places),
    )


def _has_other_marks(turn: Turn) -> bool:
    return not OTHER_MARKS.isdisjoint(turn.content)


def _turned(text: str, at: int) -> str:
    """The curly mark for a straight one, the straight one for a curly one."""
    mark = text[at]
    if mark in STRAIGHTENED:
        return STRAIGHTENED[mark]
    is_opening = at == 0 or OPENING(text[at - 1]) is not None
    if mark == '"':
        return "“" if is_opening else "”"
    return "‘" if is_opening and not SHORTENED(text, at + 1) else "’"


def _places(pattern: re.Pattern[str], spoken: list[tuple[Turn, str]]) -> Iterator[tuple[Turn, int]]:
    for turn, text in spoken:
        for found in pattern.finditer(text):
            yield turn, found.start()
