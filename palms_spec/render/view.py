"""What is the same for all formats for people: where paths are shown from, how much is shown, and how a run closes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from palms_spec.engine.outcome import Outcome
from palms_spec.findings import SEVERITIES, Finding
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output

MOST_FINDINGS = 200


@dataclass(frozen=True, slots=True)
class View:
    """`root` is the folder that the findings' paths are relative to. At most `limit` findings are shown, None is all;
    `closing` says whether the run is summed up below them. `stand_ins` were read in place of the files they are named
    by."""

    root: Path
    limit: int | None = MOST_FINDINGS
    closing: bool = True
    stand_ins: Mapping[str, str] = field(default_factory=dict)

    def namer(self) -> Callable[[str], str]:
        """What turns paths of findings into paths from the current folder, which can be opened from there."""
        named = self.paths_from(os.getcwd())
        return lambda path: visible(named(path))

    def paths_from(self, folder: str) -> Callable[[str], str]:
        """What turns paths of findings into paths from a folder, as they are."""
        here, root = os.path.realpath(folder), os.path.realpath(self.root)
        if here == root:
            return lambda path: path
        return lambda path: os.path.relpath(os.path.join(root, path), here).replace(os.sep, "/")


def checkout_folder(environment: Mapping[str, str] = os.environ) -> str:
    """The folder that a repository is checked out to, where a CI names it; else the current one."""
    return environment.get("GITHUB_WORKSPACE") or environment.get("CI_PROJECT_DIR") or os.getcwd()


def shown_findings(outcome: Outcome, limit: int | None) -> Iterator[Finding]:
    """The findings to show, in order of report. Where they are too many, errors are not crowded out by lesser ones."""
    if limit is None or outcome.tally.total <= limit:
        yield from outcome.stream()
        return
    room: dict[str, int] = {}
    for severity in reversed(SEVERITIES):
        room[severity] = min(outcome.tally.severities[severity], limit - sum(room.values()))
    for finding in outcome.stream():
        if room[finding.severity]:
            room[finding.severity] -= 1
            yield finding
            if not any(room.values()):
                return


def hidden_count(outcome: Outcome, limit: int | None) -> int:
    """How many findings are not shown."""
    return 0 if limit is None else max(0, outcome.tally.total - limit)


def write_hidden(outcome: Outcome, out: Output, view: View) -> None:
    """Say how many findings are not shown."""
    if hidden := hidden_count(outcome, view.limit):
        out.line((f"… and {hidden:,} more, shown with --all", "strong"))
