"""What is to be written for one target: method, line shape and limits, settled before a sample is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from palms_spec.documents.suggestion import did_you_mean
from palms_spec.errors import UsageError
from palms_spec.targets.fact import Fact
from palms_spec.targets.profile import METHODS, Family, Limits, Method, Profile, Turns
from palms_spec.targets.registry import profile as profile_of

OWN_LIMIT = "max_tokens of the dataset"


@dataclass(frozen=True, slots=True)
class Plan:
    """A target with everything that its profile leaves open settled. `folder` is the name of what is written."""

    profile: Profile
    method: Method
    shape: str
    limits: Limits
    model: str | None = None
    family: Family | None = None
    max_tokens: int | None = None

    @property
    def folder(self) -> str:
        name = self.profile.name
        return name if self.method == "sft" else f"{name}-{self.method}"

    @property
    def turns(self) -> Turns:
        """The order in which the turns of a row have to come."""
        return self.profile.turns_of(self.method)

    @property
    def encoding(self) -> str:
        """The target's tokenizer, "" if it is not public or not known."""
        return (self.family.encoding if self.family else "") or self.profile.encoding


def plan_for(
    target: str,
    *,
    method: str | None = None,
    shape: str | None = None,
    model: str | None = None,
    max_tokens: int | None = None,
) -> Plan:
    """The plan for a target; its own defaults stand where nothing is given.

    Raises UsageError for a target, a method or a shape that does not exist there.
    """
    profile = profile_of(target)
    chosen = _method(profile, method or "sft")
    family = profile.family(model)
    shapes = profile.shapes(chosen)
    default = family.shape if family and family.shape in shapes else shapes[0]
    if shape is not None and shape not in shapes:
        hint = did_you_mean(shape, shapes) or f"it takes {', '.join(shapes)}"
        raise UsageError(f"{target} takes no lines of the shape {shape} for {chosen}", hint=hint)
    limits = profile.limits
    if family and family.row_tokens:
        limits = replace(limits, row_tokens=family.row_tokens)
    if max_tokens is not None:
        limits = replace(limits, row_tokens=Fact(max_tokens, "?", OWN_LIMIT), tokens_setting="")
    return Plan(profile, chosen, shape or default, limits, model, family, max_tokens)


def check_folders(plans: Iterable[Plan]) -> None:
    """Raise UsageError where two plans would be written to one place."""
    seen: set[str] = set()
    for plan in plans:
        if plan.folder in seen:
            raise UsageError(
                f"{plan.profile.name} is asked for twice", hint="compile them one at a time, each with its own --out"
            )
        seen.add(plan.folder)


def _method(profile: Profile, word: str) -> Method:
    for method in METHODS:
        if word == method and profile.shapes(method):
            return method
    if word in METHODS:
        raise UsageError(f"{profile.name} has no method {word} here", hint=f"it takes {', '.join(profile.methods)}")
    raise UsageError(f"there is no method {word}", hint=did_you_mean(word, METHODS) or f"one of {', '.join(METHODS)}")
