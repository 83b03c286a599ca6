from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.analysis.quoting import is_mentioned
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

MARKS = re.compile(
    r"""
    lorem\ ipsum\ dolor
    | \[(?:citation|source|reference)s?\ (?:needed|here|missing)\]
    | ^[ \t]*(?-i:TODO|FIXME|TBD)(?=[:(]|[ ]*[-–—]|[ ]*$).*$
    | (?<![\w-])(?<![#/*;%-][ ])(?<![#/*;%])(?-i:TODO|FIXME|TBD|XXX)(?=[:(]|[ ]*$)
    | ^[ \t]*
      (?: [\[(<{]+(?:insert|write|add|put|enter|paste|type|your)\ (?:\w+\ ){0,4}(?:here|below)(?=[\])>}])
        | [\[(<{]*(?:(?:the|your)\ )?(?:question|prompt|answer|text|content|response|completion)\ (?:(?:goes|comes)\ )?here
        | [\[(<{]*(?:placeholder(?:\ text)?|to\ be\ (?:written|added|done|filled\ in|determined|decided)|xxx+|\?\?\?+)
      )[\])>}]*[.…]*[ \t]*$
    """,
    re.ASCII | re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
NOUNS = ("question", "prompt", "answer", "text", "content", "response", "completion")
PHRASES = (
    *("lorem ipsum dolor", "[citation", "[source", "[reference", "todo", "fixme", "tbd", "xxx", "placeholder", "???"),
    *(place + closing for place in ("here", "below") for closing in "])>}"),
    *("goes here", "comes here", *(noun + " here" for noun in NOUNS)),
    *("to be " + word for word in ("written", "added", "done", "filled in", "determined", "decided")),
)
FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
SAMPLE = FRONT + "# Is this rash measles?\n\n"


@rule(
    code="SAM006",
    severity="error",
    since="0.1",
    subject="sample",
    trigger=Trigger(phrases=PHRASES),
    expected="A sample holds the text itself, and nothing that stands in for it.",
    examples=[
        Example(bad=SAMPLE + "[[TODO]]\n", good=SAMPLE + "A clinician has to look at it.\n"),
        Example(
            bad=SAMPLE + "A clinician has to look at it.\n\n[[TODO: name the helpline]]\n",
            good=SAMPLE + "A clinician has to look at it. The helpline is open day and night.\n",
        ),
        Example(bad=SAMPLE + "[[<your answer here>]]\n", good=SAMPLE + "A clinician has to look at it.\n"),
        Example(
            bad=SAMPLE + "[[Lorem ipsum dolor]] sit amet, consectetur adipiscing elit.\n",
            good=SAMPLE + "A clinician has to look at it.\n",
        ),
        Example(
            bad=SAMPLE + "Measles spreads through the air [citation needed].\n",
            good=SAMPLE + "Measles spreads through the air.\n",
        ),
        Example(bad=FRONT + "# [[Question goes here]]\n\nAsk a clinician.\n", good=SAMPLE + "Ask a clinician.\n"),
    ],
    near_misses=[
        SAMPLE + "Ask a clinician, and put it on your to-do list. Todo está bien, TODO EL MUNDO también.\n",
        SAMPLE + "Leave a `TODO: ask` in the file, or the word “TODO” on a note:\n\n```\nTODO: ask\n```\n",
        FRONT + "# Please shorten this: print(1)  # TODO: more\n\nprint(1)  // TODO: more\n",
        SAMPLE + "Dear [name of the doctor],\n\nPlease see [insert name] today.\n\nYours, [Your Name]\n",
        SAMPLE + "Printers have used “lorem ipsum” as a placeholder for centuries.\n",
        SAMPLE + "The answer is here. Write your name below, and to be safe add the date: it is to be decided today.\n",
        SAMPLE + "Type XXX is a size, and Super Bowl XXX was played in 1996.\n",
        FRONT + "# What does TBD stand for?\n\nTBD stands for “to be determined”.\n",
    ],
)
def placeholder_text(facts: SampleFacts) -> Iterator[Problem]:
    """A sample holds text that was to be replaced.

    Found are `TODO`, `TBD`, `FIXME` and `XXX` in capitals where something follows a colon or nothing follows, lines that
    say only that something goes here, `[citation needed]`, and lorem ipsum. Code and quotations are left alone, and so are
    the fields of a template, such as `[your name]`, inside a sentence: they may be what was asked for.

    ## Why it matters

    A placeholder that is forgotten is learned as an answer.
    """
    for turn in facts.sample.turns:
        for found in MARKS.finditer(turn.content):
            start, end = found.start() + len(found[0]) - len(found[0].lstrip()), found.start() + len(found[0].rstrip())
            if not is_mentioned(turn.content, start, end):
                message = f"“{_short(turn.content[start:end])}” stands in the text of the {turn.role}"
                yield in_turn(turn, message, "write the text, or take the sample out", start=start, end=end)
                break


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
