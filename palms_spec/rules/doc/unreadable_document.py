from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC001",
    severity="error",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="unreadable-document"),
    aliases=["encoding"],
    expected="A document is a UTF-8 text file of bounded size.",
    examples=[
        Example(
            bad="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinic[[\0]]ian to say.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say.\n",
        ),
        Example(
            bad="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician\ud800 to say.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say.\n",
        ),
    ],
    near_misses=[
        "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Ist der Ausschlag „gefährlich“?\n\nDas muß eine Ärztin sagen. 这要由医生判断。\r\n",
        {"assets/logo.yaml": "\0\x01 no text, and no document that anything names\n"},
    ],
)
def unreadable_document(document: Document) -> Iterator[Problem]:
    """A file cannot be read as text.

    It is no UTF-8 text, holds a NUL character as binary files do, is too large for one document, or cannot be opened.
    In JSONL this is said of single rows, and the other rows are read.

    ## Why it matters

    Nothing in the file is checked, and no later step can use it. Most often an editor saved it in another encoding, or
    a file of another sort lies where a glob finds it.
    """
    yield from defects_of(document, "unreadable-document")
