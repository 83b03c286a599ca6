from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.secret_keys import PARTS, secret_keys
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.distinct import distinct
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

SAMPLE = (
    "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
    "# Which settings does our booking system need?\n\nThe clinic asked for them in writing. {}\n"
)
# Put together here, so that nothing that looks for keys in this repository finds one.
GITHUB = "gh" + "p_" + "b7Qx2LmN9vRtY4wKzJ8sDfGhP3cA6eUo1iTq"
AWS = "AK" + "IA" + "Q3EGRLT7WZ5MUX2B"
BLOCK = "PRIVATE " + "KEY-----"
BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"


@rule(
    code="PII004",
    severity="error",
    since="0.1",
    subject="sample",
    trigger=Trigger(phrases=PARTS),
    expected="No sample holds a key, a token or a password of a service.",
    examples=[
        Example(
            bad=SAMPLE.format(f"Set the token to [[{GITHUB}]] and restart."),
            good=SAMPLE.format("Set the token to ghp_... and restart."),
        ),
        Example(
            bad=SAMPLE.format(f"`AWS_ACCESS_KEY_ID=[[{AWS}]]`"),
            good=SAMPLE.format("`AWS_ACCESS_KEY_ID=" + "AKIA" + "IOSFODNN7EXAMPLE`"),
        ),
        Example(
            bad=SAMPLE.format(f"\n\n[[-----BEGIN RSA {BLOCK}]]\n{BODY}\n{BODY}\n-----END RSA {BLOCK}"),
            good=SAMPLE.format(f"The file begins with -----BEGIN RSA {BLOCK} and ends with -----END RSA {BLOCK}."),
        ),
    ],
    near_misses=[
        SAMPLE.format(
            "Ask-me-anything, risk-adjusted, task-oriented-and-well-planned-but-not-a-key; sk-your-key-here."
        ),
        SAMPLE.format("OPENAI_API_KEY=sk-" + "x" * 48 + " and ghp_" + "x" * 36 + "."),
        SAMPLE.format(
            "An `sk-` key, `xoxb-...`, `AKIA` and sixteen characters, AIza, and the Ghent university ghp_2021."
        ),
        SAMPLE.format(
            "The commit is 3b18e512dba79e4c8300dd08aeb37f8e728b8dad, the UUID 123e4567-e89b-12d3-a456-426614174000."
        ),
    ],
)
def secret_key(facts: SampleFacts) -> Iterator[Problem]:
    """A text holds a key or a token that opens a service.

    Keys are told by the form that their services publish: prefix, length and alphabet. Placeholders such as `sk-xxxx` and
    documented examples are left out. The rejected side of preference data is looked at as well.

    ## Why it matters

    Whoever has the key can use it, and a model repeats rare strings from its training data word for word. A key that was
    ever in a shared file has to be replaced by its owner: deleting it here is not enough.
    """
    for found in distinct(facts.sample.all_turns, secret_keys):
        message = f"this looks like a secret: {found.kind}{found.times}"
        hint = "take it out, and have its owner replace it"
        yield in_turn(found.turn, message, hint, start=found.start, end=found.end)
