"""All documents of a project together: which dataset claims which files, and what refers to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from palms_spec.documents.context import SampleContext, context_of, named
from palms_spec.documents.dataset import Dataset, RemoteSamples
from palms_spec.documents.discovery import PROJECT_FILE, SUFFIXES, TREE_SUFFIXES, glob_pattern
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.held_out import NOTHING_HELD_OUT, held_out_prompts
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.published.files import NONE_PUBLISHED, PublishedFiles
from palms_spec.documents.references import parse_reference
from palms_spec.documents.review_files import review_files
from palms_spec.documents.spec import Spec
from palms_spec.documents.suggestion import meant, nearest
from palms_spec.documents.unclaimed import unclaimed_samples
from palms_spec.errors import UnreadableSource


@dataclass(slots=True)
class DatasetEntry:
    """A dataset, the specification it follows if that is there and valid, and the files it claims."""

    document: Document
    model: Dataset
    spec: Document | None
    context: SampleContext
    files: list[str] = field(default_factory=list)

    @property
    def folder(self) -> str:
        return str(PurePosixPath(self.document.path).parent)


@dataclass(slots=True)
class Project:
    """Everything under one root, read and linked. Paths are relative to the root; those of files given from elsewhere
    are as given. `reviews` are the files of review records."""

    root: Path
    documents: list[Document] = field(default_factory=list)
    datasets: list[DatasetEntry] = field(default_factory=list)
    anonymous: list[str] = field(default_factory=list)
    reviews: list[str] = field(default_factory=list)
    ids: dict[tuple[str, str], list[Document]] = field(default_factory=dict)

    def named(self, kind: str, name: str) -> Document | None:
        """The first document of a kind with an id."""
        found = self.ids.get((kind, name))
        return found[0] if found else None


def load_project(
    root: Path,
    names: Iterable[str],
    read: Callable[[str], Document | None],
    peek: Callable[[str], bytes],
    *,
    anonymous: Iterable[str] = (),
    published: PublishedFiles = NONE_PUBLISHED,
) -> Project:
    """Read and link the documents among the files `names`; `anonymous` are files of rows that are linted in their own
    right where no dataset claims them, `published` those that hold published texts.

    `read` gives the document of a file (None if it is none), `peek` the bytes of one that may be a sample; either may
    raise UnreadableSource.
    """
    names = list(names)
    project = Project(root)
    for name in names:
        if name.endswith(TREE_SUFFIXES) or name in published.names:
            _add_document(project, name, read)
    if published is not NONE_PUBLISHED:
        names = [name for name in names if name not in published.names]
        _link_published(project, published, peek)
    for document in project.documents:
        if document.published:
            continue
        if isinstance(document.model, Dataset):
            project.datasets.append(_dataset(project, document, document.model, names))
        elif isinstance(document.model, PromptSet):
            document.defects.extend(_prompt_defects(project, document, document.model))
    own = [entry for entry in project.datasets if not entry.document.published]
    claimed = {name for dataset in own for name in dataset.files}
    project.documents = [document for document in project.documents if document.path not in claimed]
    folders = {entry.folder: entry.document for entry in own}
    unclaimed = list(unclaimed_samples([name for name in names if name not in claimed], folders, peek))
    project.documents += unclaimed
    project.documents += _broken_approvals(project, names, peek)
    project.reviews = review_files((name for name in names if name not in claimed), folders)
    for entry in project.datasets:
        if project.reviews or entry.model.reviews.required:
            entry.context = replace(entry.context, reviewed=True)
    taken = claimed | {document.path for document in unclaimed} | set(project.reviews)
    project.anonymous = [name for name in anonymous if name not in taken]
    return project


def _broken_approvals(project: Project, names: list[str], peek: Callable[[str], bytes]) -> list[Document]:
    approvals = [name for name in names if name.endswith("approvals.jsonl")]
    if not approvals:
        return []
    from palms_spec.documents.record_files import broken_approvals  # it stands on the models of records

    return list(broken_approvals(approvals, project.documents, peek))


def _add_document(project: Project, name: str, read: Callable[[str], Document | None]) -> None:
    try:
        document = read(name)
    except UnreadableSource as error:
        document = Document(name, defects=[Defect("unreadable-document", error.message, error.hint, offset=0)])
    if document is None:
        return
    project.documents.append(document)
    if document.kind and document.id:
        project.ids.setdefault((document.kind, document.id), []).append(document)


def _link_published(project: Project, published: PublishedFiles, peek: Callable[[str], bytes]) -> None:
    from palms_spec.documents.published.linking import link_published, unmatched_globs  # most projects have none

    link_published(project)
    if published.unmatched:
        project.documents.append(unmatched_globs(published.unmatched, peek(PROJECT_FILE)))


def _dataset(project: Project, document: Document, model: Dataset, names: list[str]) -> DatasetEntry:
    spec = None
    if model.spec is not None:
        spec, defects = _resolve_spec(project, model.spec)
        document.defects.extend(defects)
    if model.control_for is not None and project.named("dataset", model.control_for) is None:
        message = f"no dataset {model.control_for} in this project"
        hint, instead = _whereabouts(project, "dataset", model.control_for, but=model.id)
        causes = _candidates(project, "dataset", but=document)
        defect = Defect("unresolved-reference", message, hint, "/control_for", instead=instead, causes=causes)
        document.defects.append(defect)
    document.defects.extend(_share_defects(model))
    specification = _spec_model(spec)
    held_out = held_out_prompts(project.documents, specification.id) if specification else NOTHING_HELD_OUT
    context = context_of(model, specification, held_out)
    context = replace(context, dataset_path=document.path, spec_path=spec.path if spec is not None else "")
    entry = DatasetEntry(document, model, spec, context)
    folder = entry.folder
    claimed: set[str] = set()
    for index, source in enumerate(model.samples):
        if isinstance(source, RemoteSamples):
            continue
        matched = {name for name in names if _claims(folder, source, name) and name != document.path}
        if not matched:
            hint = "globs are relative to this file; write **/ to enter folders"
            defect = Defect("unmatched-glob", f"{source} matches no file", hint, f"/samples/{index}")
            document.defects.append(defect)
        claimed |= matched
    entry.files = sorted(claimed)
    return entry


def _share_defects(model: Dataset) -> list[Defect]:
    total = model.splits.train + model.splits.validation + model.splits.test
    if abs(total - 1) <= 1e-9:
        return []
    return [Defect("schema-violation", f"the shares of the splits add up to {total:g}, not to 1", "", "/splits")]


def _claims(folder: str, glob: str, name: str) -> bool:
    prefix = "" if folder == "." else folder + "/"
    if not name.startswith(prefix) or not name.endswith(SUFFIXES):
        return False
    return glob_pattern(glob).fullmatch(name[len(prefix) :]) is not None


def _spec_model(document: Document | None) -> Spec | None:
    return document.model if document is not None and isinstance(document.model, Spec) else None


def _resolve_spec(project: Project, text: str) -> tuple[Document | None, list[Defect]]:
    reference = parse_reference(text)
    document = project.named("values-spec", reference.id)
    if document is None:
        message = f"no values-spec {reference.id} in this project"
        hint, near = _whereabouts(project, "values-spec", reference.id)
        instead = near + text.removeprefix(reference.id) if near else ""
        causes = _candidates(project, "values-spec")
        return None, [Defect("unresolved-reference", message, hint, "/spec", instead=instead, causes=causes)]
    model = _spec_model(document)
    if model is not None and not reference.accepts(model.version):
        message = f"{text} does not accept version {model.version} of {document.path}"
        hint = "check the changes, then widen the version"
        return document, [Defect("unresolved-reference", message, hint, "/spec", causes=(document.path,))]
    return document, []


def _whereabouts(project: Project, kind: str, name: str, *, but: str = "") -> tuple[str, str]:
    """Which document may be meant by an id that none has, in words: one that could not be read, or one with another id;
    and that id, if it is near."""
    unread = [document.path for document in project.documents if not document.id and document.defects]
    if unread:
        return f"is it {unread[0]}, which could not be read?", ""
    known = [known for its_kind, known in project.ids if its_kind == kind and known != but]
    return nearest(name, known), meant(name, known)


def _candidates(project: Project, kind: str, but: Document | None = None) -> tuple[str, ...]:
    """The documents of which one may have lost the id that is looked for: those of the kind, and those that could not
    be read."""
    found = (one for one in project.documents if one is not but and (one.kind == kind or (not one.id and one.defects)))
    return tuple(document.path for document in found)


def _prompt_defects(project: Project, document: Document, model: PromptSet) -> list[Defect]:
    """References of a prompt set that lead nowhere, and prompts that are not one of text, messages, template."""
    spec, defects = _resolve_spec(project, model.spec)
    specification = _spec_model(spec)
    causes = (spec.path,) if spec is not None else ()
    for index, prompt in enumerate(model.prompts):
        unique = sum(other.id == prompt.id for other in model.prompts) == 1 if prompt.id.isdecimal() else True
        pointer = named("/prompts", prompt.id if unique else str(index))
        wordings = [name for name in ("text", "messages", "template") if getattr(prompt, name) is not None]
        wanted = "a template" if prompt.split == "probe" else "either text or messages"
        if len(wordings) != 1 or (prompt.split == "probe") != (wordings == ["template"]):
            message = f"a {prompt.split} prompt has {wanted}; this has {' and '.join(wordings) or 'none'}"
            defects.append(Defect("schema-violation", message, "", pointer))
        if specification is None:
            continue
        categories = {category.id: category for category in specification.categories}
        positions = [position.id for category in specification.categories for position in category.positions]
        if prompt.category is not None and prompt.category not in categories:
            message = f"category {prompt.category} is not in {specification.id}"
            hint, instead = nearest(prompt.category, categories), meant(prompt.category, categories)
            at = pointer + "/category"
            defects.append(Defect("unresolved-reference", message, hint, at, instead=instead, causes=causes))
        for place, position in enumerate(prompt.positions):
            if position not in positions:
                message = f"position {position} is not in {specification.id}"
                own = categories.get(prompt.category or "")
                hint = nearest(position, positions, [one.id for one in own.positions] if own else ())
                at, instead = f"{pointer}/positions/{place}", meant(position, positions)
                defects.append(Defect("unresolved-reference", message, hint, at, instead=instead, causes=causes))
    return defects
