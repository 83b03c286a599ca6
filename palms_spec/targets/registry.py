"""The targets by name. Naming them all imports nothing; asking for one imports its file alone."""

from __future__ import annotations

from importlib import import_module

from palms_spec.errors import UsageError
from palms_spec.targets.profile import Profile

TARGETS = (
    "openai",
    "azure",
    "together",
    "fireworks",
    "tinker",
    "vertex",
    "bedrock-nova",
    "bedrock-llama",
    "bedrock-claude",
    "trl",
    "axolotl",
    "llama-factory",
    "unsloth",
    "mistral",
    "completions",
)


def profile(name: str) -> Profile:
    """The target of a name. Raises UsageError where there is none."""
    if name not in TARGETS:
        from palms_spec.documents.suggestion import did_you_mean

        hint = did_you_mean(name, TARGETS) or f"one of {', '.join(TARGETS)}"
        raise UsageError(f"there is no target {name}", hint=hint)
    found: Profile = import_module(f"palms_spec.targets.{name.replace('-', '_')}").PROFILE
    return found


def profiles() -> tuple[Profile, ...]:
    """All targets, hosted ones first."""
    return tuple(profile(name) for name in TARGETS)
