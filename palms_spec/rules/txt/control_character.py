from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.documents.sample import Turn
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.repair import Repair, rewrite_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

CONTROLS = [*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
CHARACTERS = frozenset(map(chr, CONTROLS)) - set("\t\n\r")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
REPAIRABLE = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
BREAKS = "\x0b\x0c"
KEPT = "\b\x1b\x85"
NAMES = {
    "\0": "null character",
    "\x07": "bell",
    "\b": "backspace",
    "\x0b": "vertical tab",
    "\f": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
}
DATASET = "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples.jsonl]\n"


def rows(text: str) -> dict[str, str | None]:
    return {"datasets/example/dataset.yaml": DATASET, "datasets/example/samples.jsonl": text}


SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"


@rule(
    code="TXT001",
    severity="error",
    since="0.1",
    subject="sample",
    texts=True,
    trigger=Trigger(characters=CHARACTERS),
    expected="A text holds no control characters but tabs and line breaks.",
    examples=[
        Example(
            bad=SAMPLE + "A clinician has to[[\x0b]] look at it.\n",
            good=SAMPLE + "A clinician has to look at it.\n",
            fix="unsafe",
        ),
        Example(
            bad=SAMPLE + "A clinician[[\x0c]]has to look at it \x1b[1mtoday\x1b[0m.\n",
            good=SAMPLE + "A clinician has to look at it today.\n",
            fix="unsafe",
        ),
        Example(
            bad=SAMPLE + "That[[\x92]]s for a clinician.\n",
            good=SAMPLE + "That’s for a clinician.\n",
            fix="unsafe",
        ),
        Example(
            bad=rows(
                '{"prompt": "Is this rash measles?", "completion": "A clinician[[\\u0000\\u0000]] has to look at it."}\n'
            ),
            good=rows('{"prompt": "Is this rash measles?", "completion": "A clinician has to look at it."}\n'),
            fix="shown",
        ),
        Example(
            bad=rows('{"prompt": "Is this rash measles?", "completion": "Show it to a clinician [[\\ud83d]]"}\n'),
            good=rows('{"prompt": "Is this rash measles?", "completion": "Show it to a clinician \\ud83d\\ude42"}\n'),
        ),
        Example(
            bad=rows('{"prompt": "Is it measles?", "chosen": "Ask a clinician.", "rejected": "Yes[[\\u0093]]."}\n'),
            good=rows('{"prompt": "Is it measles?", "chosen": "Ask a clinician.", "rejected": "Yes."}\n'),
            fix="shown",
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("title: Example", 'title: "Example[[\\a]]"')},
            good={SPEC_PATH: SPEC.replace("title: Example", 'title: "Example"')},
            fix="shown",
        ),
    ],
    near_misses=[
        SAMPLE + "A clinician\thas to\u00a0look at it:\r\n\r\n- today,\r\n- in person.\r\n",
        SAMPLE
        + "The byte `\\x00` and the picture ␀ are written with ordinary characters. Ça va, naïve café, 数据 🙂.\n",
    ],
)
def control_character(facts: SampleFacts) -> Iterator[Problem]:
    """A text holds a control character, or half of a character.

    Control characters are those of Unicode's class Cc without tab, line feed and carriage return. A lone surrogate, which
    JSON can hold as an escape such as `\\ud83d`, and the two code points that Unicode says are no characters count as well.
    The texts of specifications, prompt sets and datasets are looked at as well.

    ## Why it matters

    They are left over from other formats: page breaks of a PDF, codes of a terminal, quotation marks read in the wrong
    encoding, an emoji that was cut in two. Nobody sees them in a review, a model learns to write them, and some tools
    refuse the file.

    ## Fix safety

    A fix takes control characters out, with the codes of a terminal that they begin, and writes a space where a page break
    keeps two words apart and the quotation mark where one was misread. It is unsafe, for each of them stood for something.
    Backspaces, other escapes and halves of characters are left to you, and so are escapes such as `\\u0000` in JSON.
    """
    for turn in facts.sample.all_turns:
        found = CONTROL.search(turn.content)
        if found:
            first, count = found[0][0], sum(len(run) for run in CONTROL.findall(turn.content))
            more = f" ({count} such characters)" if count > 1 else ""
            message = f"{_name(first)} (U+{ord(first):04X}) in the text of the {turn.role}{more}"
            hint = "take it out, or write what was meant"
            yield in_turn(turn, message, hint, start=found.start(), end=found.end(), repair=_repair(turn))


def _repair(turn: Turn) -> Repair | None:
    changes = []
    for found in REPAIRABLE.finditer(turn.content):
        new = _instead(found[0], turn.content[found.start() - 1 : found.start()], turn.content[found.end() :][:1])
        if new is None:
            return None
        changes.append((*found.span(), new))
    written = [new for _, _, new in changes if new]
    message = "take it out" if len(changes) == 1 else "take them out"
    if written:
        what = "a space" if written[0] == " " else written[0]
        message = f"write {what} in its place" if len(changes) == 1 else "take them out, or write what they stood for"
    return Repair(message, "unsafe", rewrite_turn(turn, changes))


def _instead(found: str, before: str, behind: str) -> str | None:
    """What a control character stood for; None where that cannot be told."""
    if len(found) > 1:
        return ""
    if found in BREAKS:
        return " " if before.strip() and behind.strip() else ""
    if found in KEPT or found > "\x9f":
        return None
    if found < "\x80":
        return ""
    return found.encode("latin-1").decode("cp1252", "ignore") or None


def _name(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "half of a character"
    if character in "\ufffe\uffff":
        return "noncharacter"
    return NAMES.get(character, "control character")
