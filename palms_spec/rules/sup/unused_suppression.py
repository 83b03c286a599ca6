from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.suppression import SuppressionFacts
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, Trigger, rule

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n"
ANSWER = "# What does a transcript of a call look like?\n\nEach line begins with who speaks.\n\nHuman: good morning\n"


@rule(
    code="SUP001",
    severity="warning",
    since="0.1",
    subject="suppression",
    trigger=Trigger(defect="unused-suppression"),
    expected="A suppression covers something that its rule finds.",
    examples=[
        Example(
            bad=f"{FRONT}# palms: ignore[[[role-marker]]] the answer quotes a transcript\n---\n"
            "# Which day comes after Monday?\n\nTuesday.\n",
            good=FRONT + "---\n# Which day comes after Monday?\n\nTuesday.\n",
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("governance:", "# palms: ignore[[[VAL004]]] owners follow\ngovernance:")},
            good={
                SPEC_PATH: SPEC.replace("governance:", "# palms: ignore[VAL004] owners follow\ngovernance:").replace(
                    "  owners: [the maintainers]\n", ""
                )
            },
        ),
        Example(
            bad={
                "palms.toml": 'lint.ignores = [{path = "specs/**", rule = "[[missing-owner]]", reason = "owners follow"}]\n'
            },
            good={"palms.toml": "rules-version = 1\n"},
        ),
    ],
    near_misses=[
        f"{FRONT}# palms: ignore[role-marker] the answer quotes a transcript\n---\n{ANSWER}",
        f"{FRONT}palms_ignore: [{{rule: SAM004, reason: the answer quotes a transcript}}]\n---\n{ANSWER}",
        {
            "palms.toml": 'rules-version = 1\nlint.ignore = ["role-marker"]\n',
            "datasets/example/samples/example.md": f"{FRONT}# palms: ignore[role-marker] a rule that is off\n---\n# Why?\n\nSo.\n",
        },
        {DATASET_PATH: DATASET + "# palms ignores this file\n"},
        FRONT
        + "---\n# How is a rule turned off?\n\nWrite this above the value:\n\n    # palms: ignore[role-marker] reason\n",
    ],
)
def unused_suppression(facts: SuppressionFacts) -> Iterator[Problem]:
    """A suppression covers nothing that its rule finds.

    A comment at the end of a line covers that line, and the whole of a text that begins or ends in it; a comment on a line of its
    own covers what begins next, a list item or a key with its value, as a whole, and above the first key the whole document. In the
    front matter of a Markdown sample it covers the sample. `palms_ignore` covers the document, sample or row it stands in. Of
    several suppressions that cover the same finding, the one that begins last counts. What a rule would have found that is turned
    off is not known, so its suppressions are left alone.

    ## Why it matters

    A suppression that covers nothing will cover the next thing that comes to stand there, and nobody will see it.
    """
    if "unused-suppression" not in facts.defects:
        return
    one = facts.suppression
    if one.start == one.end:
        message, hint = "nothing follows this comment that it could cover", "write it above the value, or at its end"
    elif facts.rule.endswith(("-suppression", "-without-reason", "stale-baseline")):
        message = f"{one.rule} cannot be suppressed where it is found"
        hint = "use lint.ignore or lint.per-file-ignores in palms.toml"
    else:
        message, hint = f"{one.rule} finds nothing that this covers", "delete it"
    yield Problem(message, hint, "/rule")
