from __future__ import annotations

from collections.abc import Iterator

from palms_spec.comparison.facts import ChangeFacts
from palms_spec.rulekit.examples import SPEC
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

OTHER = "specs/other/spec.yaml"
SORTS = {"spec": "specification", "prompt-set": "prompt set", "dataset": "dataset"}


@rule(
    code="CHG023",
    severity="note",
    since="0.1",
    subject="change",
    expected="New documents are known to those who answer for them.",
    examples=[Example(bad={OTHER: SPEC.replace("id: example", "id: other")}, good={})],
    near_misses=[{OTHER: "# No document, only a note.\n"}],
)
def document_added(facts: ChangeFacts) -> Iterator[Problem]:
    """A specification, a prompt set or a dataset is new.

    One that was moved to another file keeps its id and is not new. Its mirror is `document-removed`.

    ## Why it matters

    All of it is new at once, so nothing in it is listed: it has to be read as a whole.
    """
    change = facts.change
    if change.kind == "document-added":
        yield Problem(f"the {SORTS[change.thing]} {change.item} is new", "read it as a whole")
