"""How fast a server is asked: so many requests a minute, and not at all while it asks to be left alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """Shared by all who ask one server. `per_minute` is None for no limit of one's own."""

    def __init__(
        self,
        per_minute: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = self._held = float("-inf")

    def wait(self) -> None:
        """Return when the next request may be made."""
        while True:
            with self._lock:
                now = self._clock()
                at = max(self._next, self._held)
                if at <= now:
                    self._next = now + self._gap
                    return
            self._sleep(at - now)

    def hold(self, seconds: float) -> None:
        """Wait so long, and have all others wait."""
        with self._lock:
            self._held = max(self._held, self._clock() + seconds)
        self._sleep(seconds)
