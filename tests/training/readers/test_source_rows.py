from __future__ import annotations

import gzip
import json
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from palms_spec.errors import UnreadableSource
from palms_spec.sources.row_kinds import row_kind
from palms_spec.training.readers.source_files import SourceFile
from palms_spec.training.readers.source_rows import source_rows
from tests.sources.tables import write_table


def rows(path):
    return list(source_rows(SourceFile(path, path.name, row_kind(path))))


def written(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return rows(path)


def test_lines_are_counted_with_those_that_are_blank(tmp_path):
    found = written(tmp_path / "a", '\ufeff{"a": 1}\n\n  \n{"a": 2}\r\n')
    assert [(row.value, row.line) for row in found] == [({"a": 1}, 1), ({"a": 2}, 4)]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"a": NaN}', "NaN is not a value in JSON in column 7"),
        ('{"a": 1, "a": 2}', "a key stands more than once in it, and only one of them could be kept"),
        ('{"a": 1', "what { opens is not closed"),
        ("[" * 2000 + "]" * 2000, "the document is over 200 levels deep in column 201"),
    ],
)
def test_a_row_that_cannot_be_read_exactly_has_a_problem_and_the_others_come(tmp_path, line, problem):
    first, second, third = written(tmp_path / "a", f'{{"b": 1}}\n{line}\n{{"c": 1}}\n')
    assert (first.value, third.value) == ({"b": 1}, {"c": 1})
    assert (second.value, second.line) == (None, 2)
    assert second.problem == problem


def test_bytes_that_are_no_utf8_are_a_problem_of_their_row(tmp_path):
    first, second = written(tmp_path / "a", b'{"a": "\xff"}\n{"b": 1}\n')
    assert first.problem == "byte 0xff is not valid UTF-8 in column 8"
    assert second.value == {"b": 1}


def test_numbers_beyond_64_bits_and_beyond_all_numbers_become_text(tmp_path):
    (row,) = written(tmp_path / "a", '{"a": 123456789012345678901234567890, "b": 1e999, "c": 18446744073709551615}')
    assert row.value == {"a": "123456789012345678901234567890", "b": "Infinity", "c": 18446744073709551615}


def test_half_of_a_surrogate_pair_comes_through(tmp_path):
    (row,) = written(tmp_path / "a", '{"a": "\\ud800"}')
    assert row.value == {"a": "\ud800"}


def test_gzip_that_is_cut_off_gives_what_is_before(tmp_path):
    data = "".join(json.dumps({"a": at, "b": "x" * 50}) + "\n" for at in range(20_000)).encode()
    found = written(tmp_path / "a.gz", gzip.compress(data)[:-40])
    assert [row.value["a"] for row in found[:-1]] == list(range(len(found) - 1))
    assert found[-1].problem == "behind this row the gzip data end before they are complete"


def test_a_list_has_lines_and_numbers(tmp_path):
    found = written(tmp_path / "a.json", '[\n{"a": 1},\n{"a": NaN},\n{"a": 3}\n')
    assert [(row.line, row.number, row.problem) for row in found] == [
        (2, 1, ""),
        (3, 2, "NaN is not a value in JSON in column 7"),
        (4, 3, ""),
        (5, 4, "the list is not closed"),
    ]


def test_of_a_table_nulls_inside_of_conversations_are_left_out_and_columns_kept(tmp_path):
    table = [
        {
            "messages": [
                {"role": "user", "content": "a", "name": None, "tool_calls": None},
                {"role": "assistant", "content": None, "name": "n", "tool_calls": [{"function": {"x": 1, "y": None}}]},
            ],
            "score": None,
            "other": {"z": None, "w": 1},
        }
    ]
    (row,) = rows(write_table(tmp_path / "t", table, "parquet"))
    assert row.value == {
        "messages": [
            {"role": "user", "content": "a"},
            {"role": "assistant", "content": None, "name": "n", "tool_calls": [{"function": {"x": 1}}]},
        ],
        "score": None,
        "other": {"z": None, "w": 1},
    }
    assert row.place == {"row": 1}


def test_values_that_json_has_not_become_text(tmp_path):
    table = pa.table(
        {"day": [date(2021, 6, 10)], "exact": [Decimal("1.10")], "bytes": [b"\xff\0"], "none": [float("nan")]}
    )
    (row,) = rows(write_table(tmp_path / "t", table, "arrow-stream"))
    assert row.value == {"day": "2021-06-10", "exact": "1.10", "bytes": "/wA=", "none": "NaN"}


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "t").write_bytes(b"PAR1 and no more")
    with pytest.raises(UnreadableSource, match=r"^t: cannot be read as parquet"):
        rows(tmp_path / "t")
