from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.repair import Repair, rewrite_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"


@rule(
    code="TXT004",
    severity="warning",
    since="0.1",
    subject="sample",
    texts=True,
    trigger=Trigger(non_ascii=True),
    expected="A letter and its accents are one character where Unicode has one.",
    examples=[
        Example(
            bad=SAMPLE + "Ask Dr. Jos[[e\u0301]] at the caf\u00e9.\n",
            good=SAMPLE + "Ask Dr. Jos\u00e9 at the caf\u00e9.\n",
            fix="safe",
        ),
        Example(
            bad=SAMPLE + "Ask at the [[\u1112\u1161\u11ab]] hospital.\n",
            good=SAMPLE + "Ask at the \ud55c hospital.\n",
            fix="safe",
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("title: Example", "title: The Caf[[e\u0301]]")},
            good={SPEC_PATH: SPEC.replace("title: Example", "title: The Caf\u00e9")},
            fix="unsafe",
        ),
    ],
    near_misses=[
        SAMPLE + "Caf\u00e9, Vi\u1ec7t Nam, \ufb01ne, \u00bd, \u2460 and \u2163.\n",
        SAMPLE
        + "Keyboards write \u09df, \u09a1\u09bc, \u0958 and \u095b so, and \u05d1\u05bc\u05b0\u05e8\u05b5\u05d0.\n",
        SAMPLE + "Letters that exist only in two parts: m\u0303, \u025b\u0301, q\u0307, \u2764\ufe0f.\n",
        SAMPLE + "10 \u2126 at 300 \u212a, and 5 \u212b.\n",
    ],
)
def unnormalized_text(facts: SampleFacts) -> Iterator[Problem]:
    """A letter is written as several characters where Unicode has one for it.

    Text is compared with its composed form (NFC). Only what would become shorter is found: a letter followed by its accent,
    a Korean syllable in parts. Characters that NFC takes apart or replaces are left as people's keyboards write them.
    The texts of specifications, prompt sets and datasets are looked at as well.

    ## Why it matters

    Both forms look the same, but they are other tokens, so the model learns one word as two. Such text mostly comes from
    file names of macOS and from PDFs. Search, word lists and patterns miss it.

    ## Fix safety

    What is seen stays the same, so the fix is safe in a sample. In the texts of other documents it is unsafe: they are what
    people agreed on, and nothing changes them unasked.
    """
    for turn in facts.sample.all_turns:
        text = turn.content
        if unicodedata.is_normalized("NFC", text):
            continue
        places = _places(text)
        if places:
            start, end = places[0]
            composed = unicodedata.normalize("NFC", text[start:end])
            more = f" ({len(places)} such letters)" if len(places) > 1 else ""
            message = f"{composed} is written as {end - start} characters in the text of the {turn.role}{more}"
            changes = [(first, last, unicodedata.normalize("NFC", text[first:last])) for first, last in places]
            hint = "write the text in NFC"
            repair = Repair(hint, "safe", rewrite_turn(turn, changes))
            yield in_turn(turn, message, hint, start=start, end=end, repair=repair)


def _places(text: str) -> list[tuple[int, int]]:
    """Start and end of the letters, with all marks behind them, that NFC makes shorter."""
    import regex

    found = regex.finditer(r"\X", text)
    return [
        letter.span()
        for letter in found
        if letter.end() - letter.start() > 1
        and len(unicodedata.normalize("NFC", letter[0])) < letter.end() - letter.start()
    ]
