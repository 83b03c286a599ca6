"""Where a run's time goes, measured only where it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

LOOKING = "looking at samples (map)"
"""The phase that a run which is answered from earlier results does not have."""

RuleTimes = dict[str, tuple[int, float]]


@dataclass(slots=True)
class Timing:
    """Seconds by phase, in the order in which phases began; calls and seconds by rule. Rules that run in several
    processes at once can take more seconds than the run."""

    phases: dict[str, float] = field(default_factory=dict)
    rules: RuleTimes = field(default_factory=dict)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count the time of a block to a phase. Time of a phase within it counts to that one only."""
        inner = sum(self.phases.values()) - self.phases.setdefault(name, 0.0)
        start = perf_counter()
        try:
            yield
        finally:
            within = sum(self.phases.values()) - self.phases[name] - inner
            self.phases[name] += perf_counter() - start - within

    def timed(self, name: str, check: Callable[[Any], Iterable[Any]]) -> Callable[[Any], Iterator[Any]]:
        """A rule's generator whose time is counted, and not that of what is done with each problem."""

        def run(subject: Any) -> Iterator[Any]:
            spent, start = 0.0, perf_counter()
            try:
                for problem in check(subject):
                    spent += perf_counter() - start
                    yield problem
                    start = perf_counter()
            finally:
                self.add({name: (1, spent + perf_counter() - start)})

        return run

    def add(self, rules: RuleTimes) -> None:
        """Count calls and seconds of rules."""
        for name, (calls, seconds) in rules.items():
            had_calls, had_seconds = self.rules.get(name, (0, 0.0))
            self.rules[name] = had_calls + calls, had_seconds + seconds

    def taken_rules(self) -> RuleTimes:
        """The times of rules since the last time they were taken."""
        rules, self.rules = self.rules, {}
        return rules


def phase(timing: Timing | None, name: str) -> AbstractContextManager[None]:
    """A block whose time is measured, if that is asked for."""
    return nullcontext() if timing is None else timing.phase(name)
