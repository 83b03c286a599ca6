"""What looking at samples needs to know of a run."""

from __future__ import annotations

from dataclasses import dataclass

from palms_spec.documents.context import ANONYMOUS, SampleContext
from palms_spec.engine.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class MapPlan:
    """What a worker has to know. It is pickled once a worker. Ungated, every rule is called for every sample."""

    rulebook: Rulebook
    contexts: tuple[SampleContext, ...]
    gated: bool = True

    def context(self, number: int) -> SampleContext:
        """The context of a number; beyond the last dataset, that of anonymous files."""
        return self.contexts[number] if number < len(self.contexts) else ANONYMOUS
