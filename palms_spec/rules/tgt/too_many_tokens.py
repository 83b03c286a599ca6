from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.findings import Severity
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.targets.token_use import TokenUse

SAMPLES = DATASET.replace(
    "samples: [samples/**/*.md]\n", "samples: [samples/*]\ntargets: [{{target: {}, max_tokens: {}}}]\n"
)
SAMPLE = (
    '{{"id": "rash", "category": "health", "positions": ["health.no-diagnosis"], "prompt": "{}", "completion": "{}"}}\n'
)
ROWS = "datasets/example/samples/rash.jsonl"
LONG = "Is this rash measles? " * 40
ASKED = {DATASET_PATH: SAMPLES.format("trl", 120), ROWS: SAMPLE.format(LONG, "[[A clinician has to look at it.]]")}
SHORT = {DATASET_PATH: SAMPLES.format("trl", 120), ROWS: SAMPLE.format("Is it?", "A clinician has to look at it.")}
CLOSE_TO = 1.2
"""Estimates are off by 0.3 to 1.2 times, so beyond this share of the limit a row is over it."""


@rule(
    code="TGT006",
    severity="warning",
    since="0.1",
    subject="row",
    confidence="medium",
    aliases=["tokens-over-the-limit", "answer-cut"],
    expected="A row has no more tokens than the target reads.",
    examples=[
        Example(bad=ASKED, good=SHORT),
        Example(
            bad={DATASET_PATH: SAMPLES.format("axolotl", 120), ROWS: SAMPLE.format("Is it?", "[[" + LONG + "]]")},
            good={DATASET_PATH: SAMPLES.format("axolotl", 120), ROWS: SAMPLE.format("Is it?", "Ask a clinician.")},
        ),
    ],
    near_misses=[
        {DATASET_PATH: SAMPLES.format("trl", 400), ROWS: SAMPLE.format(LONG, "A clinician has to look at it.")}
    ],
)
def too_many_tokens(facts: RowFacts) -> Iterator[Problem]:
    """A row has more tokens than the target reads of one, which mostly costs the answer.

    The message says what becomes of the answer. The limit is that of the target, of the model (`--model`), or your own
    (`--max-tokens`, or `max_tokens` in the dataset). Tokens are counted where the target's tokenizer is public and
    installed (`pip install 'palms-spec[tokens]'`), and estimated elsewhere, by their bytes; the message says which. It
    is an error where the count is exact and nothing of the answer is left, or the job fails; a note where an estimate
    is only just over the limit.

    ## Why it matters

    Most targets cut a row from its end, silently, and the answer stands at the end. Trained on are then questions, or
    answers that stop in the middle of a sentence.
    """
    use, limit = facts.token_use(), facts.plan.limits.row_tokens
    if use is None or limit is None:
        return
    plan = facts.plan
    setting = plan.limits.tokens_setting
    most = f"{limit.value:,} ({setting})" if setting else f"{limit.value:,}"
    count = f"{use.total:,} tokens" if use.exact else f"about {use.total:,} tokens, by an estimate"
    fate, is_lost = _fate(use, limit.value, plan.limits.overflow)
    answers = [turn for turn in facts.turns if turn.role == "assistant"]
    place = (answers or facts.turns)[-1]
    hint = f"shorten it, leave it out, or set {setting}" if setting else "shorten it, or leave it out"
    severity: Severity | None = None
    if not use.exact and use.total <= CLOSE_TO * limit.value:
        severity = "note"
    elif use.exact and is_lost:
        severity = "error"
    yield Problem(
        f"{count}, and {plan.profile.name} reads {most}: {fate}",
        hint,
        place.pointer,
        start=place.start if place.start or not facts.written else None,
        end=place.start + len(place.content) if place.start or not facts.written else None,
        severity=severity,
    )


def _fate(use: TokenUse, limit: int, overflow: str) -> tuple[str, bool]:
    """What becomes of the answer, and whether all of it is lost, or the job."""
    answer, kept = use.total - use.before_answer, max(limit - use.before_answer, 0)
    if overflow == "row dropped":
        return "the row is dropped", False
    if overflow == "job fails":
        return "the job fails", True
    how = "cut from the end" if overflow == "cut from the end" else "if it is cut from the end"
    if kept:
        return f"{how}, the answer keeps {kept:,} of its {answer:,} tokens", False
    return f"{how}, nothing is left of the answer", True
