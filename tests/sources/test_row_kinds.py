from __future__ import annotations

import gzip

import pytest

from palms_spec.errors import UnreadableSource
from palms_spec.sources.row_kinds import row_kind
from tests.sources.tables import write_table

ROWS = [{"prompt": "a"}]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"a": 1}\n', "jsonl"),
        (b"\xef\xbb\xbf\n [1]", "json-array"),
        (b"", "jsonl"),
        (gzip.compress(b'{"a": 1}\n'), "jsonl"),
        (gzip.compress(b"[1]"), "json-array"),
        (gzip.compress(b"[1]")[:8], "jsonl"),
    ],
    ids=["rows", "list behind a mark", "nothing", "packed rows", "packed list", "broken packing"],
)
def test_text_is_told_by_its_first_character(tmp_path, data, kind):
    path = tmp_path / "file"
    path.write_bytes(data)
    assert row_kind(path) == kind


@pytest.mark.parametrize("kind", ["parquet", "arrow-file", "arrow-stream"])
def test_tables_are_told_by_their_first_bytes_whatever_their_names(tmp_path, kind):
    assert row_kind(write_table(tmp_path / "rows.jsonl", ROWS, kind)) == kind


@pytest.mark.parametrize("data", [b"\x7fELF\0\0", b"P\0A\0R\0", b"GIF89a\0"])
def test_what_is_something_else_is_refused(tmp_path, data):
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(UnreadableSource, match="no file of rows"):
        row_kind(tmp_path / "file")
