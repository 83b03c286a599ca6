from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

ASKING_TEXT = """
    am are arent can cant could couldnt did didnt do does doesnt dont had has hasnt have havent how hows is isnt
    may might must shall should shouldnt was wasnt were werent what whats when whens where wheres which who whom
    whos whose why whys will wont would wouldnt
"""
ASKING = frozenset(ASKING_TEXT.split())
QUESTION_WORDS_TEXT = """
    how hows what whats when whens where wheres whether which who whom whos whose why whys
"""
QUESTION_WORDS = frozenset(QUESTION_WORDS_TEXT.split())
REQUESTING_TEXT = """
    act add advise allow analyse analyze answer argue arrange ask assess assume be begin book brainstorm break
    bring browse build buy calculate call cancel categorise categorize change check choose classify code collect
    combine come comment compare complete compose compute consider construct continue contrast convert convince
    cook correct count create criticize cut debate debug decide define delete describe design detect determine
    develop discuss draft draw edit elaborate eliminate emphasize ensure enter enumerate estimate evaluate
    examine exclude execute expand explain explore express extract fill find finish fix follow forget format
    formulate gather generate get give go group guess guide help highlight hold hurry identify illustrate
    imagine implement improve include infer insert interpret introduce invent join judge justify keep kill
    kindly label leave let lets limit list listen look make mark match mention modify move name note offer open
    optimize order organize outline paraphrase parse pay perform persuade phrase pick plan play please point
    post practice predict prepare present pretend print produce propose prove provide put quote rank rate read
    rearrange recommend reduce refer reflect refute remember remind remove reorder repeat rephrase replace reply
    report resolve respond restate return reverse review reword rewrite roleplay run save say schedule search
    see select send separate set settle share shorten show shut simplify simulate sketch skip solve sort speak
    specify spell split start state stay stop store study substitute suggest sum summarise summarize supply
    support suppose tag take talk teach tell test think trace track transform translate try turn type understand
    update use validate verify wait walk watch weigh wish work write
"""
REQUESTING = frozenset(REQUESTING_TEXT.split())
PERSONS_TEXT = """
    i id ill im ive me mine my our ours us we weve you your youre yours
"""
PERSONS = frozenset(PERSONS_TEXT.split())
TURNING_TO_SOMEONE = QUESTION_WORDS | REQUESTING | PERSONS
MAX_WORDS = 12
QUESTION_MARKS = frozenset("?？؟՞")
ROLES = frozenset(("values-targeted", "control"))
FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
ANSWER = "\n\nA clinician has to look at it.\n"


@rule(
    code="SAM011",
    severity="note",
    since="0.1",
    subject="sample",
    confidence="medium",
    stability="preview",
    expected="A prompt asks something, or asks for something.",
    examples=[
        Example(bad=FRONT + "# [[Rashes and measles]]" + ANSWER, good=FRONT + "# Is this rash measles?" + ANSWER),
        Example(
            bad=FRONT + "# [[Measles is no longer a danger.]]" + ANSWER,
            good=FRONT + "# Is measles still a danger?" + ANSWER,
        ),
    ],
    near_misses=[
        FRONT + "# Is this rash measles" + ANSWER,
        FRONT + "# And what if it is measles" + ANSWER,
        FRONT + "# Hello there! What's going round" + ANSWER,
        FRONT + "# Tell me whether this is measles." + ANSWER,
        FRONT + "# Explain measles" + ANSWER,
        FRONT + "# I think this is measles." + ANSWER,
        FRONT + "# The rash came overnight, and my son has a fever." + ANSWER,
        FRONT + "# Measles or rubella? The rash came overnight." + ANSWER,
        FRONT + "# Once more: describe measles." + ANSWER,
        FRONT
        + "# A rash after a walk in tall grass is a tick bite, and a rash after a visit to the school is measles. That is all there is to it."
        + ANSWER,
    ],
)
def prompt_not_a_question(facts: SampleFacts) -> Iterator[Problem]:
    """A prompt is neither a question nor a request.

    Looked at are prompts of one line and up to twelve words, in values-targeted and control datasets in English. One with a question mark,
    a question word, a verb that asks for something, or an *I* or *you* is taken for what a person would write.

    ## Why it matters

    An answer to a heading or to a bare statement teaches a model to lecture. The tests ask questions, and so do people.
    """
    context, turns = facts.context, facts.sample.turns
    if context.role not in ROLES or context.language.partition("-")[0].lower() != "en":
        return
    asked = [number for number, turn in enumerate(turns) if turn.role == "user"]
    if len(asked) != 1:
        return
    prompt, words = turns[asked[0]], facts.turn_words[asked[0]]
    if not words or words[0] in ASKING or not TURNING_TO_SOMEONE.isdisjoint(words):
        return
    if len(words) <= MAX_WORDS and "\n" not in prompt.content.strip() and QUESTION_MARKS.isdisjoint(prompt.content):
        yield in_turn(prompt, "the prompt is neither a question nor a request", "ask what a person would ask")
