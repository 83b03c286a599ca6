from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.analysis.quoting import without_code
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.repair import Repair, rewrite_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

LEADS = "ÂÃÄÅÎÏÐÑØÙâãäåæçèéïð"
BEHIND = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
GARBLED = re.compile(rf"(?:[ÂÃÄÅÎÏÐÑØÙ][{BEHIND}]|[âãäåæçèéï][{BEHIND}]{{2}}|ð[{BEHIND}]{{3}}|â€(?![{BEHIND}]))+")
LOST = "\ufffd"
FOLLOWERS = frozenset(map(chr, range(0x80, 0xC0))) | frozenset("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")
QUOTES = "\"'“”‘’«»„`("
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"


@rule(
    code="TXT005",
    severity="warning",
    since="0.1",
    subject="sample",
    texts=True,
    trigger=Trigger(characters=frozenset(LEADS + LOST)),
    expected="A text was read in the encoding it was written in.",
    examples=[
        Example(
            bad=SAMPLE + "A clinician looks at it in the cafÃ© next door.\n".replace("Ã©", "[[Ã©]]"),
            good=SAMPLE + "A clinician looks at it in the café next door.\n",
            fix="unsafe",
        ),
        Example(
            bad=SAMPLE + "That[[â€™]]s for a clinician.\n", good=SAMPLE + "That’s for a clinician.\n", fix="unsafe"
        ),
        Example(
            bad=SAMPLE + "Above 38[[Â\u00a0Â°]]C, call.\n", good=SAMPLE + "Above 38\u00a0°C, call.\n", fix="unsafe"
        ),
        Example(bad=SAMPLE + "Das hei[[�]]t: zum Arzt.\n", good=SAMPLE + "Das heißt: zum Arzt.\n"),
        Example(bad=SAMPLE + "Good luck [[ðŸ™‚]].\n", good=SAMPLE + "Good luck 🙂.\n", fix="unsafe"),
        Example(
            bad={SPEC_PATH: SPEC.replace("a person's condition", "a person[[â€™]]s condition", 1)},
            good={SPEC_PATH: SPEC.replace("a person's condition", "a person’s condition", 1)},
            fix="unsafe",
        ),
    ],
    near_misses=[
        SAMPLE + "NÃO, SÃO PAULO, À bientôt, VOILÀ », L’ÂGE, «HOLÂ», HÀ NỘI, ÂNIMO, Ñandú, Ærø, crème brûlée.\n",
        SAMPLE + "“É uma MANHÔ, disse. “Fé” é fé… Où ça ? Là… «été», «â», naïve—ou naïf.\n",
        SAMPLE + "Привет, 日本, Ελλάδα, Þórður, Ðuro, şişe, 5 € – 6 £, 20 °C, ½ cup.\n",
        SAMPLE + "Read as Latin-1, é becomes “Ã©” and `â€™` stands for ’.\n",
        SAMPLE + "```\ncafÃ© �\n```\n",
    ],
)
def mojibake(facts: SampleFacts) -> Iterator[Problem]:
    """A text holds characters that come of reading it in the wrong encoding.

    Found are sequences such as `Ã©` and `â€™`, which are UTF-8 taken for Windows-1252, where ftfy agrees that they make no
    sense, and the replacement character U+FFFD, which stands where a character was lost. Code, and what stands alone in
    quotation marks, is left alone. The texts of specifications, prompt sets and
    datasets are looked at as well.

    ## Why it matters

    A model that has seen `itâ€™s` often enough writes it. The text before the accident is nearly always still to be had.

    ## Fix safety

    A fix writes what the sequence was before it was misread. It is unsafe, for that is a guess, if a good one. A lost
    character cannot be brought back.
    """
    if LOST not in facts.characters and facts.characters.isdisjoint(FOLLOWERS):
        return
    for turn in facts.sample.all_turns:
        text = turn.content
        if text.isascii() or not (GARBLED.search(text) or LOST in text):
            continue
        places = list(_places(without_code(text)))
        if places:
            start, end, message, _ = min(places)
            more = f" ({len(places)} such places)" if len(places) > 1 else ""
            hint = "take the text from its source again, and read it as UTF-8"
            changes = [(first, last, repaired) for first, last, _, repaired in sorted(places) if repaired]
            written = f"write {changes[0][2].strip()}" if len(changes) == 1 else "write what was misread"
            repair = Repair(written, "unsafe", rewrite_turn(turn, changes)) if changes else None
            yield in_turn(turn, message + more, hint, start=start, end=end, repair=repair)


def _places(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end and message of every garbled place, and what stood there, if that can be told."""
    for lost in re.finditer(f"{LOST}+", text):
        if not _stands_alone_in_quotes(text, *lost.span()):
            yield *lost.span(), "a character was lost here", ""
    for garbled in GARBLED.finditer(text):
        start, end = garbled.span()
        if _may_be_meant(text, start, end) or _stands_alone_in_quotes(text, start, end):
            continue
        repaired = _repaired(text, start, end)
        if repaired is not None:
            yield start, end, f"{garbled[0].strip()} was {repaired}", repaired


def _repaired(text: str, start: int, end: int) -> str | None:
    """What a sequence was before it was misread; None where it is as likely to be meant."""
    from ftfy import badness, fix_encoding

    first = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    around = text[first:end]
    if not badness.is_bad(around):
        return None
    repaired = fix_encoding(text[start:end])
    return repaired if repaired != text[start:end] else None


def _may_be_meant(text: str, start: int, end: int) -> bool:
    """Whether a sequence is a letter with a mark behind it: at the end of a word in capitals, or in quotation marks."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    return (before.isupper() and not behind.islower()) or (
        before != "" and before in "“‘«„" and text[end - 1] in "”’»“"
    )


def _stands_alone_in_quotes(text: str, start: int, end: int) -> bool:
    before, behind = text[start - 1 : start], text[end : end + 1]
    return bool(before and behind) and before in QUOTES and behind in QUOTES + ")"
