"""Any byte of a row leads to the row, its start and its line."""

from __future__ import annotations

import codecs

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.sources import row_access
from palms_spec.sources.jsonl import Shard, iter_rows
from palms_spec.sources.row_access import RowAccess

LINES = st.lists(
    st.binary(max_size=12).map(lambda line: b"{" + line.replace(b"\n", b"").replace(b"\r", b"") + b"}"), min_size=1
)


@given(lines=LINES, has_bom=st.booleans(), ending=st.sampled_from([b"\n", b"\r\n"]), block=st.integers(1, 30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_rows_are_found_again(tmp_path, monkeypatch, lines, has_bom, ending, block):
    monkeypatch.setattr(row_access, "BLOCK", block)
    path = tmp_path / "rows.jsonl"
    path.write_bytes(codecs.BOM_UTF8 * has_bom + ending.join(lines) + ending)
    access = RowAccess(str(path))
    first = len(codecs.BOM_UTF8) * has_bom
    for raw, line, offset in iter_rows(Shard(str(path), first, None, 1)):
        assert raw is not None
        for inside in (offset, offset + len(raw) - 1):
            assert access.row(inside) == (raw, offset)
            assert access.line(inside) == line
    access.close()
