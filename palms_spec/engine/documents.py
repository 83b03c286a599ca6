"""The rules about whole documents: specifications, prompt sets, and datasets with the totals of their samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from palms_spec.documents.document import Document
from palms_spec.documents.project import DatasetEntry, Project
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.references import parse_reference
from palms_spec.documents.spec import Spec
from palms_spec.engine.reporting import findings_in
from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.running import run_checks
from palms_spec.facts.dataset import DatasetFacts
from palms_spec.facts.specification import PromptSetFacts, SpecFacts
from palms_spec.facts.totals import Totals
from palms_spec.findings import Finding
from palms_spec.rulekit.rule import Subject


def document_findings(project: Project, rulebook: Rulebook, totals: dict[int, Totals], today: str) -> Iterator[Finding]:
    """What the rules about documents find on a day. `totals` are by the number of the dataset."""
    documents = {document.path: document for document in project.documents}
    datasets = _datasets(project, totals, today)
    subjects: dict[Subject, Sequence[SpecFacts | PromptSetFacts | DatasetFacts]] = {
        "spec": _specs(project),
        "prompt-set": _with_others(_prompt_sets(project)),
        "dataset": datasets,
    }
    for subject, everything in subjects.items():
        if not everything:
            continue
        calls = [(record, rulebook.check(record)) for record in rulebook.of(subject)]
        for facts in everything:
            draft = isinstance(facts, DatasetFacts) and facts.dataset.status == "draft"
            found = run_checks(calls, facts)
            yield from findings_in(documents[facts.path], found, draft=draft, documents=documents)
    if any(facts.dataset.targets for facts in datasets):
        from palms_spec.engine.dataset_targets import target_findings  # most datasets name no target

        for facts in datasets:
            yield from target_findings(facts, documents[facts.path], rulebook)


def _spec_of(document: Document | None) -> Spec | None:
    return document.model if document is not None and isinstance(document.model, Spec) else None


def _prompt_sets(project: Project) -> list[PromptSetFacts]:
    return [
        PromptSetFacts(
            document.path,
            document.model,
            _spec_of(project.named("values-spec", parse_reference(document.model.spec).id)),
        )
        for document in project.documents
        if isinstance(document.model, PromptSet)
    ]


def _with_others(sets: list[PromptSetFacts]) -> list[PromptSetFacts]:
    return [
        replace(
            one,
            others=tuple(
                (other.path, other.prompts)
                for other in sets
                if other is not one and one.spec is not None and other.spec is one.spec
            ),
        )
        for one in sets
    ]


def _specs(project: Project) -> list[SpecFacts]:
    prompt_sets = [facts for facts in _prompt_sets(project) if facts.spec is not None]
    return [
        SpecFacts(
            document.path,
            document.model,
            tuple((facts.path, facts.prompts) for facts in prompt_sets if facts.spec is document.model),
        )
        for document in project.documents
        if isinstance(document.model, Spec)
    ]


def _datasets(project: Project, totals: dict[int, Totals], today: str) -> list[DatasetFacts]:
    facts = [_facts(entry, totals.get(number, Totals()), today) for number, entry in enumerate(project.datasets)]
    first_of: dict[str, DatasetFacts] = {}
    for one in facts:
        first_of.setdefault(one.dataset.id, one)
    for one in facts:
        controlled = first_of.get(one.dataset.control_for or "")
        if controlled is not None and controlled is not one:
            controlled.controls.append(one)
            one.controlled.append(controlled)
    return facts


def _facts(entry: DatasetEntry, totals: Totals, today: str) -> DatasetFacts:
    return DatasetFacts(
        entry.document.path,
        entry.model,
        _spec_of(entry.spec),
        entry.spec.path if entry.spec is not None else "",
        totals,
        today=today,
    )
