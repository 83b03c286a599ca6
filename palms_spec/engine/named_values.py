"""What samples may refer to: values of documents that rules of packs ask for, as part of the samples' context."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from palms_spec.documents.project import DatasetEntry, Project
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.references import parse_reference
from palms_spec.documents.spec import Spec
from palms_spec.facts.dataset import DatasetFacts
from palms_spec.facts.specification import PromptSetFacts, SpecFacts
from palms_spec.rulekit.index import RuleRecord


def with_named_values(project: Project, records: Iterable[RuleRecord]) -> None:
    """Put the values that rules ask for into the contexts of the datasets."""
    paths = sorted({path for record in records if (path := _path(record))})
    if not paths:
        return
    from palms_spec.documents.given import parse_given  # only rules of packs name paths
    from palms_spec.rulekit.packs.checks.refers_to import named_among

    for entry in project.datasets:
        named = {}
        for path in paths:
            given = parse_given(path)
            values = named_among(given, _sources(project, entry, given.root))
            if values is not None:
                named[path] = tuple(sorted(set(values)))
        entry.context = replace(entry.context, named=named)


def _path(record: RuleRecord) -> str:
    """The path at which a rule about samples looks for what they name."""
    check: dict[str, Any] = record.definition.get("rule", {}).get("check", {})
    return str(check["to"]) if record.subject == "sample" and check.get("kind") == "refers-to" else ""


def _sources(project: Project, entry: DatasetEntry, root: str) -> list[Any]:
    """The documents of a dataset in which a path with this root begins."""
    spec = entry.spec.model if entry.spec is not None and isinstance(entry.spec.model, Spec) else None
    if root == "dataset":
        return [DatasetFacts(entry.document.path, entry.model, spec)]
    if spec is None or entry.spec is None:
        return []
    if root == "spec":
        return [SpecFacts(entry.spec.path, spec)]
    return [
        PromptSetFacts(document.path, document.model, spec)
        for document in project.documents
        if isinstance(document.model, PromptSet) and parse_reference(document.model.spec).id == spec.id
    ]
