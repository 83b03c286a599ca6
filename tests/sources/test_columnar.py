from __future__ import annotations

import builtins
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from palms_spec.errors import MissingExtra, UnreadableSource
from palms_spec.sources.columnar import columnar_rows, columnar_size
from tests.sources.tables import write_table

KINDS = pytest.mark.parametrize("kind", ["parquet", "arrow-file", "arrow-stream"])


@KINDS
def test_rows_come_in_order_and_as_they_are(tmp_path, kind):
    rows = [{"text": f"row {at}", "n": at, "nested": [{"role": "user", "content": None}]} for at in range(1000)]
    path = write_table(tmp_path / "t", rows, kind)
    assert list(columnar_rows(path, kind)) == rows


@KINDS
def test_values_of_every_type_come(tmp_path, kind):
    table = pa.table(
        {
            "day": [date(2021, 6, 10), None],
            "time": [datetime(2021, 6, 10, 1, 2, 3, 4, UTC), None],
            "fine": pa.array([1, None], pa.timestamp("ns")),
            "exact": [Decimal("1.10"), None],
            "bytes": [b"\xff", None],
            "map": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int64())),
            "word": pa.array(["a", None]).dictionary_encode(),
        }
    )
    first, second = columnar_rows(write_table(tmp_path / "t", table, kind), kind)
    assert isinstance(first, dict)
    assert first["fine"] == "1970-01-01 00:00:00.000000001"
    assert (first["exact"], first["bytes"], first["map"], first["word"]) == (Decimal("1.10"), b"\xff", [("k", 1)], "a")
    assert isinstance(second, dict)
    assert set(second.values()) == {None}


@KINDS
def test_a_row_that_is_no_utf8_is_named_and_the_others_come(tmp_path, kind):
    offsets, data = pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0"), pa.py_buffer(b"a\xffb")
    table = pa.table({"text": pa.StringArray.from_buffers(3, offsets, data)})
    first, second, third = columnar_rows(write_table(tmp_path / "t", table, kind), kind)
    assert (first, third) == ({"text": "a"}, {"text": "b"})
    assert isinstance(second, UnreadableSource)
    assert "utf-8" in second.message


@KINDS
def test_a_file_that_is_cut_off_is_an_error(tmp_path, kind):
    path = write_table(tmp_path / "t", [{"a": "x" * 1000}] * 100, kind)
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(UnreadableSource, match=f"cannot be read as {kind.replace('-', ' ')}"):
        list(columnar_rows(path, kind))


def test_only_parquet_says_how_many_rows_there_are(tmp_path):
    rows = [{"a": 1}] * 7
    assert columnar_size(write_table(tmp_path / "p", rows, "parquet"), "parquet") == 7
    assert columnar_size(write_table(tmp_path / "s", rows, "arrow-stream"), "arrow-stream") is None
    (tmp_path / "p").write_bytes(b"PAR1")
    assert columnar_size(tmp_path / "p", "parquet") is None


def test_without_pyarrow_it_is_said_what_to_install(tmp_path, monkeypatch):
    path = write_table(tmp_path / "p", [{"a": 1}], "parquet")
    real = builtins.__import__

    def without(name, *given, **named):
        if name == "pyarrow":
            raise ImportError(name)
        return real(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra) as raised:
        list(columnar_rows(path, "parquet"))
    assert raised.value.hint == "install it with: pip install 'palms-spec[remote]'"
