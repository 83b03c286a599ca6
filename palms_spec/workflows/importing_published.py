"""Make documents of our own of a published specification: a values-spec, a prompt set, and datasets of its
comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import find_root
from palms_spec.documents.document import Document
from palms_spec.documents.project import Project, load_project
from palms_spec.documents.prompts import Prompt, PromptSet
from palms_spec.documents.published.files import PROMPTS, SUFFIX, published_files
from palms_spec.documents.published.imported import (
    ANSWERS_FOLDER,
    FORMAT,
    PAIRS_FOLDER,
    PROMPTS_FILE,
    SPEC_FILE,
    ImportedSpec,
)
from palms_spec.documents.published.inspecting import UNLABELLED, WITHOUT_GOOD
from palms_spec.documents.published.marks import is_specification
from palms_spec.documents.published.naming import ANSWERS, name_of
from palms_spec.documents.reading import read_document
from palms_spec.documents.spec import Spec
from palms_spec.errors import PalmsError, UsageError
from palms_spec.render.closing import counted
from palms_spec.sources.files import read_bytes
from palms_spec.sources.node import MappingNode, Node, SequenceNode, plain
from palms_spec.sources.staged_folder import staged_folder
from palms_spec.sources.yaml_writing import write_yaml
from palms_spec.workflows.compiled_sources import hash_file
from palms_spec.workflows.imported_folder import (
    DOCUMENT,
    check_apart,
    check_target,
    dataset_id,
    shown,
    with_remarks,
)
from palms_spec.workflows.imported_samples import FilesWriter
from palms_spec.workflows.written_documents import open_workplace

OWN = frozenset((SPEC_FILE, PROMPTS_FILE, PAIRS_FOLDER, ANSWERS_FOLDER))
GLOB = "samples/**/*"


def is_published_spec(source: Path, form: str | None) -> bool:
    """Whether a source is to be read as a published specification: because it was said, or it is a text that looks like
    one and no other format was named."""
    if form is not None:
        return form == FORMAT
    return source.suffix == SUFFIX and source.is_file() and is_specification(read_bytes(source))


def import_published(source: Path, here: Path, *, out: Path | None = None, force: bool = False) -> ImportedSpec:
    """Write a published specification, with the prompts of its footnotes that lie beside it, as our own documents.

    Nothing is left out: what has no field is in the metadata of samples, and comparisons that give no sample stay in
    the text of their section. Raises UsageError, UnreadableSource and, where the disk fails, OSError.
    """
    project, document = _read(source)
    assert isinstance(document.model, Spec), "it was read as one"
    name = name_of(f"{source.resolve().parent.name}/{source.name}")
    folder = out if out is not None else (find_root(here) or here) / "specs" / name
    name = dataset_id(folder)
    check_target(folder, shown(folder, here), force=force, document=SPEC_FILE, own=OWN)
    check_apart(source, folder, shown(folder, here))
    _check_ids(name, folder)
    prompts, files = _prompts(project, document)
    remarks = [f"From {source.name}, sha256 {hash_file(source)[0]}."]
    with staged_folder(folder) as stage:
        spec: Any = {**_plain(document.root), "id": name}
        spec.pop("samples", None)
        if spec.get("title") == document.model.id:
            spec["title"] = name
        _write(stage.path / SPEC_FILE, spec, remarks, Spec)
        if prompts:
            value = {"palms": 1, "kind": "prompt-set", "id": name, "spec": name, "language": document.model.language}
            said = [one.model_dump(mode="json", exclude_none=True, exclude_unset=True) for one in prompts]
            _write(stage.path / PROMPTS_FILE, {**value, "prompts": said}, remarks, PromptSet)
        pairs = _write_samples(stage.path / PAIRS_FOLDER, name, name, document, remarks, pairs=True)
        answers = _write_samples(stage.path / ANSWERS_FOLDER, name + ANSWERS, name, document, remarks, pairs=False)
        stage.commit()
    model = document.model
    positions = sum(len(category.positions) for category in model.categories)
    of_text = {
        (defect.kind, defect.message) for defect in document.defects if defect.kind in (UNLABELLED, WITHOUT_GOOD)
    }
    unsettled = len(of_text)
    return ImportedSpec(
        source.name, folder, name, model.version, positions, len(prompts), files, pairs, answers, unsettled
    )


def _read(source: Path) -> tuple[Project, Document]:
    """The text, with the prompts beside it. Raises UsageError where it is no specification that can be read."""
    read_bytes(source)  # a file that cannot be read says so itself
    beside = source.parent / PROMPTS
    names = [source.name, *(f"{PROMPTS}/{path.name}" for path in sorted(beside.glob(f"*{SUFFIX}")))]

    def read(name: str) -> Document | None:
        return read_document(name, read_bytes(source.parent / name))

    published = published_files(names, (), [source.name])
    project = load_project(source.parent, names, read, lambda name: b"", published=published)
    document = next((one for one in project.documents if one.path == source.name and one.kind != "dataset"), None)
    if document is None or (document.model is None and not document.defects) or document.kind == "prompt-set":
        raise UsageError(
            f"{source} is no published specification",
            hint="one has headings with ids: ## Do not lie {#do_not_lie authority=user}",
        )
    if document.model is None:
        raise UsageError(f"{source} cannot be read: {document.defects[0].message}", hint=f"palms lint {source}")
    return project, document


def _prompts(project: Project, document: Document) -> tuple[list[Prompt], int]:
    """The prompts of all footnotes, and the number of their files."""
    sets = [one.model for one in project.documents if isinstance(one.model, PromptSet)]
    return [prompt for one in sets for prompt in one.prompts], len(sets)


def _write_samples(folder: Path, name: str, spec: str, document: Document, remarks: list[str], *, pairs: bool) -> int:
    """A dataset of the samples that are preference pairs, or of the others; how many there are. None is written without
    samples."""
    nodes = [node for node in _samples(document.root) if ("rejected" in node.entries) == pairs]
    if not nodes:
        return 0
    folder.mkdir()
    writer = FilesWriter(folder, name)
    for node in nodes:
        value: Any = plain(node)
        writer.add(value.pop("id"), value)
    what = "Preference pairs" if pairs else "Answers that nothing stands against"
    told = f"{what}: {counted(len(nodes), 'sample')}."
    value = {"palms": 1, "kind": "dataset", "id": name, "title": f"{what} of {spec}", "status": "draft", "spec": spec}
    text = with_remarks([*remarks, told]) + write_yaml({**value, "samples": [GLOB]})
    (folder / DOCUMENT).write_bytes(text.encode())
    return len(nodes)


def _samples(root: Node | None) -> Iterable[MappingNode]:
    entry = root.entries.get("samples") if isinstance(root, MappingNode) else None
    items = entry.value.items if entry is not None and isinstance(entry.value, SequenceNode) else []
    return [node for node in items if isinstance(node, MappingNode)]


def _plain(root: Node | None) -> dict[str, Any]:
    value = plain(root) if root is not None else {}
    return value if isinstance(value, dict) else {}


def _write(path: Path, value: dict[str, Any], remarks: list[str], model: type[Spec] | type[PromptSet]) -> None:
    """Write a document, and read it back: it has to be there whole."""
    data = (with_remarks(remarks) + write_yaml(value)).encode()
    path.write_bytes(data)
    document = read_document(path.name, data)
    if document is None or not isinstance(document.model, model) or _plain(document.root) != value:
        raise PalmsError(f"{path.name} does not read as it was written", hint="please report it")


def _check_ids(name: str, folder: Path) -> None:
    """Raise UsageError where another document of the project around a folder has one of the ids that are written."""
    here = folder.resolve()
    root = find_root(here)
    if root is None:
        return
    taken = {("values-spec", name), ("prompt-set", name), ("dataset", name), ("dataset", name + ANSWERS)}
    for document in open_workplace(root).project.documents:
        if (document.kind, document.id) in taken and not (root / document.path).resolve().is_relative_to(here):
            raise UsageError(
                f"there is a {document.kind} {document.id} in this project already: {document.path}",
                hint="name another folder with --out: the id is made of its name",
            )
