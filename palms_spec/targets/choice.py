"""The targets that a dataset names, as plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.documents.dataset import TargetChoice
from palms_spec.errors import UsageError
from palms_spec.targets.plan import Plan, plan_for
from palms_spec.targets.registry import TARGETS, profile

Named = TargetChoice | str
"""A target as a dataset names it: by its name alone, or with what is chosen there."""


def choice_of(named: Named) -> TargetChoice:
    """What is chosen, where only the name is given too."""
    return named if isinstance(named, TargetChoice) else TargetChoice(target=named)


def plan_of(named: Named) -> Plan:
    """The plan for a target of a dataset. Raises UsageError for what there is not."""
    choice = choice_of(named)
    return plan_for(
        choice.target, method=choice.method, shape=choice.shape, model=choice.model, max_tokens=choice.max_tokens
    )


def known_plans(targets: Iterable[Named]) -> Iterator[tuple[int, Plan]]:
    """The plans for those targets of a dataset that there are, with the number of each."""
    for number, named in enumerate(targets):
        try:
            yield number, plan_of(named)
        except UsageError:
            continue


def pointer_to(named: Named, number: int) -> str:
    """Where a dataset names a target."""
    return f"/targets/{number}" + ("/target" if isinstance(named, TargetChoice) else "")


def pointer_to_unknown(named: Named, number: int) -> str:
    """Where it names what there is not."""
    if not isinstance(named, TargetChoice) or named.target not in TARGETS:
        return pointer_to(named, number)
    is_method = named.method is not None and named.method not in profile(named.target).methods
    return f"/targets/{number}/{'method' if is_method else 'shape'}"
