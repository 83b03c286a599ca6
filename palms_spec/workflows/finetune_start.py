"""Start a job, once: whatever ends the process, the next call goes on where it stood."""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from palms_spec.errors import ProviderError
from palms_spec.providers.lost_answers import only_job
from palms_spec.providers.provider import Cost, Job, JobRequest, Provider, Settings
from palms_spec.training.finetuning import Uploaded
from palms_spec.training.ledger import JobEntry, Ledger, Price, change_ledger, read_ledger
from palms_spec.workflows.finetune_files import Prepared
from palms_spec.workflows.finetune_providers import Connection
from palms_spec.workflows.finetune_upload import Sleep, Tell, path_in, place_in

SETTLED = timedelta(seconds=15)
"""After so long a job that was asked for is among the provider's jobs, if it ever will be."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A job that somebody wants."""

    connection: Connection
    prepared: Prepared
    model: str
    settings: Settings
    root: Path


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier call did of the same: a job that stands for it (`job`), or a request without an answer (`entry`
    alone); neither, if there was none or it came to nothing."""

    entry: JobEntry | None = None
    job: Job | None = None


def request_of(
    wanted: Wanted, uploaded: dict[str, Uploaded], entry: JobEntry | None, known: frozenset[str]
) -> JobRequest:
    """The request for a job, with the token of an earlier one without an answer. Without files it can be checked, and
    no more."""
    return JobRequest(
        token=entry.token if entry is not None else secrets.token_hex(12),
        model=wanted.model,
        method="dpo" if wanted.prepared.manifest.method == "dpo" else "sft",
        training=uploaded["train"].remote.id if uploaded else "",
        validation=uploaded["validation"].remote.id if "validation" in uploaded else _unsent(wanted, uploaded),
        settings=wanted.settings,
        asked=datetime.now(UTC).replace(microsecond=0),
        known=known,
    )


def _unsent(wanted: Wanted, uploaded: dict[str, Uploaded]) -> str | None:
    return "" if not uploaded and "validation" in wanted.prepared.files else None


def looked_up(wanted: Wanted, provider: Provider, tell: Tell, sleep: Sleep = time.sleep) -> Before:
    """What became of the same job, asked for by an earlier call. One that failed or was cancelled does not count."""
    ledger = read_ledger(wanted.root)
    entry = _same(ledger, wanted, provider)
    if entry is None:
        return Before()
    if entry.id:
        standing = _standing(provider, entry.id)
        if standing is None or standing.state in ("failed", "cancelled"):
            return Before()
        note_job(wanted.root, entry.token, standing)
        return Before(entry, standing)
    request = JobRequest(
        token=entry.token,
        model=entry.model,
        method=entry.method,
        training=entry.training,
        validation=entry.validation,
        settings=wanted.settings,
        asked=entry.asked,
        known=ledger.known(entry.provider, entry.place),
    )
    job = only_job(provider.find_job(request), provider.name)
    left = (entry.asked + SETTLED - datetime.now(UTC)).total_seconds()
    if job is None and left > 0:
        tell(
            f"an earlier call asked for this job {SETTLED.seconds - left:.0f} s ago; waiting {left:.0f} s to look again"
        )
        sleep(left)
        job = only_job(provider.find_job(request), provider.name)
    if job is not None:
        note_job(wanted.root, entry.token, job)
    return Before(entry, job)


def _standing(provider: Provider, job_id: str) -> Job | None:
    """A job, if the provider has it still."""
    try:
        return provider.job(job_id)
    except ProviderError as error:
        if error.status == 404:
            return None
        raise


def _same(ledger: Ledger, wanted: Wanted, provider: Provider) -> JobEntry | None:
    """The last entry for the same model, files and settings at the same place."""
    want = _identity(wanted) | {"provider": provider.name, "place": place_in(wanted.root, provider)}
    return next(
        (entry for entry in reversed(ledger.jobs) if {name: getattr(entry, name) for name in want} == want), None
    )


def _identity(wanted: Wanted) -> dict[str, object]:
    validation = wanted.prepared.files.get("validation")
    return {
        "model": wanted.model,
        "method": wanted.prepared.manifest.method,
        "training_sha256": wanted.prepared.files["train"].sha256,
        "validation_sha256": validation.sha256 if validation is not None else None,
        "settings": settings_value(wanted.settings),
    }


def settings_value(settings: Settings) -> dict[str, object]:
    """Settings as the ledger has them: those that are set."""
    value = {name: one for name, one in asdict(settings).items() if name != "extra" and one not in (None, "")}
    return {**value, **settings.extra}


def start_job(wanted: Wanted, provider: Provider, request: JobRequest, cost: Cost | None) -> Job:
    """Start a job, and note it. The ledger has the request before the provider has it."""
    entry = JobEntry.model_validate(
        {
            **_identity(wanted),
            "provider": provider.name,
            "place": place_in(wanted.root, provider),
            "base_url": wanted.connection.base_url,
            "key_variable": wanted.connection.key_variable,
            "token": request.token,
            "asked": request.asked,
            "dataset": wanted.prepared.manifest.dataset,
            "folder": path_in(wanted.root, wanted.prepared.manifest.folder),
            "verified": not wanted.prepared.verified.differences,
            "training": request.training,
            "validation": request.validation,
            "cost": Price(dollars=cost.dollars, by=cost.by) if cost is not None else None,
        }
    )
    change_ledger(wanted.root, lambda ledger: _ask(ledger, entry))
    try:
        job = provider.start(request)
    except ProviderError as error:
        if error.undone:
            change_ledger(wanted.root, lambda ledger: _forget(ledger, entry.token))
            raise
        raise ProviderError(
            f"{error.message}; it is not certain whether there is a job now",
            hint="call the same command again: it looks for the job before it asks for one",
            status=error.status,
            code=error.code,
            undone=False,
        ) from None
    note_job(wanted.root, request.token, job)
    return job


def _ask(ledger: Ledger, entry: JobEntry) -> None:
    _forget(ledger, entry.token)
    ledger.jobs.append(entry)


def _forget(ledger: Ledger, token: str) -> None:
    ledger.jobs = [one for one in ledger.jobs if one.token != token]


def note_job(root: Path, token: str, job: Job) -> None:
    """Note how a job stands, in the entry of its request. A job that goes on for another request has one entry."""

    def change(ledger: Ledger) -> None:
        entry = ledger.requested(token)
        if entry is None:
            return
        ledger.jobs = [one for one in ledger.jobs if one is entry or one.id != job.id or one.place != entry.place]
        entry.take(job, datetime.now(UTC).replace(microsecond=0))

    change_ledger(root, change)
