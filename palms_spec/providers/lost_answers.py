"""A job was asked for, and the answer was lost: which of the provider's jobs is it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from palms_spec.errors import ProviderError
from palms_spec.providers.provider import Job

SKEW = timedelta(minutes=10)
"""So far a provider's clock may be off."""


def only_job(found: Sequence[Job], whose: str) -> Job | None:
    """The job, if there is one that it can be. Raises ProviderError where there are several: to start one more would
    be as wrong as to take any."""
    if len(found) > 1:
        names = ", ".join(job.id for job in found[:5])
        raise ProviderError(
            f"the answer of {whose} was lost, and more than one of its jobs can be the one that was asked for: {names}",
            hint="look at them there, cancel what is too much, then name the right one: palms finetune watch JOB",
            undone=False,
        )
    return found[0] if found else None
