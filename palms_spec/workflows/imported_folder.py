"""The folder of an imported dataset: where it goes, what may be replaced, and what its document says."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from palms_spec import __version__
from palms_spec.documents.discovery import ALWAYS_EXCLUDED, find_root
from palms_spec.documents.slugs import slug
from palms_spec.errors import UsageError
from palms_spec.render.escaping import visible
from palms_spec.sources.yaml_writing import write_yaml
from palms_spec.training.readers.source_files import SUFFIXES
from palms_spec.workflows.imported_samples import FOLDER, ROWS_FILE
from palms_spec.workflows.written_documents import open_workplace

DOCUMENT = "dataset.yaml"
OWN = frozenset((DOCUMENT, FOLDER, ROWS_FILE))
_MARK = "# Imported by palms"
_IS_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}").fullmatch


def default_folder(source: Path, here: Path) -> Path:
    """datasets/NAME in the project around a folder, or in that folder itself; NAME after the source."""
    name = source.resolve().name
    name = next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), name)
    return (find_root(here) or here) / "datasets" / _id(name)


def dataset_id(folder: Path) -> str:
    """The id of the dataset in a folder. Raises UsageError where the linter would pass over a folder of this name."""
    name = folder.resolve().name
    if name in ALWAYS_EXCLUDED or name.startswith("."):
        raise UsageError(f"a folder named {name} is not looked at by palms", hint="name another one with --out")
    return _id(name)


def _id(name: str) -> str:
    """A name as it is if it can be an id, else its words."""
    return name if _IS_ID(name) else slug(name)


def shown(folder: Path, here: Path) -> str:
    """A folder as a user in `here` would write it."""
    path = Path(os.path.abspath(here / folder))
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(folder)


def check_target(folder: Path, name: str, *, force: bool, document: str = DOCUMENT, own: frozenset[str] = OWN) -> None:
    """Raise UsageError, which calls the folder by `name`, where it may not be written: it is there and holds something.

    With `force` what was imported gives way, and nothing else: a folder with a `document` that says so, and with no
    names in it but those of our `own`.
    """
    if not os.path.lexists(folder):
        return
    elsewhere = "name another folder with --out"
    if not folder.is_dir():
        raise UsageError(f"{name} is no folder", hint=elsewhere)
    names = set(os.listdir(folder))
    if not names:
        return
    written = folder / document
    imported = written.is_file() and written.read_bytes().startswith(_MARK.encode())
    others = sorted(names - own)
    if not imported or others:
        what = f"holds {', '.join(others[:5])}" if others else "was not imported"
        raise UsageError(f"{name} is there already, and {what}", hint=elsewhere)
    if not force:
        raise UsageError(
            f"{name} is there already",
            hint="--force replaces it, with all that was changed in it since; or name another folder with --out",
        )


def check_apart(source: Path, folder: Path, name: str) -> None:
    """Raise UsageError where a source lies in the folder, called `name`, that would be replaced."""
    if source.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{source} lies in {name}, which would be replaced", hint="name another folder with --out")


def check_id(name: str, folder: Path) -> None:
    """Raise UsageError where another dataset of the project around a folder has this id."""
    here = folder.resolve()
    root = find_root(here)
    if root is None:
        return
    own = os.path.relpath(here / DOCUMENT, root)
    for document in open_workplace(root).documents("dataset"):
        if document.id == name and document.path != own:
            raise UsageError(
                f"there is a dataset {name} in this project already: {document.path}",
                hint="name another folder with --out: the id is made of its name",
            )


def document_text(name: str, title: str, glob: str, system: str | None, remarks: Sequence[str]) -> str:
    """The text of the dataset's document."""
    value: dict[str, object] = {"palms": 1, "kind": "dataset", "id": name, "title": title, "status": "draft"}
    if system is not None:
        value["system_prompt"] = system
    value["samples"] = [glob]
    return with_remarks(remarks) + write_yaml(value)  # type: ignore[arg-type]


def with_remarks(remarks: Sequence[str]) -> str:
    """The comments above a document that was imported."""
    return "\n".join([f"{_MARK} {__version__}.", *(f"# {visible(remark)}" for remark in remarks)]) + "\n"
