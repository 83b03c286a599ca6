"""A dataset with the totals of its samples."""

from __future__ import annotations

from dataclasses import dataclass, field

from palms_spec.documents.dataset import Dataset, RemoteSamples
from palms_spec.documents.spec import Spec
from palms_spec.facts.totals import Totals


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """What is declared of a dataset, and what its samples add up to.

    `spec` is None where it names none that is there and valid. `controls` are the datasets that are a control for it,
    `controlled` is what it is a control for: one dataset, or none.
    """

    path: str
    dataset: Dataset
    spec: Spec | None
    spec_path: str = ""
    totals: Totals = field(default_factory=Totals)
    controls: list[DatasetFacts] = field(default_factory=list, repr=False, compare=False)
    controlled: list[DatasetFacts] = field(default_factory=list, repr=False, compare=False)

    @property
    def is_complete(self) -> bool:
        """Whether the totals are those of all samples: not so where some lie elsewhere and were not looked at."""
        return not any(isinstance(source, RemoteSamples) for source in self.dataset.samples)
