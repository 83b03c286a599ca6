"""Two versions of a dataset compared: what is declared, and its samples."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from palms_spec.comparison.change import Change, Side
from palms_spec.comparison.fields import changed_fields
from palms_spec.documents.dataset import Dataset

DOCUMENT_FIELDS = (
    *("title", "status", "spec", "role", "control_for", "language", "license", "authors", "samples", "length"),
    *("coverage", "reviews", "system_prompt", "splits", "targets"),
)
HASH_LENGTH = 64


@dataclass(frozen=True, slots=True)
class SampleVersion:
    """What of a sample tells its versions apart: the hash of its conversation (`sample_hash`; of preference data with
    that of what is rejected behind it), where it is filed, and the pointer to it in its file."""

    id: str
    path: str
    hash: str
    category: str = ""
    positions: tuple[str, ...] = ()
    pointer: str = ""
    line: int = 0
    noted: str = ""

    @property
    def turns_hash(self) -> str:
        """The hash of what is to be learned, by which reviews know it."""
        return self.hash[:HASH_LENGTH]

    @property
    def filed(self) -> str:
        """Category and positions, as one text."""
        return "\n".join((self.category, *sorted(self.positions)))


@dataclass(frozen=True, slots=True)
class DatasetVersion:
    """A dataset, the file that it was read from, and its samples by id. Samples that are the same in both versions may
    be left out of both."""

    path: str
    dataset: Dataset
    samples: Mapping[str, SampleVersion] = dataclasses.field(default_factory=dict)

    def side(self, name: str, text: str) -> Side:
        """A field of the document."""
        return Side(self.dataset.id, self.path, "/" + name, text)


def dataset_changes(base: DatasetVersion, head: DatasetVersion) -> Iterator[Change]:
    """All differences: the document, then the samples by id, what is gone last. A sample whose conversation is the same
    under another id is renamed, under another category or other positions re-filed."""
    name = head.dataset.id
    for field, was, now in changed_fields(base.dataset, head.dataset, DOCUMENT_FIELDS):
        yield Change("dataset-changed", name, "dataset", base.side(field, was), head.side(field, now), field)
    renamed = _renamed(base.samples, head.samples)
    were = {new: base.samples[old] for old, new in renamed.items()}
    for one in sorted(head.samples):
        new = head.samples[one]
        old = base.samples.get(one) or were.get(one)
        if old is None:
            yield Change("sample-added", name, "sample", None, _side(new, new.hash))
            continue
        if old.id != new.id:
            yield Change("sample-renamed", name, "sample", _side(old, old.id), _side(new, new.id), "id")
        if old.hash != new.hash:
            yield Change("sample-edited", name, "sample", _side(old, old.hash), _side(new, new.hash), "turns")
        if old.filed != new.filed:
            yield Change("sample-refiled", name, "sample", _side(old, old.filed), _side(new, new.filed), "positions")
        if old.noted != new.noted:
            yield Change("sample-annotated", name, "sample", _side(old, old.noted), _side(new, new.noted), "metadata")
    for one in sorted(base.samples):
        if one not in head.samples and one not in renamed:
            gone = base.samples[one]
            yield Change("sample-dropped", name, "sample", _side(gone, gone.hash), None)


def _renamed(base: Mapping[str, SampleVersion], head: Mapping[str, SampleVersion]) -> dict[str, str]:
    """Ids of the base whose conversations stand under new ids in the head; of equal ones, in order of their ids."""
    gone: dict[str, list[str]] = {}
    for one in sorted(base.keys() - head.keys()):
        gone.setdefault(base[one].hash, []).append(one)
    renamed: dict[str, str] = {}
    for one in sorted(head.keys() - base.keys()):
        if waiting := gone.get(head[one].hash):
            renamed[waiting.pop(0)] = one
    return renamed


def _side(sample: SampleVersion, text: str) -> Side:
    return Side(sample.id, sample.path, sample.pointer, text, sample.line)
