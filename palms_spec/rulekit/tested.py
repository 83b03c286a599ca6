"""What came of running a rule on its own examples."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleTest:
    """`origin` is what brought the rule. It passed if there are no failures; `reason` says why it was not run."""

    origin: str
    name: str
    examples: int = 0
    near_misses: int = 0
    failures: tuple[str, ...] = ()
    reason: str = ""
