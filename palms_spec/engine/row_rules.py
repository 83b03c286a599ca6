"""The rules about rows for a target, made ready."""

from __future__ import annotations

from collections.abc import Iterator

from palms_spec.engine.dispatch import Call
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.running import Found, run_checks
from palms_spec.facts.row import RowFacts


class RowRules:
    """`own`: all of them came with palms, so that what they find nothing in is known (`Glance`)."""

    def __init__(self, rulebook: Rulebook) -> None:
        records = list(rulebook.of("row"))
        self.own = not any(record.origin for record in records)
        self._calls: list[tuple[str, Call]] = [(record.defect, (record, rulebook.check(record))) for record in records]

    def found(self, facts: RowFacts) -> Iterator[Found]:
        """What they find in a row. Those that report a defect are called only where reading met it."""
        met = {defect.kind for defect in facts.row.defects}
        return run_checks([call for defect, call in self._calls if not defect or defect in met], facts)
