"""The installed command at a pseudo-terminal, answered as a person would."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.running import PALMS, clean_environment

PATIENCE = 30.0


class Person:
    """Somebody at a terminal. `seen` is all that was on it."""

    def __init__(self, descriptor: int, process: subprocess.Popen[bytes]) -> None:
        self._descriptor = descriptor
        self.process = process
        self.seen = ""
        self._read_to = 0

    def waits_for(self, text: str) -> str:
        """What appears up to a text that has to; it counts as read."""
        until = time.monotonic() + PATIENCE
        while (at := self.seen.find(text, self._read_to)) < 0:
            assert time.monotonic() < until, f"no {text!r} in {self.seen[self._read_to :]!r}"
            self._look(0.1)
        end = at + len(text)
        shown, self._read_to = self.seen[self._read_to : end], end
        return shown

    def types(self, keys: str) -> None:
        """Press keys."""
        os.write(self._descriptor, keys.encode())

    def leaves(self) -> int:
        """The exit code, once the command has ended."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < until, f"it goes on: {self.seen!r}"
            self._look(0.1)
        self._look(0.1)
        return self.process.returncode

    def _look(self, patience: float) -> None:
        while select.select([self._descriptor], [], [], patience)[0]:
            try:
                data = os.read(self._descriptor, 1 << 16)
            except OSError:  # the other end is closed
                return
            if not data:
                return
            self.seen += data.decode("utf-8", "replace").replace("\r\n", "\n")
            patience = 0


@contextmanager
def at_terminal(*arguments: str, cwd: Path, **environment: str) -> Iterator[Person]:
    """The command, with somebody at its terminal."""
    ours, theirs = pty.openpty()

    def take_terminal() -> None:  # so that its keys become signals
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        [PALMS, *arguments],
        cwd=cwd,
        env=clean_environment(**{"TERM": "xterm", "COLUMNS": "80", "NO_COLOR": "1", **environment}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=take_terminal,  # noqa: PLW1509 - no thread runs here
    )
    os.close(theirs)
    try:
        yield Person(ours, process)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(ours)


def on_terminal(
    *arguments: str, cwd: Path, columns: int = 80, types: tuple[tuple[str, str], ...] = (), **environment: str
) -> tuple[str, int]:
    """What the command writes, and its exit code. `types` are prompts, each with what is typed at it."""
    with at_terminal(*arguments, cwd=cwd, COLUMNS=str(columns), **environment) as person:
        for prompt, keys in types:
            person.waits_for(prompt)
            person.types(keys)
        code = person.leaves()
        return person.seen, code
