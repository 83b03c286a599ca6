"""Compiled files, kept where jobs read them: what is compiled again meanwhile, or deleted, changes no job."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import orjson

from palms_spec.errors import SourceError, UsageError
from palms_spec.providers.provider import RemoteFile, Sent, TrainingFile
from palms_spec.sources.files import open_regular, read_bytes
from palms_spec.sources.staged_folder import staged_folder
from palms_spec.training.manifest import MANIFEST_FILE
from palms_spec.training.manifest_reading import MOST_BYTES, Manifest, read_manifest
from palms_spec.training.row_file import write_whole
from palms_spec.training.target_writer import LINES_FILE

TARGET = "trl"
SHAPES = ("prompt-completion-chat", "prompt-completion")
BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A folder with rows and the manifest that `palms compile` wrote for them."""

    folder: Path

    @property
    def id(self) -> str:
        """What it is called: the split, and what follows from the bytes of rows and manifest."""
        return self.folder.name

    @property
    def rows(self) -> Path:
        """The file with the rows."""
        return self.folder / f"{self.id.rpartition('-')[0]}.jsonl"

    @property
    def manifest(self) -> Manifest:
        """What is known of where they come from."""
        return read_manifest(self.folder)

    def sample_at(self, line: int) -> str:
        """The id of the sample that a line comes from, "" where it is not known."""
        try:
            with (self.folder / LINES_FILE).open("rb") as file:
                for row in map(orjson.loads, file):
                    if (row["file"], row["line"]) == (self.rows.name, line):
                        return str(row["sample"])
        except (FileNotFoundError, ValueError, KeyError):
            pass
        return ""


def find_kept(root: Path, file: TrainingFile) -> KeptFile | None:
    """The copy of a file and its manifest below a folder, if there is one."""
    kept = _place(root, file)
    return kept if kept.rows.is_file() else None


def keep(root: Path, file: TrainingFile, sent: Sent) -> KeptFile:
    """Copy a compiled file and its manifest into a folder of their own below another, unless they are there.

    Raises UsageError for a file that is none of `palms compile` for trl, or no longer what its manifest says.
    """
    manifest = read_manifest(file.path.parent)
    _check(manifest, file)
    kept = _place(root, file)
    if kept.rows.is_file():
        return kept
    with staged_folder(kept.folder) as staged:
        if _copied(file, staged.path / file.path.name, sent) != file.sha256:
            raise UsageError(f"{file.path} was changed while it was read", hint="compile again")
        write_whole(staged.path / MANIFEST_FILE, _manifest_bytes(file))
        lines = file.path.parent / LINES_FILE
        if lines.is_file():
            shutil.copyfile(lines, staged.path / LINES_FILE)
        staged.commit()
    return kept


def remote_file(kept: KeptFile) -> RemoteFile:
    """A kept file as a provider tells of it."""
    return RemoteFile(kept.id, kept.rows.name, kept.rows.stat().st_size)


def _place(root: Path, file: TrainingFile) -> KeptFile:
    digest = sha256(file.sha256.encode() + b"\n" + _manifest_bytes(file)).hexdigest()
    return KeptFile(root / f"{file.path.stem}-{digest[:16]}")


def _manifest_bytes(file: TrainingFile) -> bytes:
    try:
        return read_bytes(file.path.parent / MANIFEST_FILE, MOST_BYTES)
    except SourceError as error:
        raise UsageError(
            f"{file.path}: there is no manifest beside it that says where it comes from",
            hint=f"palms compile DATASET --target {TARGET}, and train on the file that it writes",
        ) from error


def _check(manifest: Manifest, file: TrainingFile) -> None:
    again = f"palms compile {manifest.dataset} --target {TARGET}"
    if manifest.target != TARGET:
        raise UsageError(f"{file.path} was compiled for {manifest.target}", hint=again)
    if manifest.method != "sft" or manifest.shape not in SHAPES:
        what = f"{manifest.method}, {manifest.shape}"
        raise UsageError(f"{file.path} holds rows of another kind ({what})", hint=f"{again} --shape {SHAPES[0]}")
    for written in manifest.outputs:
        if written.file == file.path.name:
            if written.sha256 != file.sha256:
                raise UsageError(f"{file.path}: its bytes are others than its manifest says", hint=again)
            return
    raise UsageError(f"{file.path} is not named in the manifest beside it", hint=again)


def _copied(file: TrainingFile, target: Path, sent: Sent) -> str:
    """Copy a file; the hash of what was copied."""
    digest, done = sha256(), 0
    try:
        with open_regular(file.path) as source, target.open("wb") as out:
            while block := source.read(BLOCK_BYTES):
                digest.update(block)
                out.write(block)
                done += len(block)
                sent(done)
    except SourceError as error:
        raise UsageError(f"{file.path}: {error.message}", hint=error.hint) from error
    shutil.copymode(file.path, target)
    return digest.hexdigest()
