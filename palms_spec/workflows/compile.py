"""Compile a dataset into training files for one or several targets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from palms_spec.documents.dataset import Dataset, RemoteSamples, TargetChoice
from palms_spec.documents.splits import SPLITS, SplitName, split_of
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
from palms_spec.sources.git import checked_out
from palms_spec.sources.staged_folder import staged_folder
from palms_spec.targets.plan import Plan, check_folders, plan_for
from palms_spec.training.compiling import TargetFiles, write_targets
from palms_spec.training.manifest import MANIFEST_FILE, Origin, manifest_bytes, manifest_of
from palms_spec.training.record import Record, record_of
from palms_spec.training.row_file import write_whole
from palms_spec.workflows.asked import Asked
from palms_spec.workflows.compiled_folder import check_replaceable
from palms_spec.workflows.compiled_sources import sources_of, unchanged_while
from palms_spec.workflows.datasets import OpenDataset, open_dataset
from palms_spec.workflows.lint import Linted, lint_paths

DEFAULT_OUT = "build"


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of a dataset. Each target has a folder of its own below `out`, unless it was refused; there are no
    targets where the linter stopped it all (`linted` then has the errors)."""

    dataset: str
    out: Path
    targets: tuple[TargetFiles, ...]
    linted: Linted | None

    @property
    def stopped(self) -> bool:
        """Whether the linter found errors."""
        return self.linted is not None and self.linted.outcome.exit_code != EXIT_CLEAN

    @property
    def exit_code(self) -> int:
        """1 if the linter or a target said no, 2 if a rule of the linter failed."""
        if self.stopped and self.linted is not None:
            return self.linted.outcome.exit_code
        return EXIT_FINDINGS if any(target.refusals for target in self.targets) else EXIT_CLEAN


def compile_dataset(
    name: str,
    start: Path,
    *,
    targets: Sequence[str] = (),
    out: Path | None = None,
    method: str | None = None,
    shape: str | None = None,
    model: str | None = None,
    lint: bool = True,
    splits: Sequence[str] = (),
    today: str = "",
) -> Compiled:
    """Write the training files of a dataset for the targets, or for those that it names itself.

    `out` is build/ID if left out; `splits` are those to write, all if left out. What is given here counts more than
    what the dataset says of a target. `today` is the linter's day. Raises UsageError, ConfigurationError and, where the
    disk fails, OSError.
    """
    dataset = open_dataset(name, start)
    plans = _plans(dataset.model, targets, method, shape, model)
    wanted = _wanted(splits)
    _check_shares(dataset.model)
    folder = out if out is not None else Path(DEFAULT_OUT) / dataset.model.id
    for plan in plans:
        check_replaceable(folder / plan.folder, dataset.model.id)
    linted = lint_paths(Asked(_linted_paths(dataset), fail_on="error", today=today)) if lint else None
    result = Compiled(dataset.model.id, folder, (), linted)
    if result.stopped:
        return result
    sources = sources_of(dataset)
    origin = Origin(
        dataset.model,
        dataset.path,
        dataset.spec,
        dataset.spec_path,
        sources,
        checked_out(dataset.root, [source.path for source in sources]),
        _lint_value(linted),
        [split for split in SPLITS if split in wanted],
    )
    with ExitStack() as stack:
        staged = [stack.enter_context(staged_folder(folder / plan.folder)) for plan in plans]
        with unchanged_while(dataset):
            files = write_rows(dataset, list(zip(plans, (one.path for one in staged), strict=True)), wanted)
        for one, place in zip(files, staged, strict=True):
            if not one.refusals:
                write_whole(place.path / MANIFEST_FILE, manifest_bytes(manifest_of(origin, one)))
        for one, place in zip(files, staged, strict=True):
            if not one.refusals:
                place.commit()
    return Compiled(dataset.model.id, folder, tuple(files), linted)


def write_rows(
    dataset: OpenDataset, places: Sequence[tuple[Plan, Path]], wanted: frozenset[SplitName]
) -> list[TargetFiles]:
    """The files of a dataset's samples, in the folders of the plans, without manifests."""
    if any(isinstance(source, RemoteSamples) for source in dataset.model.samples):
        raise UsageError(
            f"{dataset.model.id} has samples at a url, which are not read yet", hint="copy them into the dataset"
        )
    return write_targets(
        lambda: _records(dataset), places, dataset=dataset.model.id, split_of=_splitter(dataset.model), wanted=wanted
    )


def _records(dataset: OpenDataset) -> Iterator[Record]:
    prompt = dataset.model.system_prompt
    for standing in dataset.samples(whole=True):
        try:
            yield record_of(standing.sample, standing.path, prompt)
        except ValueError as error:
            raise UsageError(
                f"{standing.path}: a number in the tools of {standing.sample.id} is none that JSON has"
            ) from error


def _splitter(model: Dataset) -> Callable[[str], SplitName]:
    splits = model.splits
    if splits.train >= 1:
        return lambda name: "train"
    return partial(_split_of, splits.seed, (splits.train, splits.validation, splits.test))


def _split_of(seed: int, shares: tuple[float, float, float], name: str) -> SplitName:
    return split_of(seed, name, shares)


def _plans(
    model: Dataset, targets: Sequence[str], method: str | None, shape: str | None, name: str | None
) -> list[Plan]:
    declared = [one if isinstance(one, TargetChoice) else TargetChoice(target=one) for one in model.targets]
    by_target = {choice.target: choice for choice in reversed(declared)}
    chosen = [by_target.get(one, TargetChoice(target=one)) for one in dict.fromkeys(targets)] or declared
    if not chosen:
        raise UsageError(
            f"name a target: {model.id} has none of its own", hint="--target NAME; `palms targets` lists them"
        )
    plans = [
        plan_for(
            choice.target,
            method=method or choice.method,
            shape=shape or choice.shape,
            model=name or choice.model,
            max_tokens=choice.max_tokens,
        )
        for choice in chosen
    ]
    check_folders(plans)
    return plans


def _wanted(names: Sequence[str]) -> frozenset[SplitName]:
    for name in names:
        if name not in SPLITS:
            hint = did_you_mean(name, SPLITS) or f"one of {', '.join(SPLITS)}"
            raise UsageError(f"there is no split {name}", hint=hint)
    return frozenset(split for split in SPLITS if not names or split in names)


def _check_shares(model: Dataset) -> None:
    splits = model.splits
    total = splits.train + splits.validation + splits.test
    if abs(total - 1) > 1e-9:
        raise UsageError(f"the shares of the splits of {model.id} add up to {total:g}, not to 1")


def _linted_paths(dataset: OpenDataset) -> tuple[Path, ...]:
    """The dataset's folder, its specification, and what it claims from elsewhere."""
    folder = PurePosixPath(dataset.path).parent
    named = [PurePosixPath(path) for path in (dataset.spec_path, *dataset.sample_files) if path is not None]
    paths = [folder, *(path for path in named if folder not in path.parents)]
    return tuple(Path(os.path.relpath(dataset.root / path)) for path in paths)


def _lint_value(linted: Linted | None) -> dict[str, Any]:
    """What the manifest says of the linter."""
    if linted is None:
        return {"run": False, "reason": "--no-lint"}
    tally = linted.outcome.tally
    return {
        "run": True,
        **{f"{severity}s": tally.severities[severity] for severity in ("error", "warning", "note")},
        "suppressed": tally.suppressed,
        "baselined": tally.baselined,
        "not_evaluated": [rule for rule, _ in linted.outcome.not_evaluated],
    }
