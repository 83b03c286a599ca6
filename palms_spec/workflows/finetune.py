"""Hand compiled files to a provider, and have it train on them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from palms_spec.errors import ProviderError, UsageError
from palms_spec.providers.provider import Provider
from palms_spec.targets.registry import profile
from palms_spec.targets.state import State, state_of
from palms_spec.training.finetuning import PlannedJob, Started, Uploaded
from palms_spec.training.ledger import read_ledger
from palms_spec.training.manifest_reading import read_manifest
from palms_spec.workflows.finetune_cost import quote
from palms_spec.workflows.finetune_files import Prepared
from palms_spec.workflows.finetune_providers import TARGETS, is_own
from palms_spec.workflows.finetune_refused import explained, is_shut_out
from palms_spec.workflows.finetune_start import Wanted, looked_up, request_of, settings_value, start_job
from palms_spec.workflows.finetune_upload import (
    Progress,
    Sleep,
    alone,
    hand_over,
    place_in,
    wait_until_ready,
)


def provider_for(folder: Path) -> str:
    """The provider that files are compiled for. Raises UsageError where it is none that palms talks to."""
    manifest = read_manifest(folder)
    found = next((name for name, target in TARGETS.items() if target == manifest.target), None)
    if found is None:
        raise UsageError(
            f"{folder} is compiled for {manifest.target}, to which palms does not talk",
            hint=profile(manifest.target).upload or f"one of {', '.join(TARGETS.values())} is talked to",
        )
    return found


def upload(
    prepared: Prepared, provider: Provider, root: Path, progress: Progress, sleep: Sleep = time.sleep
) -> dict[str, Uploaded]:
    """Have a provider hold files, by split, and come back once they can be used."""
    with alone(root):
        uploaded = hand_over(provider, prepared, root, progress)
    wait_until_ready(provider, uploaded, progress.tell, sleep)
    return uploaded


def start(
    wanted: Wanted,
    provider: Provider,
    progress: Progress,
    ask: Callable[[PlannedJob], bool],
    *,
    again: bool = False,
    price: float | None = None,
    today: date,
    sleep: Sleep = time.sleep,
) -> Started | None:
    """Start a job, after `ask` agreed to it; None if it did not.

    What an earlier call did is not done again: a job with the same model, files and settings that has not failed is the
    answer, unless it is to be trained `again`. `price` is in dollars per million tokens.
    """
    provider.check(request_of(wanted, {}, None, frozenset()))
    with alone(wanted.root):
        before = looked_up(wanted, provider, progress.tell, sleep)
        if before.job is not None and not again:
            answered = before.entry is not None and before.entry.id
            return Started(before.job, "there" if answered else "found")
        unanswered = before.entry if before.job is None else None
        uploaded = hand_over(provider, wanted.prepared, wanted.root, progress)
        wait_until_ready(provider, uploaded, progress.tell, sleep)
        known = read_ledger(wanted.root).known(provider.name, place_in(wanted.root, provider))
        request = request_of(wanted, uploaded, unanswered, known)
        plan = PlannedJob(
            provider=provider.name,
            place=provider.place,
            model=wanted.model,
            method=request.method,
            settings=settings_value(wanted.settings),
            files=list(uploaded.values()),
            estimated=wanted.prepared.manifest.tokens_estimated,
            quote=quote(provider, request, wanted.prepared, price, today),
            closing=_closing(wanted, today),
        )
        if not ask(plan):
            return None
        try:
            job = start_job(wanted, provider, request, plan.quote.cost)
            return Started(job, "there" if job.state == "succeeded" else "started")  # as who trains here answers
        except ProviderError as error:
            if not is_shut_out(error):
                raise
            dataset = wanted.prepared.manifest.dataset
            raise explained(error, provider.name, dataset, request.method, today) from None


def _closing(wanted: Wanted, today: date) -> State | None:
    """The state of a provider that is coming to its end; nothing is known of a server that only speaks as it does."""
    state = state_of(profile(TARGETS[wanted.connection.provider]), today)
    return state if state.summary and is_own(wanted.connection) else None
