"""Compiled files that are to be handed to a provider: nothing is sent before it is known to be what it should be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from palms_spec.errors import EXIT_FINDINGS, UsageError
from palms_spec.providers.provider import TrainingFile
from palms_spec.targets.plan import plan_for
from palms_spec.training.manifest_reading import Manifest, Split
from palms_spec.training.portable import check_file
from palms_spec.training.verified import Verified
from palms_spec.workflows.asked import Asked
from palms_spec.workflows.check import check_file as check_for_target
from palms_spec.workflows.finetune_providers import TARGETS
from palms_spec.workflows.verify import verify

SENT = ("train", "validation")
"""The splits that a provider gets. The test split stays here."""
SHOWN = 3
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The files of a compiled folder. `verified` says what speaks against it: nothing, unless the user waived that the
    sources are at hand."""

    verified: Verified
    files: dict[str, TrainingFile]

    @property
    def manifest(self) -> Manifest:
        """What is known of the files."""
        return self.verified.manifest

    def split(self, name: str) -> Split:
        """What the manifest says of a split that is there."""
        return next(split for split in self.manifest.splits if split.name == name)


class NotSent(UsageError):
    """Files that a provider is not to get, for what was found in them; it counts as findings."""

    exit_code = EXIT_FINDINGS


class NotVerified(NotSent):
    """Compiled files are not what their manifest says, or do not come from the sources that are at hand."""

    def __init__(self, verified: Verified, message: str, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.verified = verified


def prepared_files(
    folder: Path,
    provider: str,
    *,
    validation: bool = True,
    unverified: bool = False,
    progress: Callable[[float], None] | None = None,
) -> Prepared:
    """The files of a compiled folder that a provider gets, `train` first.

    They are compared with their manifest, the manifest with the sources; every line is read back, and checked for the
    target, of which `progress` hears the share that is done. `unverified` waives the sources. Raises UsageError for
    files of another target, NotVerified where something does not agree, NotPortable for a line that readers do not
    take, NotSent for rows that the target does not.
    """
    found = verify(folder)
    manifest = found.manifest
    _check_target(manifest, provider)
    _check_verified(found, folder, unverified)
    hashes = {written.file: written for written in manifest.outputs}
    files: dict[str, TrainingFile] = {}
    for split in manifest.splits:
        if split.name not in SENT or (split.name == "validation" and not validation) or not split.rows:
            continue
        written = hashes[split.file]
        path = manifest.folder / split.file
        check_file(path, digest=written.sha256, rows=split.rows)
        _check_rows(path, manifest, split, progress)
        name = f"{_ODD.sub('-', manifest.dataset)}-{split.name}-{written.sha256[:12]}.jsonl"
        files[split.name] = TrainingFile(path, name, written.sha256, written.bytes)
    if "train" not in files:
        raise UsageError(
            f"{manifest.folder} has no training rows", hint="compile without --split, or with --split train"
        )
    return Prepared(found, dict(sorted(files.items())))


def _check_verified(found: Verified, folder: Path, unverified: bool) -> None:
    broken = [one for one in found.differences if one.about == "output"]
    if not broken and (unverified or not found.differences):
        return
    what = "the files are others than their manifest says" if broken else "the sources have changed since"
    first = [f"{one.path}: {one.message}" if one.path else one.message for one in (broken or found.differences)]
    more = f" and {len(first) - SHOWN:,} more" if len(first) > SHOWN else ""
    again = f"compile again: palms compile {found.manifest.dataset} --target {found.manifest.target}"
    raise NotVerified(
        found,
        f"nothing is sent, for {what}: {'; '.join(first[:SHOWN])}{more}",
        f"`palms verify {folder}` shows all; {again}" + ("" if broken else ", or send it as it is with --unverified"),
    )


def _check_rows(path: Path, manifest: Manifest, split: Split, progress: Callable[[float], None] | None) -> None:
    """Check a file as `palms check` does, for errors. How many rows there have to be is asked of the training file."""
    plan = plan_for(
        manifest.target,
        method=manifest.method,
        shape=manifest.shape,
        model=manifest.model,
        max_tokens=manifest.max_tokens,
    )
    ignore = () if split.name == "train" else ("too-few-examples",)
    outcome = check_for_target(path, plan, Asked(ignore=ignore, fail_on="error"), progress=progress).outcome
    first: list[str] = []
    for one in outcome.stream():
        if one.severity == "error" and len(first) < SHOWN:
            first.append(f"line {one.place.span.line}: {one.message} ({one.rule})")
    if first:
        count = outcome.tally.severities["error"]
        more = f" and {count - SHOWN:,} more" if count > SHOWN else ""
        raise NotSent(
            f"nothing is sent, for {path.name} is not as {manifest.target} takes it: {'; '.join(first)}{more}",
            hint=f"`palms check {path} --target {manifest.target}` shows all",
        )


def _check_target(manifest: Manifest, provider: str) -> None:
    wanted = TARGETS[provider]
    if manifest.target != wanted:
        raise UsageError(
            f"{manifest.folder} is compiled for {manifest.target}, and {provider} takes files for {wanted}",
            hint=f"palms compile {manifest.dataset} --target {wanted}",
        )
