"""A provider that takes no more jobs: what that means, and where else the same samples can go."""

from __future__ import annotations

from datetime import date

from palms_spec.errors import ProviderError
from palms_spec.providers.refusals import SHUT_OUT
from palms_spec.targets.profile import Method
from palms_spec.targets.registry import profile, profiles
from palms_spec.targets.state import state_of
from palms_spec.workflows.finetune_providers import PROVIDERS, TARGETS


def is_shut_out(error: ProviderError) -> bool:
    """Whether a provider refused the start of a job because it starts none for this account any more."""
    return error.status == 403 and error.code == SHUT_OUT


def explained(error: ProviderError, provider: str, dataset: str, method: Method, today: date) -> ProviderError:
    """The refusal in plain words, with the targets that still train."""
    closing = state_of(profile(TARGETS[provider]), today).summary
    alive = living(method, today, without=provider)
    ours = [name for name in alive if name in PROVIDERS]
    because = f"it is closing: {closing}. " if closing else ""
    first = f"palms compile {dataset} --target {ours[0]}" if ours else "palms targets"
    return ProviderError(
        f"{provider} starts no more jobs for this account (403 {SHUT_OUT}); no job was started, and the files that it "
        "took are of no use there",
        hint=f"{because}These still train: {', '.join(alive)}. `{first}` writes the same samples for one of them; "
        f"`palms finetune start` takes {', '.join((*ours, 'local'))}",
        status=error.status,
        code=error.code,
    )


def living(method: Method, today: date, without: str = "") -> list[str]:
    """The hosted targets that take jobs of a method, and neither have closed nor say that they will."""
    return [
        one.name
        for one in profiles()
        if state_of(one, today).word == "open" and method in one.methods and one.name != without
    ]
