"""What the runner of GitHub Actions makes of the log of a step, as its source has it.

A line is a command if it begins with `::name` (blanks before it do not matter), or if `##[name` stands anywhere in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

NAMES = {
    "error",
    "warning",
    "notice",
    "debug",
    "group",
    "endgroup",
    "add-mask",
    "stop-commands",
    "set-output",
    "set-env",
}
NAMES |= {"add-path", "echo", "save-state", "add-matcher", "remove-matcher", "task.complete", "token", "x"}


@dataclass(frozen=True)
class Command:
    """A command that the runner carries out."""

    name: str
    properties: dict[str, str] = field(default_factory=dict)
    message: str = ""


def commands_in(log: str) -> Iterator[Command]:
    """The commands in a log."""
    for line in log.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        command = _new(line) or _old(line)
        if command is not None:
            yield command


def _new(line: str) -> Command | None:
    line = line.lstrip()
    if not line.startswith("::"):
        return None
    head, separator, message = line[2:].partition("::")
    name, _, properties = head.partition(" ")
    if not separator or name.lower() not in NAMES:
        return None
    return Command(name, dict(_properties(properties)), _data(message))


def _old(line: str) -> Command | None:
    for prefix in ("##[", "##vso[", "##teamcity["):
        _, found, rest = line.partition(prefix)
        head, separator, message = rest.partition("]")
        if found and separator:
            return Command(head.split(" ")[0], {}, message)
    return None


def _properties(text: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, text.split(",")):
        key, equals, value = part.strip().partition("=")
        if equals:
            yield key, _data(value.replace("%3A", ":").replace("%2C", ","))


def _data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
