"""Reviews of the samples of projects for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from palms_spec.documents.reviews import VERDICTS, Review
from palms_spec.engine.settings import load_settings
from palms_spec.workflows.reviewed import read_reviewed
from tests.projects import write_files

ANA = "datasets/example/reviews/ana.jsonl"
BEN = "datasets/example/reviews/ben.jsonl"


def reviews_of(
    root: Path, *, score: int = 5, reviewer: str = "human:Ana", at: str = "2027-01-01T10:00:00Z", rationale: str = ""
) -> Iterator[Review]:
    """A review of every sample of a project against each of its positions, as they read now."""
    found = read_reviewed(load_settings(root), cache=False)
    for entry in found.version.project.datasets:
        spec = entry.spec.id if entry.spec is not None else ""
        for sample in found.version.version.datasets[entry.model.id].samples.values():
            for position in sample.positions:
                if hashed := found.positions.now(spec, position):
                    yield Review(
                        sample=sample.id,
                        sample_hash=sample.turns_hash,
                        position=position,
                        position_hash=hashed,
                        verdict=VERDICTS[score],
                        score=score,
                        reviewer=reviewer,
                        rationale=rationale,
                        at=at,
                    )


def write_reviews(root: Path, path: str = ANA, **given) -> Path:
    """Write a file in which everything is reviewed, as `reviews_of` does."""
    return write_files(root, {path: "".join(review.as_line() for review in reviews_of(root, **given))})
