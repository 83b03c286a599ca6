from __future__ import annotations

import pytest

from palms_spec.comparison.datasets import SampleVersion
from palms_spec.documents.dataset import Reviews
from palms_spec.documents.reviews import VERDICTS, Review
from palms_spec.documents.spec import Position
from palms_spec.facts.verdicts import Standing
from palms_spec.judging.queue import Open, in_order, need
from tests.judging.test_recording import review

ANA, BEN, JUDGE = "human:Ana", "human:Ben", "model:judge@1"


def given(reviewer: str, score: int = 5) -> Review:
    return review().model_copy(update={"reviewer": reviewer, "score": score, "verdict": VERDICTS[score]})


def policy(required: int = 0, by: str = "any", minimum: int = 4) -> Reviews:
    return Reviews.model_validate({"required": required, "by": by, "minimum": minimum})


@pytest.mark.parametrize(
    ("current", "stale", "asked", "expected"),
    [
        ([], [], policy(), ""),
        ([], [], policy(1), "missing"),
        ([], [], policy(1, "human"), "missing"),
        ([], [], policy(1, "model"), ""),
        ([given(BEN)], [], policy(1), ""),
        ([given(BEN)], [], policy(2), "missing"),
        ([given(ANA)], [], policy(2), ""),
        ([given(BEN, 3)], [], policy(1), "missing"),
        ([given(JUDGE)], [], policy(1, "human"), "missing"),
        ([], [given(BEN)], policy(), "stale"),
        ([], [given(ANA)], policy(), "stale"),
        ([], [given(BEN)], policy(1), "stale"),
        ([], [given(JUDGE)], policy(1, "human"), "missing"),
        ([], [given(JUDGE)], policy(1, "model"), ""),
        ([given(ANA)], [given(BEN)], policy(2), ""),
        ([given(BEN)], [given(ANA)], policy(1), ""),
        ([given(BEN, 1)], [], policy(1), ""),
    ],
    ids=[
        "nothing is asked for",
        "one is asked for",
        "one by a person",
        "one by a model",
        "somebody gave it",
        "a second one is asked for",
        "somebody else has to give it",
        "one that is unclear does not count",
        "one by a model does not count",
        "a stale one",
        "a stale one of their own",
        "a stale one where one is asked for",
        "a stale one by a model where a person is asked",
        "a stale one by a model where a model is asked",
        "theirs is there already",
        "another stands in its place",
        "a violation was found",
    ],
)
def test_why_a_person_is_asked_for_a_review(current, stale, asked, expected):
    assert need(Standing(tuple(current), tuple(stale)), asked, ANA) == expected


def test_what_is_missing_comes_first_and_samples_stay_together():
    def item(sample, position, why):
        version = SampleVersion(sample, f"{sample}.md", "0" * 64)
        return Open("d", version, "s", Position(id=position, statement="S."), policy(), Standing(), why)

    items = [
        item("a", "p", "stale"),
        item("b", "p", ""),
        item("c", "p", "stale"),
        item("c", "q", "missing"),
        item("b", "q", ""),
    ]
    assert [(one.sample.id, one.position.id) for one in in_order(items)] == [
        ("c", "p"),
        ("c", "q"),
        ("a", "p"),
        ("b", "p"),
        ("b", "q"),
    ]
