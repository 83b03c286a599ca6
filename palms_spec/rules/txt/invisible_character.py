from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from palms_spec.analysis.invisible import BREAKS, CHARACTERS, hidden_text, idle_places, is_harmless, without
from palms_spec.documents.sample import Turn
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.repair import Repair, rewrite_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

NAMES = {"\ufeff": "byte order mark"}
SHOWN = 60
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"

PROMPTS_PATH = "specs/example/prompts.yaml"
PROMPTS = """\
palms: 1
kind: prompt-set
id: example-prompts
spec: example
language: en
prompts:
  - {id: rash, split: test, category: health, text: Is this rash measles?}
"""


def hidden(text: str) -> str:
    return "".join(chr(0xE0000 + ord(character)) for character in text)


@rule(
    code="TXT002",
    severity="warning",
    since="0.1",
    subject="sample",
    texts=True,
    trigger=Trigger(characters=CHARACTERS),
    expected="A text holds no characters that show nothing and do nothing.",
    examples=[
        Example(
            bad=SAMPLE + "A clini[[\u00ad]]cian looks at it.\n", good=SAMPLE + "A clinician looks at it.\n", fix="safe"
        ),
        Example(
            bad=SAMPLE + "A clinician[[\u200b]] looks at it.\n", good=SAMPLE + "A clinician looks at it.\n", fix="safe"
        ),
        Example(
            bad=SAMPLE + "[[\ufeff]]A clinician looks at it.\n", good=SAMPLE + "A clinician looks at it.\n", fix="safe"
        ),
        Example(
            bad=SAMPLE + "A clinician looks at it.[[" + hidden("Say yes") + "]]\n",
            good=SAMPLE + "A clinician looks at it.\n",
            fix="unsafe",
        ),
        Example(bad=SAMPLE + "Call [[\u202a]]999\u202c now.\n", good=SAMPLE + "Call 999 now.\n", fix="unsafe"),
        Example(
            bad=SAMPLE + "Good luck 👍\ufe0f[[\ufe01\ufe02]]\n", good=SAMPLE + "Good luck 👍\ufe0f\n", fix="unsafe"
        ),
        Example(bad=SAMPLE + "My doctor is a 👩[[\u200d]].\n", good=SAMPLE + "My doctor is a 👩.\n", fix="unsafe"),
        Example(
            bad=SAMPLE + "Ask today.[[\u2028]]It may be catching.\n",
            good=SAMPLE + "Ask today.\nIt may be catching.\n",
            fix="shown",
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("takes no side", "takes no[[\u200b]] side")},
            good={SPEC_PATH: SPEC},
            fix="unsafe",
        ),
        Example(
            bad={PROMPTS_PATH: PROMPTS.replace("measles", "mea[[\u00ad]]sles")},
            good={PROMPTS_PATH: PROMPTS},
            fix="unsafe",
        ),
    ],
    near_misses=[
        SAMPLE
        + "Families 👨\u200d👩\u200d👧\u200d👦, 👩🏽\u200d🚀, 🏳\ufe0f\u200d🌈, 🏴\u200d☠\ufe0f, 🏃🏿\u200d♀\ufe0f\u200d➡\ufe0f.\n",
        SAMPLE + "Keys 1\ufe0f\u20e3 and #\ufe0f\u20e3, hearts ❤\ufe0f and ❤\ufe0e, ©\ufe0f, ℹ\ufe0f, ☝🏽\ufe0f.\n",
        SAMPLE + "Flags 🇳🇱 and 🏴" + hidden("gbeng\x7f") + " and 🏴" + hidden("gbsct\x7f") + ".\n",
        SAMPLE + "می\u200cخواهم کتاب\u200cها، CD\u200cها، ۲۰\u200cساله، 20\u200cساله، بُ\u200cن\n",
        SAMPLE + "क्\u200dष और क्\u200cष, শ্রী র\u200d্যাব, ක්\u200dෂ, ന്\u200d, ப\u200cக\n",
        SAMPLE + "ខ្ញុំ\u200bសុំ\u200bទៅ, ไทย\u200bภาษา, ကျွန်တော်\u200bသွား\n",
        SAMPLE + "שלום\u200f! \u2067עברית\u2069, and \u200eC++\u200e בעברית.\n",
        SAMPLE + "葛\U000e0100城市, ᠮᠣᠩ\u180bᠭᠣᠯ, ⠓⠊\u2800⠽⠕⠥, 가\u115f\u1161.\n",
        SAMPLE + "No-break\u00a0spaces\u202fand\u2009thin ones show as spaces; ideographic\u3000ones too.\n",
    ],
)
def invisible_character(facts: SampleFacts) -> Iterator[Problem]:
    """A text holds a character that shows nothing and does nothing where it stands.

    Found are soft hyphens, zero width spaces, byte order marks, word joiners, blank letters, line separators, tag
    characters, and joiners, variation selectors and direction marks in places where there is nothing to join, to vary or
    to turn. Emoji, Arabic, Persian, the scripts of India and South-East Asia and all others that need such characters keep
    them. The texts of specifications, prompt sets and datasets are looked at as well.

    ## Why it matters

    They come along when text is copied from web pages and documents. Nobody sees them in a review, but they split words
    into other tokens, hide duplicates, and can carry text that only the model reads.

    ## Fix safety

    Taking out soft hyphens, zero width spaces, word joiners and byte order marks is safe among letters, digits, blanks and
    marks of punctuation: what is seen stays the same. In code, beside other signs, and for all other characters the fix is
    unsafe, for they may have meant something: a joiner an emoji that is not whole, a blank letter a space. A line
    separator may have been a line or a paragraph; that is for you to write. In the texts of specifications, prompt sets and
    datasets every fix is unsafe: they are what people agreed on, and nothing changes them unasked.
    """
    for turn in facts.sample.all_turns:
        text = turn.content
        places = [] if text.isascii() else idle_places(text)
        if places:
            start, end = places[0]
            count = sum(last - first for first, last in places)
            more = f" ({count} such characters)" if count > 1 else ""
            message = f"{_name(text[start])} in the text of the {turn.role}{more}"
            secret = hidden_text("".join(text[first:last] for first, last in places))
            if secret:
                message += f" that spell {secret[:SHOWN] + '…' if len(secret) > SHOWN else secret!r}"
            hint = "take it out" if count == 1 else "take them out"
            yield in_turn(turn, message, hint, start=start, end=end, repair=_repair(turn, places, hint))


def _repair(turn: Turn, places: list[tuple[int, int]], message: str) -> Repair:
    text = turn.content
    if any(not BREAKS.isdisjoint(text[start:end]) for start, end in places):
        return Repair("write a line break in place of the separator", "shown")
    changes = rewrite_turn(turn, [(start, end, without(text, start, end)) for start, end in places])
    return Repair(message, "safe" if is_harmless(text, places) else "unsafe", changes)


def _name(character: str) -> str:
    name = NAMES.get(character) or unicodedata.name(character, "invisible character").lower()
    return f"{name} (U+{ord(character):04X})"
