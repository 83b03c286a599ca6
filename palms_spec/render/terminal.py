"""What the output may look like, decided once: colour and width.

Links are left to the terminal: those that know them make one of `path:line:column` and go to the line, which a
hyperlink to the file would not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TextIO

from palms_spec.render.escaping import without_commands

ColorChoice = Literal["auto", "always", "never"]
Style = Literal["plain", "error", "warning", "note", "strong", "faint", "good"]
Part = str | tuple[str, Style]

DEFAULT_WIDTH = 80
LEAST_WIDTH = 40
COMMANDING = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""What is set where a log is read for commands."""
STYLES: dict[Style, str] = {
    "plain": "",
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "strong": "bold",
    "faint": "dim",
    "good": "green",
}


@dataclass(frozen=True, slots=True)
class Terminal:
    """`width` in cells. `interactive`: someone is looking, and it is no file or pipe. `obeyed`: it is the log of a CI
    job, whose runner carries out what looks like a command."""

    width: int = DEFAULT_WIDTH
    color: bool = False
    interactive: bool = False
    obeyed: bool = False


def terminal_for(stream: TextIO, color: ColorChoice = "auto", environment: Mapping[str, str] = os.environ) -> Terminal:
    """What a stream may be given.

    For colour, `--color` counts most, then NO_COLOR, then FORCE_COLOR, then whether the stream is a terminal.
    """
    interactive = stream.isatty()
    if color != "auto":
        colored = color == "always"
    elif environment.get("NO_COLOR"):
        colored = False
    elif forced := environment.get("FORCE_COLOR"):
        colored = forced != "0"
    else:
        colored = interactive and environment.get("TERM") != "dumb"
    obeyed = any(environment.get(name) for name in COMMANDING)
    return Terminal(max(_width(stream, interactive, environment), LEAST_WIDTH), colored, interactive, obeyed)


def _width(stream: TextIO, interactive: bool, environment: Mapping[str, str]) -> int:
    columns = environment.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    if interactive:
        try:
            return os.get_terminal_size(stream.fileno()).columns or DEFAULT_WIDTH
        except (OSError, ValueError):
            pass
    return DEFAULT_WIDTH


class Output:
    """Lines on a stream, with styles where it takes them. Text is given as it is to be seen (`escaping.visible`)."""

    def __init__(self, stream: TextIO, terminal: Terminal) -> None:
        self.stream = stream
        self.terminal = terminal
        self._style = _styling() if terminal.color else _unstyled

    def line(self, *parts: Part) -> None:
        """Write a line. No part of it is parsed for markup."""
        written = "".join(part if isinstance(part, str) else self._style(*part) for part in parts)
        self.stream.write((without_commands(written) if self.terminal.obeyed else written) + "\n")


def _unstyled(text: str, style: Style) -> str:
    return text


def _styling() -> Callable[[str, Style], str]:
    from rich.color import ColorSystem
    from rich.style import Style as RichStyle

    styles = {name: RichStyle.parse(definition) for name, definition in STYLES.items()}
    return lambda text, style: styles[style].render(text, color_system=ColorSystem.STANDARD)
