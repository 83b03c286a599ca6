"""How far long work has come: a bar on a terminal, nothing in a pipe, and nothing for what is done in a second."""

from __future__ import annotations

import time
from typing import Any, TextIO

PATIENCE = 1.0
"""Seconds before a bar is shown."""


class ProgressBar:
    """Called with the share that is done, 0 to 1. The bar is taken away at 1."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._start = time.monotonic()
        self._bar: Any = None

    def __call__(self, share: float) -> None:
        if not self._stream.isatty() or (self._bar is None and time.monotonic() - self._start < PATIENCE):
            return
        if self._bar is None and share < 1:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(file=self._stream), transient=True)
            self._bar.add_task(self._name, total=1.0)
            self._bar.start()
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=share)
            if share >= 1:
                self._bar.stop()
