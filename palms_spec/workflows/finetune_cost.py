"""What a job is going to cost, and who says so."""

from __future__ import annotations

from datetime import date

from palms_spec.errors import ProviderError
from palms_spec.providers.provider import Cost, JobRequest, Provider
from palms_spec.training.finetuning import Quote
from palms_spec.workflows.finetune_files import Prepared

MILLION = 1_000_000


def quote(provider: Provider, request: JobRequest, prepared: Prepared, price: float | None, today: date) -> Quote:
    """What a job costs: by the price that the user gives, in dollars per million tokens, or by the provider's own
    estimate. There is no table of prices: none could be stated with its day and its source."""
    if not provider.paid:
        return Quote()
    if price is not None:
        return Quote(_reckoned(request, prepared, price, today))
    try:
        cost = provider.estimate(request)
    except ProviderError as error:
        return Quote(unknown=error.message)
    if cost is None:
        return Quote(unknown=f"{provider.name} gives no estimate, and palms has no table of prices")
    return Quote(Cost(cost.dollars, f"{cost.by}, {today}", cost.note))


def _reckoned(request: JobRequest, prepared: Prepared, price: float, today: date) -> Cost:
    tokens, epochs = prepared.split("train").tokens, request.settings.epochs
    times = f" x {epochs} epochs" if epochs is not None and epochs != 1 else ""
    about = "about " if prepared.manifest.tokens_estimated else ""
    note = f"{about}{tokens:,} tokens{times}, without the marks of a chat template"
    if epochs is None:
        note += "; for one epoch, and how many there are is left to the provider"
    return Cost(tokens * (epochs or 1) * price / MILLION, f"the price that you gave, {today}", note)
