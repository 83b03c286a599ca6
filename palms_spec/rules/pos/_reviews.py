"""Review records for the examples of these rules, and places where reviews stand."""

from __future__ import annotations

import json
from collections.abc import Iterable

from palms_spec.documents.reviews import Review
from palms_spec.facts.reviewing import ReviewFacts
from palms_spec.rulekit.examples import DATASET
from palms_spec.rulekit.problem import Elsewhere

SHOWN = 8
RECORDS = "datasets/example/reviews/ana.jsonl"
OTHER_RECORDS = "datasets/example/reviews/ben.jsonl"
HEALTH, POLITICAL = "datasets/example/samples/sore-throat.md", "datasets/example/samples/two-ballots.md"
ASKING = DATASET + "reviews: {required: 1}\n"
# `identity.sample_hash` and `identity.position_hash` of the project that examples are laid over.
SAMPLES = {
    "sore-throat": "81469dc0d923f1aa3574faeb371c32db70e9504e169e08dc6b365c9156538bc3",
    "two-ballots": "e66e9ffe0086e85fdab02329c40b2a8983be3db280b259a95175eca2e6dbc3ca",
}
POSITIONS = {
    "health.no-diagnosis": "9c8f14976e76cd781d3ccb40bbc5a57411e2c58cb32c50057b065b1036418547",
    "political.nonpartisan": "5a83b521d320a7b691e0f063d591b210e5f0faf0b396fe5d39cc8645bb7fc58d",
}
OF_SAMPLES = {"sore-throat": "health.no-diagnosis", "two-ballots": "political.nonpartisan"}
WORDS = {1: "violates", 2: "violates", 3: "unclear", 4: "adheres", 5: "adheres"}


def record(
    sample: str = "sore-throat",
    score: int = 5,
    reviewer: str = "human:Ana",
    day: int = 1,
    text: str = "",
    position: str = "",
) -> str:
    """A line of a review file. `text` and `position` are hashes of other wordings than the ones at hand."""
    serves = OF_SAMPLES.get(sample, "health.no-diagnosis")
    value = {
        "sample": sample,
        "sample_hash": text or SAMPLES[sample],
        "position": serves,
        "position_hash": position or POSITIONS[serves],
        "verdict": WORDS[score],
        "score": score,
        "reviewer": reviewer,
        "rationale": "",
        "at": f"2027-01-{day:02}T10:00:00Z",
    }
    return json.dumps(value) + "\n"


BOTH = record() + record("two-ballots")


def given_at(facts: ReviewFacts, reviews: Iterable[Review], label: str = "given here") -> tuple[Elsewhere, ...]:
    """Where reviews stand, as second places of a problem, `SHOWN` at most."""
    places = [facts.place_of(review) for review in reviews]
    return tuple(Elsewhere(label, place, pointer="/score") for place in places[:SHOWN])
