"""A provider's error answers as errors of ours: what they mean, what to do, and whether to try again."""

from __future__ import annotations

from collections.abc import Mapping

from palms_spec.errors import ProviderError
from palms_spec.providers.answers import reason_of
from palms_spec.providers.retries import wait_asked
from palms_spec.providers.secrets import Secret

PASSING = frozenset((408, 425, 429))
EMPTY_PURSE = frozenset(("insufficient_quota", "billing_hard_limit_reached", "billing_not_active"))
"""Answered with 429 by some, and not over after a while."""
SHUT_OUT = "training_not_available"


def refusal(
    whose: str, about: str, *, status: int, headers: Mapping[str, str], body: bytes, secret: Secret, key_name: str
) -> ProviderError:
    """The error for an answer that is none of success. `key_name` is the variable that the key comes from."""
    message, code = reason_of(body)
    message, code = secret.hide_in(message), secret.hide_in(code)
    if status == 401:
        # Whoever refuses a key likes to quote it; what is quoted is left out.
        return ProviderError(
            f"{whose} does not accept the key in {key_name} (401)",
            hint="is it the right one, and for this address?",
            status=status,
            code=code,
        )
    passing = (status in PASSING or status >= 500) and code not in EMPTY_PURSE
    if (said := headers.get("x-should-retry")) in ("true", "false"):
        passing = said == "true"
    word = f" {code}" if code and code not in message else ""
    because = f": {message}" if message else ""
    return ProviderError(
        f"{whose} answers {about} with {status}{word}{because}",
        hint=_hint(status, code, key_name),
        status=status,
        code=code,
        passing=passing,
        undone=status < 500,
        wait=wait_asked(headers) if passing else None,
    )


def _hint(status: int, code: str, key_name: str) -> str:
    if code in EMPTY_PURSE or status == 402:
        return "the account has no credit left, or has reached its limit"
    if status == 403:
        return f"may the key in {key_name} do this?"
    if status == 429 or status >= 500:
        return "call the same command again later: what is done by now is not done twice"
    return ""


def unreachable(whose: str, about: str, why: str, *, undone: bool) -> ProviderError:
    """The error for no answer at all."""
    return ProviderError(
        f"{whose} gives no answer to {about}: {why}",
        hint="call the same command again: what is done by now is not done twice",
        passing=True,
        undone=undone,
    )
