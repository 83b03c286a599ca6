"""Fixes, made pass by pass on copies of the files until nothing is left to fix; only then are the files replaced.

Every pass lints anew, with the copies in place of the files, so that no fix is made on a text it was not made for. A
file is replaced whole and at once, and only if it still is what it was when the first pass began to read.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count, groupby
from pathlib import Path

from palms_spec.documents.discovery import ROW_SUFFIXES
from palms_spec.engine.inputs import Inputs
from palms_spec.engine.mending import Mended, mend
from palms_spec.engine.options import Options
from palms_spec.engine.outcome import Outcome
from palms_spec.engine.repairs import LeftAlone, Repairs
from palms_spec.engine.row_mending import mend_rows
from palms_spec.engine.run import run_lint
from palms_spec.engine.settings import Settings
from palms_spec.errors import UnreadableSource
from palms_spec.findings import Finding, Safety
from palms_spec.sources.files import is_gzip, read_bytes
from palms_spec.sources.unchanged import CHANGED, State, file_state, replace_unchanged

PASSES = 10
NAMED = 20
PACKED = "it is packed; unpack it to have it fixed"
ENDLESS = f"its fixes bring about others, even after {PASSES} passes"
NOT_HELD = "the file would not hold what the fix says"


@dataclass(slots=True)
class Fixing:
    """What fixing came to: `before`, the findings in the files as they are, and `after`, those that are left in the
    files as they would be; `copies`, by name, are these files."""

    before: Outcome
    after: Outcome
    copies: dict[str, Path]
    repairs: Repairs
    _counts: Mapping[str, Counter[str]]
    _states: Mapping[str, State]

    def write(self, root: Path) -> Repairs:
        """Replace the files by their copies; what came of it. Files that changed meanwhile are left alone."""
        left, written = [], []
        for name, copy in self.copies.items():
            reason = replace_unchanged(root / name, copy, self._states[name])
            if reason:
                left.append(LeftAlone(name, reason))
            else:
                written.append(name)
        fixed = sum((self._counts[name] for name in written), Counter[str]())
        self.repairs = replace(
            self.repairs,
            fixed=dict(fixed),
            files=tuple(written),
            left_alone=(*self.repairs.left_alone, *left),
        )
        return self.repairs


@contextmanager
def fixing(inputs: Inputs, settings: Settings, options: Options, *, unsafe: bool) -> Iterator[Fixing]:
    """Lint, and fix what can be fixed, on copies; with `unsafe` also what might change a meaning. The copies live as
    long as the block."""
    states = {name: file_state(inputs.root / name) for name in inputs.names}
    with tempfile.TemporaryDirectory(prefix="palms-fix-") as folder:
        workshop = _Workshop(inputs, states, Path(folder), ("safe", "unsafe") if unsafe else ("safe",))
        before = after = run_lint(inputs, settings, options)
        for _ in range(PASSES):
            if not workshop.work(after):
                break
            after = run_lint(workshop.inputs, settings, replace(options, progress=None))
        else:
            workshop.give_up(after)
        yield Fixing(before, after, workshop.copies, workshop.repairs(), workshop.counts, states)


@dataclass(slots=True)
class _Done:
    """Fixes counted by rule; those that were dropped are named while they are few."""

    fixed: Counter[str] = field(default_factory=Counter)
    dropped: list[LeftAlone] = field(default_factory=list)
    more: int = 0

    def over(self, results: Iterable[Mended]) -> _Done:
        """This, with what became of some texts."""
        for mended in results:
            self.fixed.update(finding.rule for finding in mended.fixed)
            for finding in mended.dropped:
                self._drop(LeftAlone(finding.path, NOT_HELD, finding.place.span.line, finding.rule))
        return self

    def add(self, other: _Done) -> None:
        """Take over what is counted elsewhere."""
        self.fixed.update(other.fixed)
        for dropped in other.dropped:
            self._drop(dropped)
        self.more += other.more

    def _drop(self, dropped: LeftAlone) -> None:
        if len(self.dropped) < NAMED:
            self.dropped.append(dropped)
        else:
            self.more += 1


class _Workshop:
    """The copies, and what was done to them."""

    def __init__(self, inputs: Inputs, states: dict[str, State], folder: Path, safeties: tuple[Safety, ...]) -> None:
        self.inputs = inputs
        self.copies: dict[str, Path] = {}
        self.counts: dict[str, Counter[str]] = {}
        self._states = states
        self._folder = folder
        self._safeties = safeties
        self._numbers = count()
        self._done = _Done()
        self._left: dict[str, LeftAlone] = {}

    def work(self, outcome: Outcome) -> bool:
        """One pass over the findings; whether anything was fixed."""
        before = self._done.fixed.total()
        self._done.dropped, self._done.more = [], 0
        for name, findings in groupby(filter(self._is_wanted, outcome.stream()), key=lambda finding: finding.path):
            if name not in self._left:
                self._mend(name, findings)
        self.inputs = replace(self.inputs, stand_ins={name: str(copy) for name, copy in self.copies.items()})
        return self._done.fixed.total() > before

    def _is_wanted(self, finding: Finding) -> bool:
        fix = finding.fix
        if fix is None or not fix.edits or not self.inputs.shows(finding.path):
            return False
        if finding.path.endswith(".gz"):
            self._left[finding.path] = LeftAlone(finding.path, PACKED)
        return fix.safety in self._safeties

    def _mend(self, name: str, findings: Iterator[Finding]) -> None:
        """Make a copy of a file, or of its last copy, with the fixes of these findings."""
        source = self.copies.get(name) or self.inputs.root / name
        target = self._folder / str(next(self._numbers))
        try:
            if is_gzip(source):
                self._left[name] = LeftAlone(name, PACKED)
                return
            if name.endswith(ROW_SUFFIXES):
                done = _Done().over(mend_rows(source, target, findings))
            else:
                mended = mend(name, read_bytes(source), findings)
                done = _Done().over([mended])
                target.write_bytes(mended.data)
        except (OSError, UnreadableSource) as error:
            self._left[name] = LeftAlone(name, str(error))
            return
        if name not in self.copies and file_state(source) != self._states[name]:
            self._left[name] = LeftAlone(name, CHANGED)
            return
        self._done.add(done)
        if done.fixed:
            self.copies[name] = target
            self.counts.setdefault(name, Counter()).update(done.fixed)
            if source.parent == self._folder:
                source.unlink()
        else:
            target.unlink()

    def give_up(self, outcome: Outcome) -> None:
        """Say which files still have fixes that were asked for, after as many passes as there are."""
        for name in {finding.path for finding in filter(self._is_wanted, outcome.stream())}:
            self._left.setdefault(name, LeftAlone(name, ENDLESS))

    def repairs(self) -> Repairs:
        """What was done so far."""
        left = (*self._left.values(), *self._done.dropped)
        return Repairs(dict(self._done.fixed), tuple(self.copies), left, self._done.more)
