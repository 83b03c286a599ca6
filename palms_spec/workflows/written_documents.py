"""The documents of a project that new things are written into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import find_root
from palms_spec.documents.document import Document
from palms_spec.documents.project import Project, load_project
from palms_spec.documents.reading import may_be_document, read_document
from palms_spec.documents.references import parse_reference
from palms_spec.documents.spec import Spec
from palms_spec.documents.suggestion import did_you_mean, nearest
from palms_spec.engine.content import Content
from palms_spec.engine.inputs import find_inputs
from palms_spec.engine.settings import load_settings
from palms_spec.errors import SourceSyntaxError, UsageError
from palms_spec.sources.atomic import write_atomically
from palms_spec.sources.files import read_bytes
from palms_spec.sources.node import MappingNode, Plain, locate
from palms_spec.sources.text import decode
from palms_spec.sources.yaml import read_yaml
from palms_spec.sources.yaml_insertion import CannotInsert, insert_item

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, as a user would open it, and what is left to do."""

    path: str
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workplace:
    """A project that is read to be written into. Paths are shown as a user in `here` would open them."""

    root: Path
    here: Path
    project: Project

    def documents(self, kind: str) -> list[Document]:
        """The documents of a kind that can be read and written: published texts are somebody else's."""
        known = (one for one in self.project.documents if not one.published)
        return [one for one in known if one.kind == kind and one.model is not None]

    def document(
        self, kind: str, name: str | None, *, option: str, likely: Callable[[Any], bool] = lambda model: True
    ) -> Document:
        """The document of a kind with an id or at a path; without a name the only one whose model is likely.

        Raises UsageError where it is not there, or where there are several and none is named with the `option`.
        """
        known = self.documents(kind)
        if name is None:
            chosen = [one for one in known if likely(one.model)]
            if len(chosen) == 1:
                return chosen[0]
            listed = " or ".join(one.id for one in known)
            message = (
                f"this project has several documents of the kind {kind}" if known else f"this project has no {kind}"
            )
            raise UsageError(
                message, hint=f"name one: {option} {listed}" if known else "`palms lint` says what is wrong"
            )
        wanted = (self.here / name).absolute()
        for one in known:
            if one.id == name or self.root / one.path in (wanted, wanted / Path(one.path).name):
                return one
        hint = did_you_mean(name, [one.id for one in known]) or ", ".join(one.id for one in known)
        raise UsageError(f"there is no {kind} {name} in this project", hint=hint)

    def spec_of(self, reference: str | None) -> Spec | None:
        """The specification that a dataset or a prompt set names, if it is there."""
        found = self.project.named("values-spec", parse_reference(reference).id) if reference else None
        return found.model if found is not None and isinstance(found.model, Spec) else None

    def shown(self, path: Path) -> str:
        """A path as it can be opened from where the user is."""
        return str(path.relative_to(self.here)) if path.is_relative_to(self.here) else str(path)


def open_workplace(here: Path) -> Workplace:
    """The project around a folder. Raises UsageError where there is none."""
    root = find_root(here)
    if root is None:
        raise UsageError("no palms.toml here or in a folder above", hint="palms init makes a project")
    settings = load_settings(root)
    inputs = find_inputs([root], exclude=settings.exclude, model_specs=settings.model_specs)
    content = Content(inputs.root)

    def read(path: str) -> Document | None:
        data = content.read(path)
        return read_document(path, data) if may_be_document(data) else None

    project = load_project(root, inputs.names, read, content.read, published=inputs.published)
    return Workplace(root, here, project)


def add_item(path: Path, pointer: str, key: str, item: dict[str, Plain], *, after: int | None = None) -> None:
    """Add an item to a list of a YAML document, and leave everything else in it as it stands.

    `pointer` leads to the mapping with the list, over the ids of items. Raises UsageError where the document cannot be
    edited so.
    """
    data = read_bytes(path)
    source = decode(str(path), data)
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError(f"{path} is no YAML", hint="add it by hand")
    try:
        root = read_yaml(source)
        found = locate(root, pointer) if root is not None else None
        if found is None or not found.exact or not isinstance(found.node, MappingNode):
            raise UsageError(f"{path} holds nothing at {pointer or 'its top'} that {key} could stand in")
        text = insert_item(source, found.node, key, item, after=after)
    except SourceSyntaxError as error:
        raise UsageError(f"{path} cannot be read: {error.message}", hint=error.hint) from error
    except CannotInsert as error:
        raise UsageError(
            f"nothing was written to {path}: {error}", hint="add it by hand, or change the layout"
        ) from error
    write_atomically(path, (BOM if source.has_bom else b"") + text.encode())


def write_new(path: Path, text: str, *, shown: str, hint: str = "") -> None:
    """Write a file that is not there yet. Raises UsageError, which calls it as it is `shown`, where it is."""
    if path.exists() or path.is_symlink():
        raise UsageError(f"{shown} is there already, and nothing was written", hint=hint)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode("utf-8", "surrogatepass"))


def category_of(spec: Spec, category: str | None, positions: Sequence[str]) -> str:
    """The category that is named, or that of the positions. Raises UsageError for what is not in the specification."""
    owners = {position.id: owner.id for owner in spec.categories for position in owner.positions}
    own = [position for position, owner in owners.items() if owner == category]
    for position in positions:
        if position not in owners:
            raise UsageError(f"there is no position {position} in {spec.id}", hint=nearest(position, owners, own))
    known = [one.id for one in spec.categories]
    if category is None:
        found = sorted({owners[position] for position in positions})
        if len(found) == 1:
            return found[0]
        message = "the positions are of several categories" if found else "no category is named"
        raise UsageError(message, hint=f"name one with --category: {', '.join(found or known)}")
    if category not in known:
        raise UsageError(f"there is no category {category} in {spec.id}", hint=nearest(category, known))
    for position in positions:
        if owners[position] != category:
            hint = f"{category} has {', '.join(own) or 'none'}"
            raise UsageError(f"{position} is a position of {owners[position]}", hint=hint)
    return category
