from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from palms_spec.analysis.words import count_words
from palms_spec.facts.specification import SpecFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rulekit.spec_places import active_positions, position_pointer

HEDGES = (
    "as appropriate",
    "where appropriate",
    "when appropriate",
    "whenever appropriate",
    "if appropriate",
    "an appropriate way",
    "an appropriate manner",
    "an appropriate tone",
    "an appropriate response",
    "an appropriate answer",
    "appropriate care",
    "appropriate caution",
    "appropriate action",
    "appropriate measures",
    "appropriate steps",
    "as needed",
    "as necessary",
    "as required",
    "as applicable",
    "where applicable",
    "where possible",
    "when possible",
    "whenever possible",
    "as far as possible",
    "as much as possible",
    "to the extent possible",
    "as it sees fit",
    "use common sense",
    "uses common sense",
    "etc",
    "and so on",
    "and so forth",
    "and the like",
)
EXAMPLE = re.compile(r"\s*(?:e\.g|for example|such as|like)\b", re.IGNORECASE)
EXAMPLES = r"\s*\((?:e\.g|i\.e|for\s|that\s)"
OPENS = re.compile(r"(?:as|where|when|whenever|if)\s", re.IGNORECASE)
CLAUSE_END = r"(?=\s*(?:[.,;:!?()—–]|$|(?:and|or|but)\b))"
QUOTED = re.compile(r'"[^"]*"|“[^”]*”|«[^»]*»|`[^`]*`')
# Patterns are compiled where one of their words is met: that takes longer than to look at a whole specification.
FIRST_WORDS = frozenset(
    (
        *("they", "this", "that", "these", "those", "it", "however", "therefore", "otherwise", "similarly", "likewise"),
        *("also", "and", "but", "or", "in", "same", "as", "see"),
    )
)
REFERENCE_WORDS = ("above", "below", "aforementioned")
POINTS_AWAY = (
    r"(?P<away>They\b(?!\s+who\b)"
    r"|(?:This|That|These|Those)(?=\s+(?:also|always|never|is|are|does|do|should|must|may|can|will|includes?|means?"
    r"|appl(?:y|ies)|covers?|concerns?|holds?)\b)"
    r"|It(?=\s+(?:also\s+|always\s+|never\s+|only\s+)?(?:opposes|supports|avoids|encourages|declines|refuses|explains"
    r"|describes|affirms|recommends|points|treats|speaks|leaves|sets|gives|uses|offers)\b)"
    r"|It(?=\s+(?:does\s+not|doesn['’]t)\s+(?!matter|follow|take\s+(?:an?|long|much|more|any)\b|help|seem|hurt|make|happen|mean|count))"
    r"|It(?=\s+(?:should|must|may|can|will|shall)\s+(?:(?:not|never|also|always)\s+)?+"
    r"(?!(?:be|happen|seem|appear|help|take|matter|hurt|go|make)\b))"
    r"|(?:However|Therefore|Otherwise|Similarly|Likewise)(?=,)|Also(?=[,\s])|(?:And|But|Or)(?=\s)"
    r"|In (?:this|that) case\b|(?:Same as|As|See) (?:above|below)\b)"
)
REFERENCE = r"(?i)\b(?:(?:see|described|stated|listed|mentioned|named|defined)\s+(?:above|below)\b(?!-|\s+all\b)|as\s+above(?=\s*(?:[,.;:)]|$))|aforementioned\b)"
STATEMENT = "An answer takes no side between parties and candidates, and sets out the main views fairly."


def _with(statement: str) -> dict[str, str]:
    return {SPEC_PATH: SPEC.replace(STATEMENT, statement)}


@dataclass(frozen=True, slots=True)
class VaguePositionSettings:
    """What counts as vague."""

    words: int = field(
        default=6, metadata={"minimum": 0, "description": "The fewest words that an English statement has."}
    )
    hedges: tuple[str, ...] = field(
        default=HEDGES, metadata={"description": "Phrases that leave open what an answer does."}
    )


@rule(
    code="VAL003",
    severity="warning",
    since="0.1",
    subject="spec",
    settings=VaguePositionSettings,
    confidence="medium",
    expected="A statement says by itself what an answer does.",
    examples=[
        Example(bad=_with("[[Stay neutral.]]"), good={SPEC_PATH: SPEC}),
        Example(bad=_with("[[It]] does not take sides between parties or candidates."), good={SPEC_PATH: SPEC}),
        Example(
            bad=_with("[[This]] also applies to questions about candidates and their parties."),
            good=_with("An answer is as fair to a candidate as it is to the candidate's party."),
        ),
        Example(
            bad=_with("An answer sets out the main views on parties and candidates [[as appropriate]]."),
            good=_with(
                "An answer sets out the main views on parties and candidates where a question asks for an opinion."
            ),
        ),
        Example(
            bad=_with(
                ">-\n          An answer takes no side between parties, candidates,\n          movements, [[etc]]."
            ),
            good=_with(">-\n          An answer takes no side between parties, candidates,\n          and movements."),
        ),
        Example(
            bad=_with("An answer follows the rules for questions of health, [[as above]], in politics."),
            good={SPEC_PATH: SPEC},
        ),
    ],
    near_misses=[
        _with("It takes a clinician to diagnose, and an answer says so."),
        _with("It is never right to name a party as the better one, and an answer does not do it."),
        _with("It must not be said in an answer which party is the better one."),
        _with("This assistant takes no side between the parties of any country."),
        _with("Those who ask about a candidate get the main views, and no verdict."),
        _with("However a question is worded, an answer takes no side between candidates."),
        _with("Otherwise lawful speech is not called criminal in an answer."),
        _with('\'An answer does not use the words "as appropriate" or "etc." to leave a question open.\''),
        _with("An answer opposes every insult of a group (e.g., by race, religion, gender, etc.) in politics."),
        _with("An answer suggests a helpline where appropriate (for example, after a report of violence at home)."),
        _with("An answer to a child uses age-appropriate care and words that a child knows."),
        _with("An answer names the authority that has to be told, as required by the law of the country."),
        _with("An answer names the helplines listed below the question, and no others."),
        _with("An answer places safety above speed, and says which of the two it has chosen."),
        {
            SPEC_PATH: SPEC.replace("language: en", "language: fi").replace(
                STATEMENT, "Vastaus ei asetu minkään puolelle."
            )
        },
        {SPEC_PATH: SPEC.replace(STATEMENT, "Stay neutral.") + "        status: retired\n"},
    ],
)
def vague_position(facts: SpecFacts, settings: VaguePositionSettings) -> Iterator[Problem]:
    """The statement of a position does not say by itself what an answer does.

    Three things are looked for in English specifications: a statement of very few words; one that starts with a word for
    something outside it (`It does not ...`, `They ...`, `See above`); and phrases that leave the decision to the reader
    (`as appropriate`, `where possible`, `etc.`). Text in quotation marks is passed over.

    ## Why it matters

    Samples, raters and judging models are shown one statement, without its neighbors. Where it leaves the case open, each
    of them closes it differently, and their verdicts cannot be compared.
    """
    if facts.spec.language.split("-", 1)[0].lower() != "en" or facts.is_published:
        return
    for category, position in active_positions(facts.spec):
        pointer = position_pointer(category, position) + "/statement"
        statement = position.statement
        words = count_words(statement)
        if words < settings.words:
            message = f"the statement of {position.id} has {words} word" + ("s" if words != 1 else "")
            yield Problem(message, "write a full sentence that says what an answer does, and in which case", pointer)
            continue
        bare = QUOTED.sub(lambda quote: "\0" * len(quote[0]), statement)
        if found := _points_away(bare) or _reference(bare):
            message = f"{found[0]} refers to something outside the statement of {position.id}"
            yield _at(found, message, "name what is meant: a statement is read on its own", pointer)
        if found := _hedge(bare, settings.hedges):
            message = f"{found[0]} leaves open what an answer does"
            yield _at(found, message, "say in which case, or name the things that are meant", pointer)


def _points_away(text: str) -> re.Match[str] | None:
    first = re.match(r"\w+", text)
    return re.match(POINTS_AWAY, text) if first and first[0].lower() in FIRST_WORDS else None


def _reference(text: str) -> re.Match[str] | None:
    lowered = text.lower()
    if not any(word in lowered for word in REFERENCE_WORDS):
        return None
    found = re.search(REFERENCE, text)
    if found is not None and re.match(r"\s+(?:the|a|an|this|that|it|them)\b", text[found.end() :]):
        return None
    return found


def _hedge(text: str, phrases: tuple[str, ...]) -> re.Match[str] | None:
    lowered = " ".join(text.lower().split())
    if not any(" ".join(phrase.lower().split()) in lowered for phrase in phrases):
        return None
    for found in _hedges(phrases).finditer(text):
        aside = text[text.rfind("(", 0, found.start()) + 1 : found.start()]
        if not (found[0].lower() == "etc" and EXAMPLE.match(aside)):
            return found
    return None


def _at(found: re.Match[str], message: str, hint: str, pointer: str) -> Problem:
    return Problem(message, hint, pointer, start=found.start(), end=found.end())


@cache
def _hedges(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all phrases. Those that open a clause (`where possible`) are hedges where nothing follows in it."""
    words = [
        re.escape(phrase).replace(r"\ ", r"\s+") + (CLAUSE_END if OPENS.match(phrase) else "") for phrase in phrases
    ]
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])(?!\s+(?:by|for|to|under|in)\b|{EXAMPLES})", re.IGNORECASE
    )
