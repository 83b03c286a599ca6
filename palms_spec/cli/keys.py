"""What somebody answers: single keys at a terminal, lines from a pipe."""

from __future__ import annotations

import os
import select
import sys
from dataclasses import dataclass
from typing import Protocol, TextIO

END = "\x04"
ESCAPE = b"\x1b"
FIRST_BYTES = (0xC0, 0xE0, 0xF0)
"""From which first byte on a character has one byte more in UTF-8, two, and three."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A key, in small letters, and the words that came with it, if they did."""

    key: str
    words: str | None = None


class Answers(Protocol):
    """Where answers come from."""

    def next(self, asked: str) -> Answer | None:
        """The next one; None where there will be no more. Whoever is looking is shown what is asked."""
        ...

    def words(self, asked: str) -> str | None:
        """A line of words, which may be empty; None where there will be no more."""
        ...


class PipedAnswers:
    """A line each: the key, and behind it the words."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def next(self, asked: str) -> Answer | None:
        """The next line that is not blank."""
        for line in iter(self._stream.readline, ""):
            if text := line.strip():
                return Answer(text[0].lower(), text[1:].strip())
        return None

    def words(self, asked: str) -> str | None:
        """There are none besides those in the line."""
        return ""


class TypedAnswers:
    """Keys as they are pressed, and words up to the line's end."""

    def next(self, asked: str) -> Answer | None:
        """The next key, which is shown. Raises KeyboardInterrupt."""
        sys.stdout.write(asked)
        sys.stdout.flush()
        key = _pressed().lower()
        sys.stdout.write((key if key.isprintable() else "") + "\n")
        return Answer(key) if key != END else None

    def words(self, asked: str) -> str | None:
        """What is typed, with the keys for editing a line."""
        try:
            import readline  # noqa: F401 - it lends `input` its keys
        except ImportError:  # Windows
            pass
        try:
            return input(asked).strip()
        except EOFError:
            return None


def _pressed() -> str:
    """The next key, `END` at the end of the input. What was pressed before is not lost. What a key sends besides one
    character, as arrows do, is passed over."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        import typer

        return typer.getchar()[:1]
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSANOW)
        data = os.read(descriptor, 1) or END.encode()
        for _ in range(sum(data[0] >= first for first in FIRST_BYTES)):
            data += os.read(descriptor, 1)
        while data == ESCAPE and select.select([descriptor], [], [], 0.02)[0]:
            if not os.read(descriptor, 32):
                break
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
    return data.decode("utf-8", "replace")[:1]


def answers_from(stream: TextIO) -> Answers:
    """Where answers come from: a terminal, or what else is there."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")  # what is no UTF-8 has no place in a record
    if stream.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        return TypedAnswers()
    return PipedAnswers(stream)
