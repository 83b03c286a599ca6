from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.comparison.datasets import DatasetVersion, SampleVersion, dataset_changes
from palms_spec.documents.dataset import Dataset


def dataset(*samples, **fields):
    values = {"palms": 1, "kind": "dataset", "id": "d", "title": "D", "language": "en", "samples": ["samples/*.md"]}
    return DatasetVersion(
        "d/dataset.yaml", Dataset.model_validate({**values, **fields}), {one.id: one for one in samples}
    )


def sample(name, text, category="health", positions=("health.no-diagnosis",)):
    return SampleVersion(name, f"d/samples/{name}.md", text, category, positions)


def test_changes_of_samples_have_names():
    base = dataset(sample("a", "1"), sample("b", "2"), sample("c", "3"), sample("d", "4"), sample("e", "5"))
    head = dataset(
        sample("a", "1"),
        sample("b", "2+"),
        sample("cc", "3"),
        sample("d", "4", "violence", ()),
        sample("f", "6"),
        length={"min": 20},
    )
    assert [(change.kind, change.item) for change in dataset_changes(base, head)] == [
        ("dataset-changed", "d"),
        ("sample-edited", "b"),
        ("sample-renamed", "cc"),
        ("sample-refiled", "d"),
        ("sample-added", "f"),
        ("sample-dropped", "e"),
    ]


SAMPLES = st.lists(
    st.builds(sample, st.sampled_from("abcdef"), st.sampled_from("123"), st.sampled_from(("health", "violence"))),
    unique_by=lambda one: one.id,
    max_size=5,
).map(lambda samples: dataset(*samples))


@given(SAMPLES, SAMPLES)
def test_seen_from_the_other_side_the_changes_are_mirrored(base, head):
    assert Counter(c.mirrored() for c in dataset_changes(base, head)) == Counter(dataset_changes(head, base))


def test_what_is_noted_of_a_sample_is_compared():
    base, head = (dataset(replace(sample("a", "1"), noted=noted)) for noted in ("label: GOOD", "label: OK"))
    assert [(one.kind, one.item, one.field) for one in dataset_changes(base, head)] == [
        ("sample-annotated", "a", "metadata")
    ]
