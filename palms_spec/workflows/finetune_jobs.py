"""Jobs that were started: found again, listed, stopped, and what they leave behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from palms_spec.documents.discovery import find_root
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.errors import PalmsError, ProviderError, UsageError
from palms_spec.providers.lost_answers import only_job
from palms_spec.providers.provider import FINAL, Job, JobRequest, Provider, Settings
from palms_spec.providers.retries import Retries
from palms_spec.sources.atomic import write_atomically
from palms_spec.training.finetuning import Listed
from palms_spec.training.ledger import JobEntry, read_ledger
from palms_spec.workflows.finetune_providers import Connection, connect
from palms_spec.workflows.finetune_start import note_job
from palms_spec.workflows.finetune_upload import place_in

_SAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A job that is asked about: its id, whom to ask, and its entry if it was started from here."""

    id: str
    connection: Connection
    entry: JobEntry | None


def project_root() -> Path:
    """The project around the current folder, or that folder."""
    return find_root(Path.cwd()) or Path.cwd()


def named_job(root: Path, job_id: str | None, connection: Connection | None) -> Named:
    """A job by its id, or the last one that is not over, or the last one. Raises UsageError where none is meant."""
    jobs = read_ledger(root).jobs
    answered = [entry for entry in jobs if entry.id and (connection is None or entry.provider == connection.provider)]
    if job_id is None:
        last = next((one for one in reversed(answered) if one.state not in FINAL), None)
        entry = last or next(reversed(answered), None)
        if entry is None or entry.id is None:
            raise UsageError("no job was started from this project", hint="name one, with --provider")
        return Named(entry.id, _connection_of(entry), entry)
    entry = next((one for one in reversed(answered) if one.id == job_id), None)
    if entry is not None:
        return Named(job_id, connection or _connection_of(entry), entry)
    if not any(map(str.isalnum, job_id)):
        raise UsageError(f"{job_id!r} is no id of a job")
    if connection is None:
        near = did_you_mean(job_id, [one.id for one in answered if one.id])
        hint = near or "say whose it is with --provider; `palms finetune list` has those of this project"
        raise UsageError(f"no job {job_id} was started from this project", hint=hint)
    return Named(job_id, connection, None)


def check_place(root: Path, named: Named, provider: Provider) -> None:
    """Raise UsageError where a job was started elsewhere than where it would be asked about."""
    place = place_in(root, provider)
    if named.entry is not None and named.entry.place != place:
        raise UsageError(
            f"{named.id} was started at {named.entry.place}, and the options and the environment lead to {place}",
            hint="set them as they were then",
        )


def _connection_of(entry: JobEntry) -> Connection:
    return Connection(entry.provider, entry.base_url, entry.key_variable)


def listed(root: Path, retries: Retries) -> list[Listed]:
    """The jobs of a project, the newest first; those that were not over are asked about."""
    providers: dict[Connection, Provider | str] = {}
    return [_refreshed(root, entry, providers, retries) for entry in reversed(read_ledger(root).jobs)]


def _refreshed(root: Path, entry: JobEntry, providers: dict[Connection, Provider | str], retries: Retries) -> Listed:
    if entry.state in FINAL:
        return Listed(entry)
    connection = _connection_of(entry)
    if connection not in providers:
        providers[connection] = _connected(connection, root, retries)
    provider = providers[connection]
    if isinstance(provider, str):
        return Listed(entry, provider)
    try:
        job = (
            provider.job(entry.id)
            if entry.id
            else only_job(provider.find_job(_request_of(root, entry)), entry.provider)
        )
    except PalmsError as error:
        if isinstance(error, ProviderError) and error.passing:
            providers[connection] = error.message  # it is not asked about each of its jobs
        return Listed(entry, error.message)
    if job is None:
        return Listed(entry, "its request got no answer, and there is no such job")
    note_job(root, entry.token, job)
    return Listed(read_ledger(root).requested(entry.token) or entry)


def _connected(connection: Connection, root: Path, retries: Retries) -> Provider | str:
    try:
        return connect(connection, root, retries)
    except PalmsError as error:
        return error.message


def _request_of(root: Path, entry: JobEntry) -> JobRequest:
    return JobRequest(
        token=entry.token,
        model=entry.model,
        method=entry.method,
        training=entry.training,
        validation=entry.validation,
        settings=Settings(),
        asked=entry.asked,
        known=read_ledger(root).known(entry.provider, entry.place),
    )


def note_named(root: Path, named: Named, job: Job) -> None:
    """Note how a job stands, if it was started from this project."""
    if named.entry is not None:
        note_job(root, named.entry.token, job)


def cancelled(provider: Provider, job_id: str) -> tuple[Job, bool]:
    """Ask for a job to be stopped. The job, and whether there was anything left to stop."""
    job = provider.job(job_id)
    if job.final:
        return job, False
    try:
        return provider.cancel(job_id), True
    except ProviderError as error:
        # It may have ended just now, and a job that is over cannot be stopped.
        now = provider.job(job_id) if error.status in (400, 404, 409) else None
        if now is None or not now.final:
            raise
        return now, False


def save_results(provider: Provider, job: Job, folder: Path | None) -> Sequence[tuple[str, int]]:
    """Names and sizes of what a job leaves behind, written into a folder if one is given."""
    found: dict[str, int] = {}
    for one in provider.result_files(job):
        name = _SAFE.sub("-", Path(one.name.replace("\\", "/")).name).lstrip(".") or "file"
        while name in found:
            name = f"{len(found)}-{name}"
        found[name] = len(one.content)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(folder / name, one.content)
    return list(found.items())
