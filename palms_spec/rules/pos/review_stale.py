from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.reviews import Review
from palms_spec.facts.references import Namespace
from palms_spec.facts.reviewing import ReviewFacts
from palms_spec.rulekit.examples import DATASET_PATH, SAMPLES, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, Trigger, rule
from palms_spec.rules.pos._reviews import ASKING, BOTH, HEALTH, OTHER_RECORDS, RECORDS, given_at, record

MARKED = SAMPLES[HEALTH].replace("[health.no-diagnosis]", "[ [[health.no-diagnosis]] ]")


@rule(
    code="POS008",
    severity="warning",
    since="0.1",
    subject="review",
    namespaces=[Namespace.REVIEW],
    trigger=Trigger(defect="stale"),
    expected="A review is of the sample and the position as they read now.",
    examples=[
        Example(
            bad={
                RECORDS: BOTH,
                HEALTH: MARKED,
                SPEC_PATH: SPEC.replace("does not say what condition", "never says what condition"),
            },
            good={RECORDS: BOTH},
        ),
        Example(
            bad={RECORDS: BOTH, HEALTH: MARKED.replace("a swab", "two swabs")},
            good={RECORDS: BOTH},
        ),
    ],
    near_misses=[
        {RECORDS: BOTH, HEALTH: SAMPLES[HEALTH].replace("category: health\n", "category: health\nround: 2\n")},
        {RECORDS: BOTH, HEALTH: None, "datasets/example/samples/renamed.md": SAMPLES[HEALTH]},
        {RECORDS: BOTH, HEALTH: None},
        {RECORDS: record(position="0" * 64) + record(day=2)},
        {RECORDS: record(text="0" * 64), OTHER_RECORDS: record(reviewer="human:Ben")},
        {
            RECORDS: BOTH,
            SPEC_PATH: SPEC.replace("health.no-diagnosis", "health.diagnosis"),
            HEALTH: SAMPLES[HEALTH].replace("no-", ""),
        },
        {DATASET_PATH: ASKING, RECORDS: BOTH, SPEC_PATH: SPEC.replace("says what condition", "says  what condition")},
    ],
)
def review_stale(facts: ReviewFacts) -> Iterator[Problem]:
    """A review was given before the sample or the position was changed.

    A review holds the hash of the text and of the position (its subject, stance and statement) that it judged. A file that
    was renamed keeps its reviews, and so does a position that got another id. A stale review is reported until there is a
    new one in its place, by whomever.

    ## Why it matters

    Somebody read the answer beside another sentence than the one that is there today. One word can turn a position round,
    and nobody has looked since. Where the words changed and the meaning did not, `palms review --carry-over REASON`
    renews the reviews, and says in them that it did.
    """
    outdated = facts.standing.outdated(facts.policy)
    if not outdated:
        return
    reasons = sorted({_reason(facts, review) for review in outdated})
    reason = reasons[0] if len(reasons) == 1 else "the sample or the position was changed"
    one = f"the review of {outdated[0].reviewer} ({outdated[0].score}) was given"
    what = one if len(outdated) == 1 else f"{len(outdated)} reviews were given"
    hint = "`palms review` asks again; --carry-over REASON renews what only changed its style"
    reads = Elsewhere("as it reads now", path=facts.spec_path, pointer=facts.pointer + "/statement")
    reworded = any(review.position_hash != facts.position_hash for review in outdated)
    related = (*given_at(facts, outdated), *((reads,) if reworded else ()))
    causes = (facts.spec_path, *facts.files_of(outdated)) if reworded else facts.files_of(outdated)
    yield Problem(f"{what} before {reason}", hint, related=related, causes=causes)


def _reason(facts: ReviewFacts, review: Review) -> str:
    reworded, edited = review.position_hash != facts.position_hash, review in facts.edited
    if reworded and edited:
        return f"{facts.position} and this sample were changed"
    return f"{facts.position} was changed" if reworded else "this sample was changed"
