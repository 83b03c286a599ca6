"""Two files that were named as versions of one published text."""

from __future__ import annotations

from dataclasses import replace

from palms_spec.comparison.projects import ProjectVersion
from palms_spec.comparison.specs import SpecVersion
from palms_spec.documents.dataset import Dataset
from palms_spec.documents.published.files import SUFFIX
from palms_spec.documents.published.naming import UNNAMED, name_of
from palms_spec.workflows.versions import ReadVersion


def as_one_text(base: ReadVersion, head: ReadVersion) -> tuple[ReadVersion, ReadVersion]:
    """Both versions, under one id where each is one published text: whoever names two files says that one is the other,
    whatever they are called. The id is that of the head, or the name of the folder that it lies in."""
    was, now = _only_text(base), _only_text(head)
    if was is None or now is None:
        return base, head
    name, folder = now.spec.id, head.tree.folder
    if name == UNNAMED and folder is not None:
        name = name_of(f"{folder.resolve().name}/{now.path}")
    return _named(base, was, name), _named(head, now, name)


def _named(version: ReadVersion, text: SpecVersion, name: str) -> ReadVersion:
    old = text.spec.id
    if old == name:
        return version
    title = name if text.spec.title == old else text.spec.title

    def renamed(dataset: Dataset) -> Dataset:
        update = {"id": name + dataset.id.removeprefix(old), "title": title, "spec": name}
        return dataset.model_copy(update=update)

    spec = replace(text, spec=text.spec.model_copy(update={"id": name, "title": title}))
    datasets = [replace(one, dataset=renamed(one.dataset)) for one in version.version.datasets.values()]
    entries = [
        replace(entry, model=model, context=replace(entry.context, dataset=model.id, spec=name))
        for entry, model in ((entry, renamed(entry.model)) for entry in version.project.datasets)
    ]
    return replace(
        version,
        version=ProjectVersion({name: spec}, version.version.prompt_sets, {one.dataset.id: one for one in datasets}),
        project=replace(version.project, datasets=entries),
    )


def _only_text(version: ReadVersion) -> SpecVersion | None:
    """The published text that a version is, if it is one file."""
    found = list(version.version.specs.values())
    return found[0] if len(version.tree.marks) == len(found) == 1 and found[0].path.endswith(SUFFIX) else None
