"""The settings that count for what a user asks."""

from __future__ import annotations

from palms_spec.engine.effective import Effective, Explained, Option, effective, explained
from palms_spec.workflows.asked import Asked


def effective_settings(asked: Asked) -> Effective:
    """All settings, and where each comes from. Raises ConfigurationError."""
    return effective(asked.settings(), asked.pairs, _options(asked))


def explained_key(asked: Asked, name: str) -> Explained:
    """What a key of palms.toml is for, and what it is set to. Raises UsageError for what is no key."""
    return explained(name, asked.settings(), effective_settings(asked))


def _options(asked: Asked) -> dict[str, Option]:
    options = {
        "lint.select": (list(asked.select), "--select"),
        "lint.extend-select": (list(asked.extend_select), "--extend-select"),
        "lint.ignore": (list(asked.ignore), "--ignore"),
        "lint.fail-on": (asked.fail_on, "--fail-on"),
        "lint.baseline": (asked.baseline and str(asked.baseline), "--baseline"),
    }
    return {key: option for key, option in options.items() if option[0]}
