"""What there is to say of a checked file besides its findings: the copy that was corrected, and the target's days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

from palms_spec.render.cells import wrapped
from palms_spec.render.closing import counted
from palms_spec.render.escaping import visible
from palms_spec.render.target_table import following
from palms_spec.render.terminal import Output
from palms_spec.targets.profile import Profile
from palms_spec.targets.state import state_of

Need = Literal["necessary", "advisable"]
NEEDS: tuple[Need, ...] = ("necessary", "advisable")


class Corrected(Protocol):
    """A corrected copy and the list of its changes, which are counted by rule."""

    @property
    def copy(self) -> Path: ...

    @property
    def changes(self) -> Path: ...

    def by_rule(self, *, made: bool, need: Need | None = None) -> Counter[str]: ...


def write_corrected(corrected: Corrected, out: Output) -> None:
    """Say what was written, which changes were made, and which were not."""
    if corrected.by_rule(made=True):
        copy, changes = visible(str(corrected.copy)), visible(corrected.changes.name)
        _write(f"{copy} is written; every change is in {changes}.", out)
        for need in NEEDS:
            if counts := corrected.by_rule(made=True, need=need):
                _write(f"{counted(counts.total(), f'{need} change')}: {_rules(counts)}", out)
    else:
        _write("Nothing that is necessary can be corrected, so no copy was written.", out)
    if left := corrected.by_rule(made=False, need="advisable"):
        _write(f"{counted(left.total(), 'advisable change')} not made: {_rules(left)}; --advisable makes them", out)


def write_state(profile: Profile, today: date, out: Output) -> None:
    """Say that a target is closing, if it is."""
    state = state_of(profile, today)
    if state.summary:
        _write(f"{profile.name} is {state.word}: {state.summary}{following(state)}.", out)


def _write(text: str, out: Output) -> None:
    first, *rest = wrapped(text, out.terminal.width)
    out.line(first)
    for line in rest:
        out.line(f"  {line}")


def _rules(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{rule} {count:,}" for rule, count in sorted(counts.items()))
