"""What a provider answers, read with care: it may be anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from palms_spec.errors import ProviderError

MOST_WORDS = 600
"""Characters of somebody else's error message; what is more is cut, and marked as cut."""


class Answer(Mapping[str, Any]):
    """A JSON object. `whose` is the provider's name, `about` what was asked for; both go into what is raised."""

    def __init__(self, value: Any, whose: str, about: str) -> None:
        if not isinstance(value, dict):
            raise malformed(whose, about, "no JSON object")
        self._value: dict[str, Any] = value
        self.whose = whose
        self.about = about

    def __getitem__(self, key: str) -> Any:
        return self._value[key]

    def __iter__(self) -> Any:
        return iter(self._value)

    def __len__(self) -> int:
        return len(self._value)

    def required(self, key: str) -> str:
        """A text that has to be there. Raises ProviderError."""
        text = self.text(key)
        if not text:
            raise malformed(self.whose, self.about, f"no {key}")
        return text

    def text(self, key: str) -> str:
        """A text, "" if there is none."""
        value = self._value.get(key)
        return value if isinstance(value, str) else ""

    def whole(self, key: str) -> int | None:
        """A whole number, also one that is written as text."""
        value = self._value.get(key)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            return int(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def object(self, key: str) -> Answer:
        """An object, an empty one if there is none."""
        value = self._value.get(key)
        return Answer(value if isinstance(value, dict) else {}, self.whose, self.about)

    def objects(self, key: str) -> list[Answer]:
        """The objects of a list that has to be there. Raises ProviderError for what is no list of objects."""
        value = self._value.get(key)
        if not isinstance(value, list):
            raise malformed(self.whose, self.about, f"no list {key}")
        return [Answer(one, self.whose, self.about) for one in value]

    def moment(self, key: str) -> datetime | None:
        """A moment, from seconds since 1970 or from ISO 8601."""
        return moment_of(self._value.get(key))


def answer_of(body: bytes, whose: str, about: str) -> Answer:
    """The object in the body of an answer. Raises ProviderError where there is none."""
    try:
        return Answer(json.loads(body), whose, about)
    except (ValueError, RecursionError):
        raise malformed(whose, about, "no JSON") from None


def malformed(whose: str, about: str, found: str) -> ProviderError:
    """An answer that says all is well and cannot be read: whatever was asked for may have been done."""
    return ProviderError(f"{whose} answers {about} with something else: {found}", passing=True, undone=False)


def moment_of(value: Any) -> datetime | None:
    """A moment, from seconds since 1970 or from ISO 8601; without a zone it is in UTC. None for anything else."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def metrics_of(value: Any, names: Mapping[str, str]) -> dict[str, float]:
    """The finite numbers of an object, under our names where `names` has one for theirs."""
    if not isinstance(value, Mapping):
        return {}
    return {
        names.get(name, name): float(number)
        for name, number in value.items()
        if isinstance(number, int | float) and not isinstance(number, bool) and _is_finite(number)
    }


def _is_finite(number: float) -> bool:
    try:
        return isfinite(number)
    except OverflowError:
        return False


def reason_of(body: bytes) -> tuple[str, str]:
    """Why a provider refuses, and its word for it, from the body of an error: `{"error": {"message", "code"}}`, also
    with texts in place of objects, and `{"message", "code"}`. Both are "" for what is no such thing, as a proxy's
    page."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return "", ""
    found: Any = value.get("error", value) if isinstance(value, dict) else value
    if isinstance(found, str):
        return shortened(found), ""
    if not isinstance(found, dict):
        return "", ""
    message = next((found[key] for key in ("message", "detail") if isinstance(found.get(key), str)), "")
    word = next((found[key] for key in ("code", "type", "status") if isinstance(found.get(key), str)), "")
    return shortened(message), word


def shortened(text: str) -> str:
    """Somebody else's words on one line, not too many of them."""
    words = " ".join(text.split())
    return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}… (cut)"
