"""Which reviews a person is asked for in a project, and the samples they are of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from palms_spec.documents.identity import sample_hash
from palms_spec.documents.project import DatasetEntry
from palms_spec.documents.references import parse_reference
from palms_spec.documents.sample import Sample
from palms_spec.judging.queue import Open, need
from palms_spec.sources.tree_lines import lines_of
from palms_spec.workflows.reviewed import ReviewedProject
from palms_spec.workflows.versions import samples_in, samples_in_rows


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to review: samples in these files and folders (paths below the root; none is all), against
    these positions. `everything` is also what nothing is missing of, `own` also what the person wrote."""

    paths: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    everything: bool = False
    own: bool = False

    def takes(self, path: str, position: str) -> bool:
        """Whether a sample in a file is wanted, against a position."""
        if self.positions and position not in self.positions:
            return False
        return not self.paths or any(one in (".", path) or path.startswith(one + "/") for one in self.paths)


def open_reviews(project: ReviewedProject, reviewer: str, wanted: Wanted) -> Iterator[Open]:
    """What is open to a reviewer, dataset by dataset, sample by sample."""
    for one in every_review(project, wanted):
        why = need(one.standing, one.policy, reviewer)
        if why or wanted.everything:
            yield replace(one, need=why)


def every_review(project: ReviewedProject, wanted: Wanted) -> Iterator[Open]:
    """All that could be reviewed. Nothing is asked against retired positions."""
    version = project.version.version
    for name, dataset in version.datasets.items():
        spec = version.specs.get(parse_reference(dataset.dataset.spec).id) if dataset.dataset.spec is not None else None
        positions = spec.positions() if spec is not None else {}
        for sample in dataset.samples.values():
            for position in dict.fromkeys(sample.positions):
                placed = positions.get(position)
                if spec is None or placed is None or placed.position.status == "retired":
                    continue
                if not wanted.takes(sample.path, position):
                    continue
                policy = dataset.dataset.reviews
                standing = project.verdicts.standing(name, sample.id, sample.turns_hash, spec.spec.id, position)
                yield Open(name, sample, spec.spec.id, placed.position, policy, standing, "")


def sample_of(project: ReviewedProject, entry: DatasetEntry, item: Open) -> Sample | None:
    """The sample of an item as its file holds it at this moment; None where the file holds it no more. Raises
    UnreadableSource."""
    tree, path = project.version.tree, item.sample.path
    if item.sample.line:
        rows = samples_in_rows(lines_of(tree, path), entry.context, {item.sample.line})
        found = [sample for _, sample in islice(rows, 1)]
    else:
        found = samples_in(path, tree.read(path), "", entry.context)
    by_text = (sample for sample in found if sample_hash(sample.turns) == item.sample.turns_hash)
    return next(by_text, next((sample for sample in found if sample.id in (item.sample.id, "")), None))


def beside(project: ReviewedProject, entry: DatasetEntry) -> list[str]:
    """The datasets that share the folder of one, and with it its review files."""
    return [one.model.id for one in project.version.project.datasets if one.folder == entry.folder]
