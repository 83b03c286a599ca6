"""Which files a run looks at, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from palms_spec.documents.discovery import ROW_SUFFIXES, TREE_SUFFIXES
from palms_spec.documents.document import Document
from palms_spec.documents.project import Project, load_project
from palms_spec.documents.reading import may_be_document, read_document
from palms_spec.documents.rows import may_hold_samples
from palms_spec.documents.unclaimed import UNCLAIMED
from palms_spec.engine.content import Content
from palms_spec.engine.inputs import Inputs
from palms_spec.errors import UnreadableSource


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file: what it is looked at as, or why it is passed over."""

    path: str
    why: str
    passed_over: bool = False


@dataclass(frozen=True, slots=True)
class Files:
    """The files that were asked for, in order; `others` counts those of the project that are read as well, because what
    is found in one file can hang on another."""

    inputs: Inputs
    files: tuple[LookedAt, ...]
    others: int


def files_of(inputs: Inputs) -> Files:
    """The files of a run, and why."""
    content = Content(inputs.root, inputs.stand_ins)
    project = load_project(
        inputs.root,
        inputs.names,
        lambda name: _document(content, name),
        content.read,
        anonymous=[
            name for name in inputs.rows if name in inputs.named_rows or may_hold_samples(content.on_disk(name))
        ],
        published=inputs.published,
    )
    reasons = dict(_reasons(project, inputs))
    files = [
        LookedAt(name, reasons[name])
        if name in reasons
        else LookedAt(name, _passed_over(name, inputs), passed_over=True)
        for name in inputs.names
    ]
    asked_for = [file for file in files if inputs.shows(file.path)]
    others = sum(not file.passed_over for file in files) - sum(not file.passed_over for file in asked_for)
    return Files(inputs, tuple(asked_for), others)


def _document(content: Content, name: str) -> Document | None:
    try:
        data = content.read(name)
    except UnreadableSource:
        if may_be_document(content.head(name)):
            raise
        return None
    return read_document(name, data) if may_be_document(data) else None


def _reasons(project: Project, inputs: Inputs) -> Iterator[tuple[str, str]]:
    for document in project.documents:
        if document.published and document.kind == "dataset":
            continue  # its file is the specification
        if document.kind == UNCLAIMED:
            yield document.path, "looks like a sample that no dataset claims"
        else:
            yield document.path, " ".join(filter(None, (document.kind, document.id))) or "document with errors"
    named = frozenset(inputs.named_rows)
    for name in project.anonymous:
        yield name, "rows of no dataset: " + ("named here" if name in named else "they have the shape of training rows")
    own = (dataset for dataset in reversed(project.datasets) if not dataset.document.published)
    for dataset in own:  # the first of several counts
        for name in dataset.files:
            what = "rows" if name.endswith(ROW_SUFFIXES) else "sample" if name.endswith(".md") else "samples"
            yield name, f"{what} of {dataset.model.id}"


def _passed_over(name: str, inputs: Inputs) -> str:
    if name.endswith(ROW_SUFFIXES):
        return "no training rows" if name in inputs.rows else "records of palms"
    return "no document says that it is one" if name.endswith(TREE_SUFFIXES) else "no dataset claims it"
