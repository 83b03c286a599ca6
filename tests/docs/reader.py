"""Someone who does what a page says.

In order: a block that names its file (`tests.docs.pages.Block`) is written, and a block of `console` is typed: lines with
`$ ` are commands, the lines below are what they print, where `...` stands for anything, on a line of its own for any
lines.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from tests.cli.repositories import Repository
from tests.docs.pages import Block, blocks


def typed(block: Block) -> Iterator[tuple[str, str]]:
    """Commands of a block, each with what it should print."""
    for part in re.split(r"(?m)^\$ ", block.text)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def fits(printed: str, said: str) -> bool:
    """Whether what a page shows is what was said. Blanks at the ends of lines do not count."""
    shown, lines = printed.rstrip().split("\n") if printed.strip() else [], said.rstrip().split("\n") if said else []
    reachable = {0}
    for pattern in shown:
        if pattern.strip() == "...":
            reachable = set(range(min(reachable, default=len(lines) + 1), len(lines) + 1))
        else:
            wanted = re.compile(".*".join(map(re.escape, pattern.rstrip().split("..."))))
            reachable = {at + 1 for at in reachable if at < len(lines) and wanted.fullmatch(lines[at].rstrip())}
    return len(lines) in reachable


class Reader:
    """A `cd` and the exit code last until the next command."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.folder = str(repository.root)
        self.code = "0"

    def write(self, block: Block) -> None:
        """Write a file, or add to its end."""
        path = self.repository.root / self.folder / block.path
        path.parent.mkdir(parents=True, exist_ok=True)
        assert path.exists() or not block.is_end
        before = path.read_text("utf-8") if block.is_end else ""
        path.write_text(before + block.text, "utf-8")

    def type(self, command: str) -> str:
        """What a command prints."""
        state = self.repository.home / "state"
        wrapped = f"cd {shlex.quote(self.folder)}; (exit {self.code})\n{command}\nprintf '%s\\n' $? \"$PWD\" > {shlex.quote(str(state))}"
        said = self.repository.run("bash", "-c", wrapped).stdout
        self.code, self.folder = state.read_text("utf-8").splitlines()
        return said

    def follow(self, page: Path) -> int:
        """Do what a page says; how many commands were typed. Fails where a command prints something else."""
        commands = 0
        for block in blocks(page):
            if block.path:
                self.write(block)
            elif block.language == "console":
                for command, printed in typed(block):
                    said = self.type(command)
                    commands += 1
                    where = f"{page.name}:{block.line}: $ {command}"
                    assert fits(printed, said), f"{where}\n{said}"
        return commands
