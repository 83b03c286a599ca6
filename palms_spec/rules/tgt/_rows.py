"""Rows for the examples of these rules. A file of an example is named as its target."""

from __future__ import annotations

QUESTION = '{"role": "user", "content": "Is this rash measles?"}'
ANSWER = '{"role": "assistant", "content": "A clinician has to look at it."}'


def chat(*messages: str, more: str = "") -> str:
    """A line in OpenAI's form; `more` stands behind the messages."""
    return f'{{"messages": [{", ".join(messages)}]{more}}}\n'


GOOD = chat(QUESTION, ANSWER)
