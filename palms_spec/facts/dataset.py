"""A dataset with the totals of its samples."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from palms_spec.documents.dataset import Dataset, RemoteSamples
from palms_spec.documents.discovery import literal_glob
from palms_spec.documents.spec import Spec
from palms_spec.facts.totals import Totals


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """What is declared of a dataset, and what its samples add up to.

    `spec` is None where it names none that is there and valid. `controls` are the datasets that are a control for it,
    `controlled` is what it is a control for: one dataset, or none. `today` is the day of the run (`YYYY-MM-DD`).
    """

    path: str
    dataset: Dataset
    spec: Spec | None
    spec_path: str = ""
    totals: Totals = field(default_factory=Totals)
    controls: list[DatasetFacts] = field(default_factory=list, repr=False, compare=False)
    controlled: list[DatasetFacts] = field(default_factory=list, repr=False, compare=False)
    today: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the totals are those of all samples: not so where some lie elsewhere and were not looked at."""
        return not any(isinstance(source, RemoteSamples) for source in self.dataset.samples)

    @property
    def causes(self) -> tuple[str, ...]:
        """What can bring about what its totals show: the specification, and the globs of its samples. Those are left
        out while it is a draft, of which every sample changes the totals and none is to be stopped for it."""
        spec = (self.spec_path,) if self.spec_path else ()
        if self.dataset.status == "draft":
            return spec
        folder = literal_glob(str(PurePosixPath(self.path).parent)) + "/"
        globs = [source for source in self.dataset.samples if isinstance(source, str)]
        return (*spec, *(folder.removeprefix("./") + glob.removeprefix("./").rstrip("/") + "/" for glob in globs))
