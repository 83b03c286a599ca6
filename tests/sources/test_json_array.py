from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.errors import UnreadableSource
from palms_spec.sources import json_array
from palms_spec.sources.json_array import BrokenList, iter_items

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=8,
)


def items(path):
    """The items that can be read, and where and why reading ended early."""
    found = []
    try:
        for raw, line in iter_items(path):
            found.append((json.loads(raw), line))
    except BrokenList as error:
        return found, (error.line, error.message)
    return found, None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(VALUES, max_size=6),
    indent=st.sampled_from([None, 1]),
    block=st.integers(1, 40),
    escaped=st.booleans(),
    packed=st.booleans(),
)
def test_items_come_back_however_the_file_is_cut_into_blocks(
    tmp_path, monkeypatch, values, indent, block, escaped, packed
):
    text = json.dumps(values, indent=indent, ensure_ascii=escaped)
    data = text.encode("utf-8", "surrogatepass" if escaped else "strict")
    (tmp_path / "list.json").write_bytes(gzip.compress(data) if packed else data)
    monkeypatch.setattr(json_array, "BLOCK_BYTES", block)
    found, broken = items(tmp_path / "list.json")
    assert broken is None
    assert [value for value, _ in found] == values


def test_an_item_has_the_line_where_it_begins(tmp_path):
    (tmp_path / "list.json").write_text('[\n  {"a":\n 1},\n\n  {"b": 2}, 3\n]\n')
    assert items(tmp_path / "list.json") == ([({"a": 1}, 2), ({"b": 2}, 5), (3, 5)], None)


@pytest.mark.parametrize(
    ("text", "read", "broken"),
    [
        ("[]", 0, None),
        ('[{"a": 1},\n{"b": ', 1, (2, "expecting value")),
        ("[1,\n2", 2, (2, "the list is not closed")),
        ('[{"a": 1},\n]', 1, (2, "expecting value")),
        ('[{"a": 1}\n{"b": 2}]', 1, (2, "expected a comma or ]")),
        ("[1] \n x", 1, (2, "text goes on where the list has ended")),
        ('[{"a":\n tru}]', 0, (2, "expecting value")),
        ('{"a": 1}', 0, (1, "expected a list of rows")),
        ("", 0, (1, "expected a list of rows")),
        ("[" + "[" * 100_000, 0, (1, "it is nested too deeply")),
    ],
)
def test_what_comes_before_a_break_is_read(tmp_path, text, read, broken):
    (tmp_path / "list.json").write_text(text)
    found, where = items(tmp_path / "list.json")
    assert len(found) == read
    assert where == broken


def test_what_is_no_utf8_or_broken_gzip_is_an_error(tmp_path):
    (tmp_path / "latin.json").write_bytes('["é"]'.encode("latin-1"))
    with pytest.raises(UnreadableSource, match="no UTF-8"):
        list(iter_items(tmp_path / "latin.json"))
    data = json.dumps(["x" * 50_000, "y" * 50_000]).encode()
    (tmp_path / "cut.json").write_bytes(gzip.compress(data)[:-20])
    with pytest.raises(UnreadableSource, match="cannot be read behind line 1"):
        list(iter_items(tmp_path / "cut.json"))
