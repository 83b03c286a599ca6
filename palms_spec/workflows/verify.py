"""Prove that compiled files, or a model that was trained on them, come from the sources that the manifest names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from palms_spec import __version__
from palms_spec.documents.discovery import PROJECT_FILE, SUFFIXES, find_root, literal_glob
from palms_spec.documents.published.files import SUFFIX
from palms_spec.errors import PalmsError, UnreadableSource, UsageError
from palms_spec.sources.git import commit_of, contents_at, files_at
from palms_spec.targets.plan import plan_for
from palms_spec.training.local.proof import check_model, model_folder, read_record
from palms_spec.training.local.record import DATA_MANIFEST
from palms_spec.training.manifest import outputs_of
from palms_spec.training.manifest_reading import read_manifest
from palms_spec.training.verified import Verified
from palms_spec.workflows.compile import write_rows
from palms_spec.workflows.compiled_sources import hash_file, sources_of
from palms_spec.workflows.datasets import OpenDataset, open_dataset


def verify(path: Path, revision: str | None = None) -> Verified:
    """Compare outputs and sources with the manifest at a path, then compile the sources again and compare the bytes.

    At the path may also be a model that was trained here: then its files are compared with its record, and the sources
    with the manifest of the rows it learnt. The sources are those of the project around it, or else around the current
    folder; with a revision, those that this project's repository has there. Raises UsageError where there is no
    manifest or no such revision.
    """
    model = model_folder(path)
    manifest = read_manifest(path if model is None else model / DATA_MANIFEST)
    found = Verified(manifest)
    if model is not None:
        found.model, found.differences = check_model(read_record(model), manifest)
    else:
        for written in manifest.outputs:
            if problem := _compared(manifest.folder / written.file, written.sha256):
                found.differs("output", written.file, problem)
    root = find_root(manifest.folder.absolute()) or find_root(Path.cwd()) or Path.cwd()
    if revision is None:
        _check_sources(root, found)
    else:
        found.commit = commit_of(root, revision)
        with _checked_out(root, found) as copy:
            _check_sources(copy, found)
    return found


def _compared(path: Path, sha256: str) -> str:
    """What is wrong with a file that should have a hash; "" if nothing is."""
    try:
        digest, _ = hash_file(path)
    except UnreadableSource as error:
        return error.message
    return "" if digest == sha256 else "its bytes are others than the manifest says"


@contextmanager
def _checked_out(root: Path, found: Verified) -> Iterator[Path]:
    """A folder with the documents and samples of a revision, as far as they may belong to the dataset."""
    manifest = found.manifest
    listed = {source.path for source in manifest.sources}
    below = manifest.dataset_path.rpartition("/")[0]
    near = below + "/" if below else ""
    names = [
        name
        for name in files_at(root, found.commit)
        if name in listed or (name.startswith(near) and name.endswith(SUFFIXES))
    ]
    with TemporaryDirectory(prefix="palms-verify-") as folder:
        copy = Path(folder)
        published = [literal_glob(manifest.dataset_path)] if manifest.dataset_path.endswith(SUFFIX) else []
        (copy / PROJECT_FILE).write_text(f"model-specs = {json.dumps(published)}\n")
        for name, data in contents_at(root, found.commit, names):
            place = copy / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        yield copy


def _check_sources(root: Path, found: Verified) -> None:
    """Compare the sources below a root, and what the dataset claims there by now; then compile them again."""
    manifest, before = found.manifest, len(found.differences)
    for source in manifest.sources:
        if problem := _compared(root / source.path, source.sha256):
            found.differs("source", source.path, problem)
    try:
        dataset = open_dataset(manifest.dataset_path, root, known_as=manifest.dataset)
        listed = {source.path for source in manifest.sources}
        for source in sources_of(dataset):
            if source.path not in listed:
                found.differs("source", source.path, "it belongs to the dataset now, and the manifest does not know it")
        if len(found.differences) == before:
            _make_again(dataset, found)
    except PalmsError as error:
        found.differs("making", "", f"the dataset cannot be compiled again: {error.message}")


def _make_again(dataset: OpenDataset, found: Verified) -> None:
    manifest = found.manifest
    plan = plan_for(
        manifest.target,
        method=manifest.method,
        shape=manifest.shape,
        model=manifest.model,
        max_tokens=manifest.max_tokens,
    )
    with TemporaryDirectory(prefix="palms-verify-") as folder:
        (files,) = write_rows(dataset, [(plan, Path(folder))], frozenset(manifest.wanted))
    if files.refusals:
        raise UsageError(files.refusals[0].reason.message)
    made = {written.file: written.sha256 for written in outputs_of(files)}
    said = {written.file: written.sha256 for written in manifest.outputs}
    by = "" if manifest.tool_version == __version__ else f" (by palms {__version__}; it was {manifest.tool_version})"
    for name in sorted(made.keys() | said.keys()):
        if made.get(name) != said.get(name):
            found.differs("making", name, f"the sources give other bytes than the manifest says{by}")
    found.made_again = made == said
