from __future__ import annotations

import codecs
import gzip
import os
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.errors import UnreadableSource
from palms_spec.sources import jsonl
from palms_spec.sources.jsonl import Shard, iter_rows, plan_shards


@pytest.fixture
def file(tmp_path):
    def write(data: bytes):
        path = tmp_path / "rows.jsonl"
        path.write_bytes(data)
        return path

    return write


def rows_of(path, shard_bytes: int = 1 << 30):
    return [row for shard in plan_shards(path, shard_bytes) for row in iter_rows(shard)]


def expected_rows(data: bytes, limit: int = jsonl.MAX_ROW_BYTES) -> list[tuple[bytes | None, int, int]]:
    """The same, line by line and slowly."""
    at = 3 if data.startswith(codecs.BOM_UTF8) else 0
    rows: list[tuple[bytes | None, int, int]] = []
    for line, raw in enumerate(data[at:].split(b"\n"), start=1):
        content = raw.removesuffix(b"\r")
        if len(raw) > limit:
            rows.append((None, line, at))
        elif content.strip(b" \t\r"):
            rows.append((content, line, at))
        at += len(raw) + 1
    return rows


def test_a_row_has_its_bytes_line_and_offset(file):
    assert rows_of(file(b'{"a":1}\r\n\n \t\r\n{"b":\r2}\r\n[]')) == [
        (b'{"a":1}', 1, 0),
        (b'{"b":\r2}', 4, 14),
        (b"[]", 5, 24),
    ]


def test_a_byte_order_mark_is_told_of_and_counts_in_offsets(file):
    path = file(codecs.BOM_UTF8 + b"{}\n[]\n")
    assert plan_shards(path, 4) == [
        Shard(str(path), 3, 9, 1, has_bom=True),
    ]
    assert plan_shards(path, 3) == [Shard(str(path), 3, 6, 1, has_bom=True), Shard(str(path), 6, 9, 2)]
    assert rows_of(path) == [(b"{}", 1, 3), (b"[]", 2, 6)]


def test_an_empty_file_has_one_shard_without_rows(file):
    path = file(b"")
    assert plan_shards(path, 10) == [Shard(str(path), 0, None, 1)]
    assert rows_of(path) == []


def test_a_shard_can_be_sent_to_another_process(file):
    shard = plan_shards(file(b"{}\n"), 10)[0]
    assert pickle.loads(pickle.dumps(shard)) == shard


def test_a_shard_is_as_long_as_its_last_line_needs(file):
    path = file(b"1234\n" * 10)
    assert [(shard.start, shard.end, shard.first_line) for shard in plan_shards(path, 12)] == [
        (0, 15, 1),
        (15, 30, 4),
        (30, 45, 7),
        (45, 50, 10),
    ]
    assert [shard.end for shard in plan_shards(path, 10)] == [10, 20, 30, 40, 50]


lines = st.lists(
    st.one_of(st.binary(max_size=12), st.sampled_from([b"", b"\r", b"{}\r", b" \t", b"x" * 30, b"y" * 21]))
)


@given(lines, st.booleans(), st.integers(1, 60), st.integers(1, 9), st.integers(9, 40))
def test_shards_together_give_the_rows_of_the_file(tmp_path_factory, lines, has_bom, shard_bytes, block, limit):
    data = codecs.BOM_UTF8 * has_bom + b"\n".join(lines)
    path = tmp_path_factory.getbasetemp() / "shards.jsonl"
    path.write_bytes(data)
    if data[:2] == b"\x1f\x8b":
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl, "BLOCK_BYTES", block)
        patch.setattr(jsonl, "MAX_ROW_BYTES", limit)
        shards = plan_shards(path, shard_bytes)
        assert rows_of(path, shard_bytes) == expected_rows(data, limit)
        assert [shard.start for shard in shards[1:]] == [shard.end for shard in shards[:-1]]
        for shard in shards[1:]:
            assert data[shard.start - 1 : shard.start] == b"\n"


def test_a_line_that_is_too_long_is_told_of_and_not_held(file):
    path = file(b"{}\n" + b"x" * 50_000_000 + b"\n[]\n")
    assert rows_of(path) == [(b"{}", 1, 0), (None, 2, 3), (b"[]", 3, 50_000_004)]
    assert rows_of(path, 1000) == rows_of(path)


def test_packed_rows_have_the_offsets_of_the_unpacked_text(file):
    path = file(gzip.compress(codecs.BOM_UTF8 + b'{"a":1}\n') + gzip.compress(b"[]\n"))
    assert plan_shards(path, 1) == [Shard(str(path), 3, None, 1, has_bom=True, packed=True)]
    assert rows_of(path) == [(b'{"a":1}', 1, 3), (b"[]", 2, 11)]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(
            lambda data: data[: len(data) * 3 // 4], "the gzip data end before they are complete", id="cut off"
        ),
        pytest.param(lambda data: data[:-8] + b"\0" * 8, "the gzip data are broken", id="a wrong checksum"),
        pytest.param(lambda data: data + b"rest", "the gzip data are broken", id="something behind"),
        pytest.param(lambda data: data[:2], "the gzip data end before they are complete", id="nothing but a mark"),
    ],
)
def test_damaged_gzip_gives_the_good_rows_and_then_an_error(file, damage, message):
    rows = [f'{{"id":{number},"hash":"{number**9:x}"}}'.encode() for number in range(5000)]
    path = file(damage(gzip.compress(b"\n".join(rows) + b"\n")))
    (shard,) = plan_shards(path, 1000)
    seen: list[bytes | None] = []
    with pytest.raises(UnreadableSource, match=message):
        seen.extend(raw for raw, _, _ in iter_rows(shard))
    assert seen == rows[: len(seen)]
    if path.stat().st_size > 100:
        assert len(seen) > 3000


def test_a_gzip_bomb_is_one_line_that_is_too_long(file):
    packed = gzip.compress(b"\0" * 60_000_000)
    assert rows_of(file(packed)) == [(None, 1, 0)]


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "none", "."):
        with pytest.raises(UnreadableSource):
            plan_shards(tmp_path / name, 10)
