"""Bring documents and samples into their canonical form."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from palms_spec.documents.discovery import ROW_SUFFIXES
from palms_spec.documents.document import Document
from palms_spec.documents.project import load_project
from palms_spec.documents.reading import may_be_document, read_document
from palms_spec.documents.unclaimed import UNCLAIMED
from palms_spec.engine.content import Content
from palms_spec.engine.formatting import format_rows, formatted
from palms_spec.engine.inputs import Inputs, find_inputs, starting_folder
from palms_spec.engine.repairs import LeftAlone
from palms_spec.engine.settings import load_settings
from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import is_gzip
from palms_spec.sources.unchanged import CHANGED, State, file_state, replace_unchanged

PACKED = "it is packed"
NO_PARSE = "it does not parse; palms lint says where"


@dataclass(slots=True)
class Formatting:
    """What formatting comes to: how many files were looked at, and by name the new content of those that change."""

    root: Path
    total: int
    copies: dict[str, Path]
    states: dict[str, State]
    left_alone: list[LeftAlone]

    def write(self) -> list[str]:
        """Replace the files that change; the names of those that were replaced."""
        written = []
        for name, copy in self.copies.items():
            reason = replace_unchanged(self.root / name, copy, self.states[name])
            if reason:
                self.left_alone.append(LeftAlone(name, reason))
            else:
                written.append(name)
        return written


@contextmanager
def formatting(paths: Sequence[Path] = (), *, force_exclude: bool = False) -> Iterator[Formatting]:
    """The canonical form of the documents and samples in these paths, or in the current folder, as copies that live as
    long as the block. Files that are neither, such as a README, are passed over; rows that no dataset claims are looked
    at where they are named. With `force_exclude` what is excluded is passed over even where it is named.

    Raises UsageError for paths that do not exist, ConfigurationError for a configuration that is wrong.
    """
    settings = load_settings(starting_folder(paths))
    inputs = find_inputs(paths, exclude=settings.exclude, force_exclude=force_exclude, model_specs=settings.model_specs)
    names = _names(inputs)
    with tempfile.TemporaryDirectory(prefix="palms-fmt-") as folder:
        result = Formatting(inputs.root, len(names), {}, {}, [])
        for number, name in enumerate(names):
            _format(result, name, Path(folder, str(number)))
        yield result


def _names(inputs: Inputs) -> list[str]:
    """Documents, and the files that datasets claim, as far as they are wanted."""
    content = Content(inputs.root)

    def read(name: str) -> Document | None:
        data = content.read(name)
        return read_document(name, data) if may_be_document(data) else None

    project = load_project(inputs.root, inputs.names, read, content.read, published=inputs.published)
    documents = [document for document in project.documents if not document.published]
    found = {document.path for document in documents if document.kind not in ("", UNCLAIMED)}
    found.update(document.path for document in documents if document.root is None and document.source)
    found.update(name for dataset in project.datasets if not dataset.document.published for name in dataset.files)
    found.update(inputs.named_rows)
    return sorted(filter(inputs.shows, found))


def _format(result: Formatting, name: str, copy: Path) -> None:
    """Make a copy of a file in its canonical form, if that is another one."""
    path = result.root / name
    state = file_state(path)
    try:
        if is_gzip(path):
            result.left_alone.append(LeftAlone(name, PACKED))
            return
        if name.endswith(ROW_SUFFIXES):
            format_rows(path, copy)
            is_same = _same(path, copy)
        else:
            data = Content(result.root).read(name)
            text = formatted(name, data)
            if text is None:
                result.left_alone.append(LeftAlone(name, NO_PARSE))
                return
            copy.write_bytes(text)
            is_same = text == data
    except (OSError, UnreadableSource) as error:
        result.left_alone.append(LeftAlone(name, str(error)))
        return
    if file_state(path) != state:
        result.left_alone.append(LeftAlone(name, CHANGED))
    elif is_same:
        copy.unlink()
    else:
        result.copies[name], result.states[name] = copy, state


def _same(path: Path, copy: Path) -> bool:
    """Whether two files hold the same bytes."""
    with path.open("rb") as one, copy.open("rb") as other:
        while True:
            piece = one.read(1 << 20)
            if piece != other.read(1 << 20):
                return False
            if not piece:
                return True
