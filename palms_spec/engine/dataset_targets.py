"""The rules about targets as a whole, asked about the targets that a dataset names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from palms_spec.documents.document import Document
from palms_spec.engine.reporting import findings_in
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.running import run_checks
from palms_spec.facts.dataset import DatasetFacts
from palms_spec.facts.row_totals import RowTotals
from palms_spec.facts.target import TargetFacts
from palms_spec.findings import Finding
from palms_spec.targets.choice import known_plans, pointer_to


def target_findings(facts: DatasetFacts, document: Document, rulebook: Rulebook) -> Iterator[Finding]:
    """What they find. Of a dataset whose samples were not all looked at nothing is said."""
    if not facts.is_complete:
        return
    calls = [(record, rulebook.check(record)) for record in rulebook.of("target")]
    draft = facts.dataset.status == "draft"
    for number, plan in known_plans(facts.dataset.targets):
        totals = facts.totals.targets.get(number, RowTotals())
        pointer = pointer_to(facts.dataset.targets[number], number)
        found = run_checks(calls, TargetFacts(facts.path, plan, totals, pointer=pointer))
        caused = ((record, replace(problem, causes=(*problem.causes, *facts.causes))) for record, problem in found)
        yield from findings_in(document, caused, draft=draft)
