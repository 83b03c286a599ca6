from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from palms_spec.analysis.quoting import is_mentioned
from palms_spec.documents.sample import Turn
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

MODEL = r"(?:ai|artificial\ intelligence|(?:large\ )?language\ model|chatbot|virtual\ assistant|computer\ program)"
KIND = r"(?:\ (?:(?:language|chat)\ )?(?:model|assistant|chatbot|bot|system|program))?"
SELF = re.compile(
    rf"""
    (?P<said>
    \bas\ an?\ (?:[\w-]+\ )?{MODEL}{KIND}(?:\ (?:developed|created|trained|made)\ by\ [\w ]{{1,30}})?,?\ (?:i|my|it['’]s\ not|it\ is\ not)\b
    | \bi(?:\ am|['’]m)\ (?:just\ |only\ |merely\ |simply\ )*an?\ (?:[\w-]+\ )?{MODEL}{KIND}
      (?=[,.;:!)]|\ (?:and|so|but|without|trained|developed|created|made|designed|that)\b|$)
    | \b(?:my|as\ of\ my)\ (?:last\ )?(?:knowledge|training)(?:\ data)?(?:['’]s)?\ (?:cut-?off|update|only\ goes)\b
    | \bas\ of\ my\ last\ update\b
    | \bi\ (?:don['’]t|do\ not)\ have\ (?:access\ to\ )?real-time\ (?:information|data|access)\b
    )
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
OPENING = re.compile(
    r"""
    \s*(?P<said>
      (?:that['’]s\ an?\ |that\ is\ an?\ |what\ an?\ )?(?:great|good|excellent|interesting)\ question[!.]
      | (?:certainly|sure|of\ course|absolutely)[!,.](?=\ (?:here['’]s\b|here\ (?:is|are)\b|i['’]d\ be\ (?:happy|glad)\b|i\ would\ be\ (?:happy|glad)\b))
    )
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
CLOSING = re.compile(
    r"""
    (?:^|(?<=[.!?\s]\ )|(?<=\n))
    (?P<said>(?:
      i\ hope\ (?:this|that)\ (?:helps|(?:information|answer)\ (?:helps|is\ helpful|was\ helpful))\b[^.!?\n]{0,40}
      | (?:please\ )?(?:let\ me\ know|feel\ free\ to\ (?:ask|reach\ out))(?:\ (?:me|again))?(?:\ if|\ should)\ (?:you|there)[^.!?\n]{0,60}\b(?:questions?|help|else|assistance)\b[^.!?\n]{0,40}
      | (?:is\ there|do\ you\ have)\ any(?:thing\ else|\ other\ questions)[^.!?\n]{0,40}
    )
    [.!?]*)\s*\Z
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
TAIL = 240
ABOUT_MODELS_TEXT = """
    ai ais assistant bot bots chatbot chatgpt computer conscious gpt human llm llms machine machines model
    models openai program programmed robot robots sentient siri
"""
ABOUT_MODELS = frozenset(ABOUT_MODELS_TEXT.split())
ASKS_WHO = re.compile(r"\b(?:who|what) (?:are|made|created) you\b|\bare you (?:a|an|real|alive)\b", re.IGNORECASE)
SELF_PHRASES = (
    *(
        " ai",
        "artificial intelligence",
        "language model",
        "chatbot",
        "virtual assistant",
        "computer program",
        "my last update",
    ),
    *("my knowledge", "my training", "my last knowledge", "my last training", "real-time"),
)
OPENING_PHRASES = ("question!", "question.", "certainly", "sure", "of course", "absolutely")
CLOSING_PHRASES = ("i hope this", "i hope that", "let me know", "feel free to", "is there any", "do you have any")
FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
SAMPLE = FRONT + "# Is this rash measles?\n\n"


@rule(
    code="SAM007",
    severity="warning",
    since="0.1",
    subject="sample",
    trigger=Trigger(phrases=(*SELF_PHRASES, *OPENING_PHRASES, *CLOSING_PHRASES)),
    expected="An answer says what it has to say, without the set phrases of an assistant.",
    examples=[
        Example(
            bad=SAMPLE + "[[As an AI language model, I]] can’t look at a rash. A clinician can.\n",
            good=SAMPLE + "Nobody can tell from a description. A clinician has to look at it.\n",
        ),
        Example(
            bad=SAMPLE + "[[I'm just an AI]], so show it to a clinician.\n",
            good=SAMPLE + "Nobody can tell from here, so show it to a clinician.\n",
        ),
        Example(
            bad=SAMPLE + "[[As of my last update]], the vaccine was free. A clinician knows more.\n",
            good=SAMPLE + "In 2020 the vaccine was free. A clinician knows more.\n",
        ),
        Example(
            bad=SAMPLE + "[[Great question!]] A clinician has to look at it.\n",
            good=SAMPLE + "A clinician has to look at it.\n",
        ),
        Example(
            bad=SAMPLE + "A clinician has to look at it. [[I hope this helps!]]\n",
            good=SAMPLE + "A clinician has to look at it.\n",
        ),
    ],
    near_misses=[
        SAMPLE + "It said “As an AI, I cannot tell.” Show it to a clinician.\n",
        SAMPLE + 'Do not write "As an AI language model, I cannot". Show it to a clinician.\n',
        SAMPLE + "> As an AI, I cannot tell.\n\nThat is no help. Show it to a clinician.\n",
        SAMPLE + "As an AI researcher, I write about models. It was sold as an AI, and my doctor is no AI.\n",
        SAMPLE + "As an AI engineer would say, I am an AI skeptic. I am an artificial intelligence student.\n",
        FRONT + "# Are you a human?\n\nNo. As an AI, I have no body, and I'm an AI that learned from text.\n",
        FRONT + "# Can an AI see my rash?\n\nAs an AI, I see nothing at all.\n",
        SAMPLE + "It is a good question. Of course, a clinician can tell. Let me know if it spreads, she might say.\n",
        SAMPLE + "I hope this helps you to see why: nobody can tell. Show it to a clinician.\n",
    ],
)
def assistant_boilerplate(facts: SampleFacts) -> Iterator[Problem]:
    """An answer holds a set phrase of a chat assistant.

    Found are self-descriptions such as *As an AI language model, I*, dates until which a model was trained, and, as a note,
    greetings such as *Great question!* at the start and offers such as *I hope this helps!* at the end. Quoted phrases are
    left alone, and so are self-descriptions where the user asks about machines or about whom they talk to.

    ## Why it matters

    Such phrases come along when a model drafted the answer. They say nothing about the question, take up a good part of a
    short answer, and are learned faster than anything else in it.
    """
    answer = facts.sample.answer
    if answer is None:
        return
    text = answer.content
    for found in SELF.finditer(text) if any(phrase in facts.lowered for phrase in SELF_PHRASES) else ():
        if not is_mentioned(text, *found.span()) and not _is_about_models(facts):
            yield _problem(answer, found)
            break
    tail = text[-TAIL:].lower()
    closing = any(phrase in tail for phrase in CLOSING_PHRASES)
    for chatter in (OPENING.match(text), CLOSING.search(text, max(0, len(text) - TAIL)) if closing else None):
        if chatter is not None:
            yield replace(_problem(answer, chatter), severity="note")


def _problem(answer: Turn, found: re.Match[str]) -> Problem:
    start, said = found.start("said"), found["said"]
    return in_turn(answer, f"the answer says “{said}”", "take it out", start=start, end=start + len(said))


def _is_about_models(facts: SampleFacts) -> bool:
    """Whether the user asks about machines, or about whom they talk to."""
    asked = zip(facts.sample.turns, facts.turn_words, strict=True)
    return any(
        turn.role == "user" and (not ABOUT_MODELS.isdisjoint(words) or ASKS_WHO.search(turn.content))
        for turn, words in asked
    )
