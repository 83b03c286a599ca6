"""When something is tried again, and after how long: back-off with a random share, and what the provider asks for."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import TypeVar

from palms_spec.errors import ProviderError

Result = TypeVar("Result")


def _nobody(message: str) -> None:
    """Hears what is told, and says nothing."""


@dataclass(frozen=True, slots=True)
class Retries:
    """`tries` in all. The wait doubles from `first` to `longest` seconds, less a random quarter; a wait that a provider
    asks for counts instead, unless it is above `patience`. `tell` hears why it takes so long."""

    tries: int = 6
    first: float = 0.5
    longest: float = 30.0
    patience: float = 300.0
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    tell: Callable[[str], None] = _nobody

    def call(self, attempt: Callable[[], Result], instead: Callable[[], Result | None] | None = None) -> Result:
        """What an attempt gives, at the latest at the last try. Raises its ProviderError.

        An attempt that must not be carried out twice comes with `instead`: where something may have come of the last
        attempt although it failed, that is asked for what came of it, and the attempt is made again only if it has
        nothing.
        """
        for number in range(1, self.tries):
            try:
                return attempt()
            except ProviderError as error:
                wait = self._wait(error, number)
                doubtful = not error.undone
            self.sleep(wait)
            if doubtful and instead is not None and (found := instead()) is not None:
                return found
        return attempt()

    def _wait(self, error: ProviderError, number: int) -> float:
        """Seconds until the next try; raises the error where there is to be none."""
        if not error.passing:
            raise error
        if error.wait is not None and error.wait > self.patience:
            raise ProviderError(
                f"{error.message}; it asks to wait {error.wait:,.0f} seconds",
                hint="call the same command again after that: what is done by now is not done twice",
                status=error.status,
                code=error.code,
                passing=True,
                undone=error.undone,
                wait=error.wait,
            )
        backoff = min(self.first * 2 ** (number - 1), self.longest) * (1 - self.chance() / 4)
        wait = backoff if error.wait is None else max(error.wait, 0.0)
        self.tell(f"{error.message}; trying again in {max(wait, 1):.0f} s")
        return wait


def wait_asked(headers: Mapping[str, str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float | None:
    """Seconds for which an answer asks to be left alone: `retry-after-ms`, or `retry-after` as seconds or as a date."""
    for name, divisor in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            seconds = float(headers[name]) / divisor
        except (KeyError, ValueError):
            continue
        if isfinite(seconds) and seconds >= 0:
            return seconds
    try:
        date = parsedate_to_datetime(headers["retry-after"])
    except (KeyError, ValueError, TypeError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max((date - now()).total_seconds(), 0.0)
