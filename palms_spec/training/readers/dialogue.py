"""A conversation in one text, each turn after a blank line and `Human:` or `Assistant:`."""

from __future__ import annotations

import re

from palms_spec.documents.sample import ASSISTANT, USER
from palms_spec.training.readers.conversation import Message

_MARK = re.compile(r"(?:\A|\n\n)(Human|Assistant):[ ]?")
_SPEAKERS = {"Human": USER, "Assistant": ASSISTANT}


def turns_in(text: str) -> tuple[list[Message], bool]:
    """The turns of a text, none where it is no such conversation; and whether the text could be made of them again."""
    marks = list(_MARK.finditer(text))
    if len(marks) < 2 or marks[0].start():
        return [], False
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    said = [(mark[1], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    again = "".join(f"\n\n{speaker}: {words}" for speaker, words in said)
    return [{"role": _SPEAKERS[speaker], "content": words} for speaker, words in said], again == text
