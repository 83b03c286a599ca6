"""Published texts of a project together: releases of one text, prompts and the footnotes that lead to them, and the
datasets that specifications bring with them: one of preference pairs, and one of answers that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palms_spec.documents.context import context_of
from palms_spec.documents.dataset import Dataset
from palms_spec.documents.discovery import PROJECT_FILE
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.held_out import held_out_prompts
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.published.naming import ANSWERS
from palms_spec.documents.spec import Position, Spec
from palms_spec.sources.node import escape_step
from palms_spec.sources.text import SourceText

if TYPE_CHECKING:
    from palms_spec.documents.project import Project

UNANSWERED = "footnote-without-examples"
UNASKED = "examples-without-footnote"
_COMPARISON = re.compile(rb"<comparison[^>]*>(.*?)</comparison>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Footnote:
    """Where a footnote stands: in which specification, and at which of its positions."""

    document: Document
    spec: Spec
    category: str
    position: Position

    def pointer(self, name: str) -> str:
        place = f"/categories/{escape_step(self.category)}/positions/{escape_step(self.position.id)}"
        return f"{place}/footnotes/{self.position.footnotes.index(name)}"


def link_published(project: Project) -> None:
    """Tell releases of one text apart, link prompts with footnotes, and add the datasets of the comparisons."""
    texts = [document for document in project.documents if document.published]
    specs = [document for document in texts if isinstance(document.model, Spec)]
    prompts = [document for document in texts if isinstance(document.model, PromptSet)]
    _name_releases(project, specs)
    footnotes: dict[str, list[_Footnote]] = {}
    for one in (one for document in specs for one in _footnotes(document)):
        for name in one.position.footnotes:
            footnotes.setdefault(name, []).append(one)
    all_read = all(document.model is not None for document in texts)
    owners = set()
    for document in prompts:
        leading = footnotes.get(document.id, [])
        if not leading and all_read:
            document.defects.append(_unasked(document.id, specs))
        owners.add(_link(project, document, leading))
    for document in specs:
        document.defects.extend(_unanswered(document, prompts, is_owner=document.path in owners))
    for document in specs:
        if isinstance(spec := document.model, Spec):
            found = [b"BAD" in one for one in _COMPARISON.findall(document.data)]
            for name, is_there in ((spec.id, bool(found)), (spec.id + ANSWERS, not all(found))):
                if is_there:
                    _add_dataset(project, document, spec, name)


def unmatched_globs(globs: Iterable[str], data: bytes) -> Document:
    """The project's settings as a document that says which globs of `model-specs` match nothing."""
    source = SourceText(PROJECT_FILE, data.decode("utf-8", "replace"))
    defects = []
    for glob in globs:
        found = re.search(re.escape(glob), source.text)
        start, end = found.span() if found else (0, 0)
        hint = "globs are relative to this file; write **/ to enter folders"
        defects.append(Defect("unmatched-glob", f"{glob} matches no Markdown file", hint, offset=start, end=end))
    return Document(PROJECT_FILE, data, source, defects=defects, published=True)


def _name_releases(project: Project, specs: list[Document]) -> None:
    """Of several releases of one text the latest keeps the id; that of the others gets their version."""
    by_id: dict[str, list[tuple[tuple[int, ...], str, Document, Spec]]] = {}
    for document in specs:
        if isinstance(spec := document.model, Spec):
            by_id.setdefault(spec.id, []).append((_release(spec), document.path, document, spec))
    for releases in by_id.values():
        versions = {release for release, _, _, _ in releases}
        if len(versions) < len(releases):
            continue  # they are no releases, but have one id by accident, which is a finding
        for _, _, document, spec in sorted(releases, key=lambda one: one[:2])[:-1]:
            _rename(project, document, spec.model_copy(update={"id": f"{spec.id}-{spec.version}"}))


def _rename(project: Project, document: Document, model: Spec | PromptSet) -> None:
    old = document.kind, document.id
    project.ids[old].remove(document)
    if not project.ids[old]:
        del project.ids[old]
    document.model, document.id = model, model.id
    project.ids.setdefault((document.kind, model.id), []).append(document)


def _footnotes(document: Document) -> Iterator[_Footnote]:
    if isinstance(spec := document.model, Spec):
        for category in spec.categories:
            for position in category.positions:
                if position.footnotes:
                    yield _Footnote(document, spec, category.id, position)


def _link(project: Project, document: Document, leading: list[_Footnote]) -> str:
    """Give prompts the specification, and the positions in it, from which their footnote leads to them; of several
    releases the latest. The path of the specification, "" where there is none."""
    prompts, name = document.model, document.id
    assert isinstance(prompts, PromptSet), "chosen by its model"
    if not leading:
        return ""
    one = max(leading, key=lambda one: (_release(one.spec), one.document.path))
    positions = [other.position.id for other in leading if other.document is one.document]
    update = {"category": one.category, "positions": list(dict.fromkeys(positions))}
    linked = [prompt.model_copy(update=update) for prompt in prompts.prompts]
    changed = {"id": f"{one.spec.id}/{name}", "spec": one.spec.id, "language": one.spec.language, "prompts": linked}
    _rename(project, document, prompts.model_copy(update=changed))
    return one.document.path


def _unasked(name: str, specs: list[Document]) -> Defect:
    message = f"no footnote [^{name}] leads here"
    hint = "write it where the text speaks of this, or delete the file"
    return Defect(UNASKED, message, hint, "/id", causes=tuple(sorted(document.path for document in specs)))


def _release(spec: Spec) -> tuple[int, ...]:
    return tuple(int(number) for number in spec.version.split("."))


def _unanswered(document: Document, prompts: list[Document], *, is_owner: bool) -> Iterator[Defect]:
    """The footnotes to which no prompts belong; one for all where there are no prompts of this text."""
    found = [(name, one) for one in _footnotes(document) for name in one.position.footnotes]
    if not found:
        return
    if not is_owner:
        name, one = found[0]
        message = "no examples are there for the footnotes of this text" + f", {len(found)} in all" * (len(found) > 1)
        hint = f"put them into examples/ beside it, a file for each: examples/{name}.md"
        yield Defect(UNANSWERED, message, hint, one.pointer(name))
        return
    answered = {prompt.id.rpartition("/")[2] for prompt in prompts}
    causes = tuple(prompt.path for prompt in prompts)
    for name, one in found:
        if name not in answered:
            message = f"no file holds examples for [^{name}]"
            yield Defect(UNANSWERED, message, f"write examples/{name}.md", one.pointer(name), causes=causes)


def _add_dataset(project: Project, document: Document, spec: Spec, name: str) -> None:
    """A dataset of the comparisons of a specification."""
    from palms_spec.documents.project import DatasetEntry

    model = Dataset(
        palms=1, kind="dataset", id=name, title=spec.title, spec=spec.id, language=spec.language, samples=["*.md"]
    )
    own = Document(document.path, document.data, document.source, document.root, "dataset", name, model, published=True)
    project.documents.append(own)
    project.ids.setdefault((own.kind, own.id), []).append(own)
    context = context_of(model, spec, held_out_prompts(project.documents, spec.id))
    context = replace(context, dataset_path=own.path, spec_path=own.path)
    project.datasets.append(DatasetEntry(own, model, document, context, [own.path]))
