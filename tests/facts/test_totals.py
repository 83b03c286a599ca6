"""Totals merge in any order, survive a cache and do not grow with the samples."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents.context import SampleContext
from palms_spec.documents.sample import Sample, Turn
from palms_spec.facts.sample import SampleFacts
from palms_spec.facts.totals import Totals

CONTEXT = SampleContext(
    dataset="example", role="control", categories=("health", "political"), positions={"health.a": "health"}
)
SAMPLES = st.builds(
    lambda texts, category, positions: Sample(
        None,
        [Turn(role, text, "") for role, text in zip(("user", "assistant") * 3, texts, strict=False)],
        category=category,
        positions=positions,
    ),
    st.lists(st.text(alphabet="ab. !?\n", max_size=40), max_size=5),
    st.sampled_from([None, "health", "political", "unknown"]),
    st.lists(st.sampled_from(["health.a", "health.b"]), max_size=3),
)


def _totals(samples, context=CONTEXT):
    totals = Totals()
    for sample in samples:
        totals.add(SampleFacts(sample, context))
    return totals


@given(st.lists(SAMPLES, max_size=8), st.lists(SAMPLES, max_size=8), st.lists(SAMPLES, max_size=8))
def test_merging_is_the_same_as_counting_at_once(first, second, third):
    left, right, last = _totals(first), _totals(second), _totals(third)
    right.merge(last)
    left.merge(right)
    assert left == _totals([*third, *first, *second])


@given(st.lists(SAMPLES, max_size=8))
def test_totals_survive_json(samples):
    totals = _totals(samples)
    assert Totals.from_json(json.loads(json.dumps(totals.as_json()))) == totals


def test_extreme_samples_stay_within_the_histograms():
    texts = ["word " * 100_000, "a" * 100_000 + ".", "b. " * 10_000]
    totals = _totals([Sample(None, [Turn("user", "Why?", ""), Turn("assistant", text, "")]) for text in texts])
    assert max(totals.style.lengths) <= 2000
    assert max(totals.style.sentence_lengths) <= 800
    assert -120 <= min(totals.style.readability) <= max(totals.style.readability) <= 400


def test_style_is_measured_only_where_a_dataset_has_a_role():
    sample = Sample(None, [Turn("user", "Why?", ""), Turn("assistant", "Because it rains.", "")])
    assert not _totals([sample], SampleContext(dataset="example")).style.lengths
    assert _totals([sample]).style.lengths == {4: 1}
