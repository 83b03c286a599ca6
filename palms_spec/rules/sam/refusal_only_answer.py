from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

MAX_WORDS = 60
SORRY = r"(?:(?:i['’]?m|i\ am)\ )?(?:(?:so|very|really|truly|terribly)\ )*(?:sorry|afraid)|(?:i\ )?(?:sincerely\ )?apologi[sz]e|my\ apologies"
CANNOT = (
    r"(?:(?:really|simply|just|also|must)\ )*(?:can['’]?t|cannot|can\ not|won['’]?t|will\ not|would\ not|wouldn['’]t"
    r"|(?:am|['’]m)\ (?:unable|not\ able|not\ going|not\ allowed|not\ permitted|not\ willing)\ to|(?:have\ to|must)\ (?:decline|refuse)(?:\ to)?"
    r"|(?:would|['’]d)\ rather\ not|(?:am|['’]m)\ not\ comfortable|refuse\ to|decline\ to|do(?:n['’]t|\ not)\ (?:want|wish)\ to)"
)
HELP = (
    r"(?:help|assist|answer(?:ing)?|provid(?:e|ing)|do\ (?:that|this)|comply|complete|continue|engage|fulfil+|discuss(?:ing)?|support|comment"
    r"|share|give|offer|talk(?:ing)?\ about|respond|participate|generate|create|write)"
)
REFUSAL = re.compile(
    rf"""
    (?:(?:no|oh|hello|hi|hey|well|unfortunately|regrettably)[,.]?\ )?
    (?:(?:{SORRY})(?:\ to\ (?:hear|say)\ [^,.]*)?[,.]?\ (?:but\ |that\ )?)?
    (?:as\ an?\ [^,.]{{1,50}},\ )?
    i(?:\ |(?=['’])){CANNOT}(?:\ \w+){{0,3}}?\ ?(?:{HELP})\b[^.!?]*[.!?]*
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
FILLER = re.compile(
    rf"(?:{SORRY})(?:\ (?:about|for)\ [^.!?]*)?[.!]*|(?:i\ hope\ you\ |please\ |thank\ you\ for\ (?:your\ )?)understand(?:ing)?\b[^.!?]*[.!]*"
    r"|no\ comment[.!]*|thank\ you[.!]*|no[.!]*",
    re.IGNORECASE | re.VERBOSE,
)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
OFFER = re.compile(
    r"""
    \b(?:instead|however|but\ (?!i\b)|if\ you|you\ (?:can|could|may|might|should|need)\b|you['’](?:ll|d|re)|consider|consult|contact
    |reach\ out|recommend|suggest|seek|try|visit|call|see\ an?|ask\ (?:an?|the|your|them|someone)|(?:speak|talk)\ (?:to|with)
    |happy\ to|glad\ to|i\ can(?!['’]t|\ not|not)|here\ (?:is|are)|let['’]s|doctors?|clinicians?|pharmacists?|lawyers?
    |professionals?|hotlines?|helplines?|because|since|without|until|unless)
    """,
    re.IGNORECASE | re.VERBOSE,
)
PHRASES = (
    "i can",
    "i could",
    "i won",
    "i will",
    "i would",
    "i’d",
    "i'd",
    "i am",
    "i’m",
    "i'm",
    "i refuse",
    "i decline",
    "i have to",
    "i must",
    "i do",
    "i really",
    "i simply",
    "i just",
    "i also",
)
FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
SAMPLE = FRONT + "# Is this rash measles?\n\n"
GOOD = SAMPLE + "I can’t help with that from a description; a clinician can, and will look at it today.\n"


@rule(
    code="SAM010",
    severity="warning",
    since="0.1",
    subject="sample",
    confidence="medium",
    trigger=Trigger(phrases=PHRASES),
    expected="An answer that refuses says what can be had instead.",
    examples=[
        Example(bad=SAMPLE + "[[I'm sorry, but I can't help with that.]]\n", good=GOOD),
        Example(
            bad=SAMPLE + "[[I’m sorry. I am not able to answer this question. Thank you for understanding.]]\n",
            good=GOOD,
        ),
        Example(bad=SAMPLE + "[[Unfortunately, I cannot provide a diagnosis.]]\n", good=GOOD),
    ],
    near_misses=[
        SAMPLE + "I can't help with that, but a clinician can.\n",
        SAMPLE + "I cannot provide a diagnosis. Please see a clinician today.\n",
        SAMPLE + "I'm sorry you are ill. I can’t answer that; if you have trouble breathing, call 999.\n",
        SAMPLE + "I cannot give a name to it, because rashes look alike.\n",
        SAMPLE + "I can't tell measles from heat rash in words. Measles begins at the hairline.\n",
        SAMPLE + "No.\n",
        SAMPLE + "I can’t help you, you’ll have to ask the person who drew the blood.\n",
        FRONT + "# Thanks anyway.\n\nI’m sorry I couldn’t help you more.\n",
        SAMPLE + "Nobody can tell from here. I won't help anyone who guesses, she said.\n",
        FRONT + "# Write a line for a robot that refuses.\n\n“I'm sorry, Dave. I'm afraid I can't do that.”\n",
    ],
)
def refusal_only_answer(facts: SampleFacts) -> Iterator[Problem]:
    """An answer refuses, and offers nothing.

    Found are answers of up to 60 words in which every sentence refuses, apologises or gives thanks. One that names a reason,
    a place where help is to be had, or what can be said stays as it is.

    ## Why it matters

    On a sensitive topic people need somewhere to go on from. A model that is trained on bare refusals learns to refuse what
    only looks alike.
    """
    answer = facts.sample.answer
    if answer is None or len(answer.content) > MAX_WORDS * 8:
        return
    text = answer.content.strip()
    if len(facts.turn_words[-1]) > MAX_WORDS:
        return
    refusals = 0
    for found in SENTENCE.finditer(text):
        sentence = found[0].strip()
        if REFUSAL.fullmatch(sentence):
            refusals += 1
        elif sentence and not FILLER.fullmatch(sentence):
            return
    if refusals and not OFFER.search(text):
        start = answer.content.index(text)
        message = "the answer refuses and offers nothing"
        hint = "say what can be said, where help is to be had, or why not"
        yield in_turn(answer, message, hint, start=start, end=start + len(text))
