from __future__ import annotations

import gzip
import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

import pytest

from palms_spec.engine.cache import Cache
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES
from palms_spec.sources.trees import FolderTree
from palms_spec.workflows.versions import VersionReader
from tests.projects import write_project

FOLDER = "datasets/example/"
WHOLE = {"id": "a", "category": "health", "prompt": "Why?", "completion": "Because."}
ROWS = (
    "\n".join(json.dumps({**WHOLE, "id": name}) for name in ("a", "b")) + "\n\n{not json\n" + json.dumps(WHOLE) + "\n"
)


class Read(FolderTree):
    """A tree that remembers what was read."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            root, lambda: sorted(path.relative_to(root).as_posix() for path in root.rglob("*.*") if path.is_file())
        )
        self.marks  # noqa: B018 - marking reads every file
        self.read_names: list[str] = []

    def read(self, name: str) -> bytes:
        self.read_names.append(name)
        return super().read(name)

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        if hasattr(self, "read_names"):
            self.read_names.append(name)
        return super().open(name)


def samples(root: Path, files: dict[str, str | bytes | None]):
    """The samples that a version has of the one dataset, and what it could not read."""
    others = dict.fromkeys(SAMPLES)
    write_project(root, {**others, DATASET_PATH: DATASET.replace("samples/**/*.md", '"**/*.*"'), **files})
    found = VersionReader(root).read(Read(root))
    return found.version.datasets["example"].samples, found.unread


def test_markdown(tmp_path):
    read, unread = samples(tmp_path, {FOLDER + "samples/health/a.md": SAMPLES[FOLDER + "samples/sore-throat.md"]})
    (one,) = read.values()
    assert (one.id, one.path, one.category, one.positions) == (
        "health/a",
        FOLDER + "samples/health/a.md",
        "health",
        ("health.no-diagnosis",),
    )
    assert unread == ()


@pytest.mark.parametrize("name", ["list.yaml", "list.json"])
def test_a_list_has_a_pointer_to_each(tmp_path, name):
    read, _ = samples(tmp_path, {FOLDER + name: json.dumps([{**WHOLE, "id": "x"}, WHOLE])})
    assert [(one.id, one.pointer, one.line) for one in read.values()] == [("x", "/0", 0), ("a", "/1", 0)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rows.jsonl", ROWS.encode()),
        ("rows.jsonl.gz", gzip.compress(ROWS.encode(), mtime=0)),
        ("marked.jsonl", b"\xef\xbb\xbf" + ROWS.encode()),
    ],
)
def test_a_row_has_a_line_and_the_first_of_equal_ids_counts(tmp_path, name, data):
    read, unread = samples(tmp_path, {FOLDER + name: data})
    assert [(one.id, one.line) for one in read.values()] == [("a", 1), ("b", 2)]
    assert unread == ()


def test_the_same_sample_has_the_same_hash_in_every_form(tmp_path):
    markdown = "---\ncategory: health\n---\n# Why?\n\nBecause.\n"
    hashes = set()
    for number, (name, data) in enumerate(
        {"samples/a.md": markdown, "a.yaml": json.dumps([WHOLE]), "a.jsonl": json.dumps(WHOLE) + "\n"}.items()
    ):
        read, _ = samples(tmp_path / str(number), {FOLDER + name: data})
        hashes |= {one.hash for one in read.values()}
    assert len(hashes) == 1


def test_both_ends_of_a_preference_count(tmp_path):
    pair = {"id": "a", "category": "health", "prompt": "Why?", "chosen": "Because.", "rejected": "No."}
    one, _ = samples(tmp_path / "1", {FOLDER + "a.json": json.dumps([pair])})
    other, _ = samples(tmp_path / "2", {FOLDER + "a.json": json.dumps([{**pair, "rejected": "Nope."}])})
    assert one["a"].turns_hash == other["a"].turns_hash
    assert one["a"].hash != other["a"].hash


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.jsonl.gz", gzip.compress(ROWS.encode(), mtime=0)[:40]),
        ("samples/empty.md", ""),
        ("samples/binary.md", b"\xff\xfe\x00"),
        ("list.yaml", "- [\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path, name, data):
    read, unread = samples(tmp_path, {FOLDER + name: data})
    assert (read, unread) == ({}, (FOLDER + name,))


def test_a_document_that_cannot_be_read_is_said(tmp_path):
    write_project(tmp_path, {"specs/example/spec.yaml": "palms: 1\nkind: values-spec\nid: {\n"})
    found = VersionReader(tmp_path).read(Read(tmp_path))
    assert found.version.specs == {}
    assert found.unread == ("specs/example/spec.yaml",)


def test_a_file_that_is_the_same_in_two_trees_is_read_once(tmp_path):
    write_project(tmp_path)
    reader, first = VersionReader(tmp_path), Read(tmp_path)
    reader.read(first)
    changed = FOLDER + "samples/sore-throat.md"
    write_project(tmp_path, {changed: SAMPLES[changed].replace("strep", "viral")})
    second = Read(tmp_path)
    reader.read(second)
    assert [name for name in first.read_names if name.endswith(".md")] == sorted(SAMPLES)
    assert [name for name in second.read_names if name.endswith(".md")] == [changed]


def test_what_a_cache_knows_is_not_read_and_is_the_same(tmp_path):
    rows = {
        FOLDER + "rows.jsonl": ROWS,
        DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]"),
    }
    write_project(tmp_path, rows)
    read = []
    for _ in range(2):
        cache, tree = Cache(tmp_path), Read(tmp_path)
        version = VersionReader(tmp_path, (), cache).read(tree).version
        cache.close()
        read.append(
            (version.datasets["example"].samples, [n for n in tree.read_names if n.endswith((".md", ".jsonl"))])
        )
    assert read[0][0] == read[1][0]
    assert (len(read[0][1]), read[1][1]) == (3, [])


def test_rows_that_moved_to_other_lines_are_the_same(tmp_path):
    write_project(
        tmp_path, {DATASET_PATH: DATASET.replace("samples/**/*.md", "rows.jsonl"), FOLDER + "rows.jsonl": ROWS}
    )
    reader = VersionReader(tmp_path)
    first = reader.read(Read(tmp_path)).version.datasets["example"].samples
    write_project(
        tmp_path, {DATASET_PATH: DATASET.replace("samples/**/*.md", "rows.jsonl"), FOLDER + "rows.jsonl": "\n\n" + ROWS}
    )
    second = reader.read(Read(tmp_path)).version.datasets["example"].samples
    assert [(one.id, one.hash, one.line) for one in first.values()] == [
        (one.id, one.hash, one.line - 2) for one in second.values()
    ]


def test_a_file_of_rows_may_be_larger_than_a_document(tmp_path):
    row = json.dumps({**WHOLE, "completion": "So. " * 500})
    rows = "\n".join(row.replace('"a"', f'"a{number}"') for number in range(6_000))
    read, unread = samples(tmp_path, {FOLDER + "rows.jsonl": rows})
    assert (len(rows) > 10_000_000, len(read), unread) == (True, 6_000, ())


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_without_end_is_no_row(tmp_path, packed):
    data = b'{"id": "' + b"a" * 10_100_000
    name = FOLDER + ("rows.jsonl.gz" if packed else "rows.jsonl")
    _, unread = samples(tmp_path, {name: gzip.compress(data, mtime=0) if packed else data})
    assert unread == (name,)


def test_what_is_excluded_is_not_there(tmp_path):
    write_project(tmp_path)
    found = VersionReader(tmp_path, ("specs",)).read(Read(tmp_path))
    assert (list(found.version.specs), list(found.version.datasets)) == ([], ["example"])
