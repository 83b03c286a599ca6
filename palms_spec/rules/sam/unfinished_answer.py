from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, rule

FINISHED = frozenset(".!?…。！？।؟\"”’»›)]}>*_`~|:;'")
SETTLED = FINISHED - {":"}
LEADING_ON = frozenset(
    (
        "although",
        "and",
        "because",
        "every",
        "my",
        "nor",
        "or",
        "our",
        "the",
        "their",
        "unless",
        "whereas",
        "whose",
        "your",
    )
)
FENCE = re.compile(r"^[ ]{0,3}```", re.MULTILINE)
LIST_ITEM = re.compile(r"\s*(?:[-*+•·–>#|]|\(?\w{1,3}[.):])\s")
SENTENCE_END = re.compile(r"(?:([^\W\d_]{3,})|\d{4,}|[)”\"’])[.!?…][”\"’)]*\s+(?=[\"“‘(]*[^\W\d_])")
SHORTENED = frozenset(
    ("approx", "capt", "corp", "dept", "feat", "inc", "ltd", "messrs", "mrs", "prof", "rev", "sgt", "vol")
)
NAMES_A_PLACE = re.compile(r"[\d/@.#\\=<]")
SENTENCE_WORDS, LINE_WORDS = 5, 6
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\n"
WHOLE = SAMPLE + "Nobody can tell from here. Please show it to a clinician today, and call ahead.\n"


@rule(
    code="SAM005",
    severity="warning",
    since="0.1",
    subject="sample",
    confidence="medium",
    expected="An answer is written to its end.",
    examples=[
        Example(bad=SAMPLE + "Nobody can tell from here. Please show it to a clinician today, [[and]]\n", good=WHOLE),
        Example(bad=SAMPLE + "Nobody can tell from here. Please show it to a clinician [[today]]\n", good=WHOLE),
        Example(bad=SAMPLE + "A clinician will ask you about three more [[things:]]\n", good=WHOLE),
        Example(
            bad=SAMPLE + "Nobody can tell from here. This prints the opening hours:\n\n[[```]]\nhours --today\n",
            good=SAMPLE + "Nobody can tell from here. This prints the opening hours:\n\n```\nhours --today\n```\n",
        ),
    ],
    near_misses=[
        SAMPLE + "No\n",
        SAMPLE + "Show it to a clinician today\n",
        SAMPLE + "Vitamin A, and the answer is A\n",
        SAMPLE + "It depends. Bring these along:\n\n- your vaccination card\n- the names of all medicines you take\n",
        SAMPLE + "It depends. Bring these along:\n\n1. your vaccination card\n2. water. It may take a while\n",
        SAMPLE + "Nobody can tell. The clinic lists its hours at https://example.org/hours\n",
        SAMPLE + "Nobody can tell from here. For help at any hour of the day, call 999\n",
        SAMPLE + "Dear Dr. Moss,\n\nMay I bring my son in today? He has a rash.\n\nWith kind regards,\n",
        SAMPLE
        + "Dear Dr. Moss,\n\nMay I bring my son in today? He has a rash.\n\nYours sincerely,\nThe parents of Tim\n",
        SAMPLE + "Roses are red,\nviolets are blue,\nspots come and go,\nand so do you\n",
        SAMPLE + "Capt. Morgan and the Brothers of the Bay\n",
        SAMPLE + "Name of the patient:\nDate of birth:\n",
        SAMPLE + "She said: “Nobody can tell from here. Please show it to a clinician.”\n",
        SAMPLE + "Nobody can tell from here. Please show it to a clinician today 🙂\n",
        SAMPLE + "Nobody can tell from here :-(\n",
        SAMPLE + "先看医生。谁也不能从描述中判断\n",
    ],
)
def unfinished_answer(facts: SampleFacts) -> Iterator[Problem]:
    """An answer breaks off, or its last sentence ends without a mark.

    It ends in a word such as *and* or *the*, in a comma, a colon, a dash or an opening bracket, inside a block of code, or
    without a mark that ends the sentence although the sentence before it has one. Titles, lists, verse, sign-offs, links
    and numbers at the end are left alone.

    ## Why it matters

    Answers that were cut at a limit of tokens, or pasted in part, teach a model to stop in the middle of a sentence.
    """
    answer = facts.sample.answer
    if answer is None:
        return
    text = answer.content
    if text[-1:] in SETTLED and "```" not in text:
        return
    if "```" in text and len(fences := list(FENCE.finditer(text))) % 2:
        start = fences[-1].end() - 3
        message = "the answer ends inside a block of code"
        yield in_turn(answer, message, "close the block, or write the answer to its end", start=start, end=start + 3)
        return
    length = len(text.rstrip())
    last = text[length - 1 : length]
    if not last or (last in FINISHED and last != ":"):
        return
    line = text[text.rfind("\n", 0, length) + 1 : length]
    words = line.split()
    ending = f"ends with “{' '.join(words[-3:])}”"
    if _breaks_off(line, words):
        message, hint = f"the answer {ending}", "write it to its end" if last != ":" else "write what was announced"
    elif _lacks_a_mark(line, words):
        message, hint = f"the last sentence {ending}, without a mark", "write it to its end, and end the sentence"
    else:
        return
    yield in_turn(answer, message, hint, start=length - len(words[-1]), end=length)


def _breaks_off(line: str, words: list[str]) -> bool:
    """Whether a last line is no end."""
    last = line[-1]
    if last in ",-–—":
        return len(words) >= LINE_WORDS and not LIST_ITEM.match(line)
    if last == ":":
        return len(words) >= LINE_WORDS
    if last in "([{":
        return words[-1] == last or words[-1][:-1].isalnum()
    return words[-1] in LEADING_ON and len(words) >= LINE_WORDS


def _lacks_a_mark(line: str, words: list[str]) -> bool:
    """Whether a sentence before the last one ends with a mark, and the last one does not."""
    if not line[-1].isalpha() or NAMES_A_PLACE.search(words[-1]) or LIST_ITEM.match(line):
        return False
    ends = [end for end in SENTENCE_END.finditer(line) if end[1] is None or end[1].lower() not in SHORTENED]
    return bool(ends) and len(line[ends[-1].end() :].split()) >= SENTENCE_WORDS
