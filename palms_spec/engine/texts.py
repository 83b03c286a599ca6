"""The rules about any text, asked about what specifications, prompt sets and datasets say.

What such a document says is read by reviewers and judges as it is: a fix there is never a safe one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from palms_spec.documents.document import Document
from palms_spec.engine.dispatch import SampleDispatch
from palms_spec.engine.reporting import findings_in
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.running import run_checks
from palms_spec.facts.written import written_facts
from palms_spec.findings import Finding


def text_findings(documents: Iterable[Document], rulebook: Rulebook, *, gated: bool = True) -> Iterator[Finding]:
    """What the rules about any text find in documents."""
    records = [record for record in rulebook.of("sample") if record.texts]
    dispatch: SampleDispatch | None = None
    for document in documents if records else ():
        facts = written_facts(document.model)
        if facts is None:
            continue
        if dispatch is None:
            dispatch = SampleDispatch(rulebook, records, gated=gated)
        for finding in findings_in(document, run_checks(dispatch.calls(facts), facts)):
            fix = finding.fix
            yield (
                finding if fix is None or fix.safety != "safe" else replace(finding, fix=replace(fix, safety="unsafe"))
            )
