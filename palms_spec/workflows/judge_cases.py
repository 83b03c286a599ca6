"""What there is to judge in a project: samples and the positions they name, without a verdict that still stands."""

from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.dataset import Reviews
from palms_spec.documents.identity import sample_hash
from palms_spec.documents.review_files import FOLDER
from palms_spec.documents.spec import Position
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.engine.settings import Settings
from palms_spec.errors import UsageError
from palms_spec.facts.verdicts import Standing
from palms_spec.judging.case import Case
from palms_spec.judging.people import file_for
from palms_spec.judging.planning import Cases, Pending
from palms_spec.judging.queue import Open
from palms_spec.workflows.datasets import open_dataset
from palms_spec.workflows.review_queue import Wanted, every_review
from palms_spec.workflows.reviewed import ReviewedProject, read_reviewed

Key = tuple[str, str]


def find_cases(settings: Settings, reviewer: str, wanted: Wanted, *, also_reviewed: bool = False) -> Cases:
    """The cases of a project that are wanted. With `also_reviewed` what others have judged is pending as well.

    Raises UsageError for a position that does not exist and for a dataset with defects, UnreadableSource where a file
    cannot be read.
    """
    project = read_reviewed(settings)
    _check(project, wanted)
    found = Cases(unread=_unread(project, wanted))
    waiting: dict[Key, Open] = {}
    seen: set[Key] = set()
    for item in every_review(project, wanted):
        key = item.sample.turns_hash, project.positions.now(item.spec, item.position.id)
        if key in seen:
            continue
        seen.add(key)
        if any(review.reviewer == reviewer for review in item.standing.current):
            found.done += 1
        elif not also_reviewed and _is_reviewed(item.standing, item.policy):
            found.reviewed += 1
        else:
            waiting[key] = item
    cases = {case.key: case for case in _cases(settings, waiting)}
    files = {name: _file(settings, project, name, reviewer) for name in {one.dataset for one in waiting.values()}}
    found.pending = [
        Pending(cases[key], files[item.dataset], bool(item.standing.stale))
        for key, item in waiting.items()
        if key in cases
    ]
    return found


def positions_of(settings: Settings, spec: str | None) -> dict[str, Position]:
    """The positions of a project's specifications by id, of one specification if it is named. Raises UsageError where
    there is no such specification, and where one id stands for different positions."""
    specs = read_reviewed(settings).version.version.specs
    if spec is not None and spec not in specs:
        raise UsageError(f"there is no specification {spec}", hint=did_you_mean(spec, specs))
    found: dict[str, Position] = {}
    for name, one in specs.items():
        for category in one.spec.categories if spec in (None, name) else ():
            for position in category.positions:
                if found.setdefault(position.id, position) != position:
                    raise UsageError(
                        f"{position.id} is a position of several specifications", hint="say which with --spec"
                    )
    if not found:
        raise UsageError("this project has no position", hint="`palms lint` says what is wrong")
    return found


def _check(project: ReviewedProject, wanted: Wanted) -> None:
    known = project.positions.ids()
    for name in wanted.positions:
        if name not in known:
            raise UsageError(f"there is no position {name}", hint=did_you_mean(name, known))


def _unread(project: ReviewedProject, wanted: Wanted) -> tuple[str, ...]:
    """The files that might have held a sample that is wanted, or a verdict, and cannot be read to their end."""
    samples = {file for entry in project.version.project.datasets for file in entry.files}
    reviews = set(project.version.project.reviews)
    everywhere = Wanted(wanted.paths)
    return tuple(path for path in project.unread if path in reviews or (path in samples and everywhere.takes(path, "")))


def _cases(settings: Settings, waiting: dict[Key, Open]) -> Iterator[Case]:
    """The cases with their texts. Samples that nobody answers are none."""
    by_sample: dict[str, list[tuple[Key, Open]]] = {}
    for key, item in waiting.items():
        by_sample.setdefault(key[0], []).append((key, item))
    for dataset in dict.fromkeys(item.dataset for item in waiting.values()):
        for standing in open_dataset(dataset, settings.root).samples():
            turns = tuple(standing.sample.turns)
            for key, item in by_sample.get(sample_hash(turns), ()):
                if item.dataset == dataset and standing.sample.answer is not None:
                    yield Case(item.sample.id, item.sample.path, turns, item.position, *key)


def _file(settings: Settings, project: ReviewedProject, dataset: str, reviewer: str) -> str:
    """The file of records, below the root, for a judge's verdicts on samples of a dataset."""
    folder = next(entry.folder for entry in project.version.project.datasets if entry.model.id == dataset)
    return file_for(settings.root / folder / FOLDER, reviewer).relative_to(settings.root).as_posix()


def _is_reviewed(standing: Standing, policy: Reviews) -> bool:
    """Whether as many verdicts stand as are asked for, whatever they say; one, where none are."""
    given = sum(policy.by == "any" or one.is_human == (policy.by == "human") for one in standing.current)
    return given >= max(policy.required, 1)
