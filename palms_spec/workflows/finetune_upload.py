"""Hand files to a provider, each once: what it has already, by its hash, is not sent again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from palms_spec.errors import ProviderError
from palms_spec.providers.provider import Provider, RemoteFile, Sent, TrainingFile
from palms_spec.sources.locked import locked
from palms_spec.training.finetuning import Uploaded
from palms_spec.training.ledger import FileEntry, change_ledger, read_ledger
from palms_spec.workflows.finetune_files import Prepared

BUSY_FILE = ".palms/cache/finetune-busy.lock"
READY_SECONDS = 1_800.0
"""For so long a provider may look at a file before it can be used."""
PAUSES = (1.0, 2.0, 5.0, 10.0)
Tell = Callable[[str], None]
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """Who is told how far it is: `tell` of what happens, `sending` of the bytes of a file by its name and size."""

    tell: Tell
    sending: Callable[[str, int], Sent]


def alone(root: Path) -> AbstractContextManager[None]:
    """Keep other processes from sending files or starting jobs in the same project."""
    busy = "another palms is sending files or starting a job in this project"
    return locked(root / BUSY_FILE, patience=2.0, busy=busy)


def place_in(root: Path, provider: Provider) -> str:
    """Where a provider is, with a folder below the project as a path relative to it."""
    place = Path(provider.place)
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else provider.place


def hand_over(provider: Provider, prepared: Prepared, root: Path, progress: Progress) -> dict[str, Uploaded]:
    """Have a provider hold the files, by split; they may not be ready for use yet. Hold `alone` meanwhile."""
    found = {}
    for name, file in prepared.files.items():
        remote, sent = _handed(provider, file, root, progress)
        split = prepared.split(name)
        found[name] = Uploaded(name, file, remote, sent, split.rows, split.tokens)
    return found


def _handed(provider: Provider, file: TrainingFile, root: Path, progress: Progress) -> tuple[RemoteFile, bool]:
    """The file at the provider, and whether it was sent just now."""
    place = place_in(root, provider)
    known = read_ledger(root).file(provider.name, place, file.sha256)
    remote = provider.file(known.id) if known is not None and known.id else None
    if remote is None or remote.problem:
        remote = provider.find_file(file)
    if remote is not None:
        _note(root, provider, place, file, remote)
        return remote, False
    _note(root, provider, place, file, None)
    remote = provider.upload(file, progress.sending(file.name, file.bytes))
    _note(root, provider, place, file, remote)
    return remote, True


def _note(root: Path, provider: Provider, place: str, file: TrainingFile, remote: RemoteFile | None) -> None:
    entry = FileEntry(
        provider=provider.name,
        place=place,
        path=path_in(root, file.path),
        name=file.name,
        sha256=file.sha256,
        bytes=file.bytes,
        id=remote.id if remote is not None else None,
        began=datetime.now(UTC).replace(microsecond=0),
    )
    change_ledger(root, lambda ledger: ledger.note_file(entry))


def wait_until_ready(
    provider: Provider,
    uploaded: dict[str, Uploaded],
    tell: Tell,
    sleep: Sleep = time.sleep,
    patience: float = READY_SECONDS,
) -> None:
    """Come back once jobs can use the files. Raises ProviderError for one that they never will, or not for long."""
    for one in uploaded.values():
        remote, waited = one.remote, 0.0
        while not remote.ready and not remote.problem:
            if not waited:
                tell(f"{provider.name} looks at {one.file.name}")
            if waited >= patience:
                raise ProviderError(
                    f"{provider.name} has looked at {one.file.name} for {waited / 60:.0f} minutes, and it is not ready",
                    hint="call the same command again later: the file is not sent twice",
                )
            pause = PAUSES[min(int(waited), len(PAUSES) - 1)]
            sleep(pause)
            waited += pause
            found = provider.file(remote.id)
            if found is None:
                raise ProviderError(f"{provider.name} has {one.file.name} no longer", hint="upload it again")
            remote = found
        if remote.problem:
            raise ProviderError(f"{provider.name} does not take {one.file.name}: {remote.problem}")


def path_in(root: Path, path: Path) -> str:
    """A path as the ledger has it: below the project, relative to it."""
    full = Path(os.path.abspath(path))
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else str(full)
