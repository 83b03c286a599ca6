"""Whatever stands in a row, it becomes samples that read as they were written, or is refused with a reason."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.training.readers.conversation import UnfitRow
from palms_spec.training.readers.formats import FORMATS
from palms_spec.training.readers.own_form import metadata_of, own_value, system_of, turns_of
from palms_spec.training.readers.sample_ids import SampleIds
from palms_spec.workflows.imported_samples import FilesWriter, RowsWriter
from tests.training.readers.conversations import VALUES, WORDS

ROLES = st.sampled_from(["user", "assistant", "system", "tool", "gpt", "function_call", "nobody", "", 5])
MESSAGE = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("role", "from"), ROLES),
        **dict.fromkeys(("content", "value", "parts", "text"), st.one_of(WORDS, VALUES)),
        **dict.fromkeys(("weight", "trainable", "tool_calls", "function_call", "name", "tool_call_id"), VALUES),
    },
)
CELL = st.one_of(WORDS, VALUES, st.lists(MESSAGE, max_size=3), MESSAGE, st.fixed_dictionaries({"messages": st.lists(MESSAGE, max_size=3)}))  # fmt: skip
COLUMNS = sorted(
    {key for one in FORMATS for keys in one.keys for key in keys}
    | {"system", "tools", "functions", "weight", "input", "context", "history", "prompt", "metadata", "imported", "id"}
    | {"systemInstruction", "schemaVersion"}
)
HALVES = st.text(st.characters(), max_size=3)


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_row_is_read_or_refused(tmp_path_factory, one, data):
    keys = data.draw(st.sampled_from(one.keys))
    others = st.dictionaries(st.sampled_from(COLUMNS), CELL, max_size=5)
    row = data.draw(others) | data.draw(st.fixed_dictionaries(dict.fromkeys(keys, CELL)))
    row |= {data.draw(HALVES): data.draw(HALVES)}
    before = json.dumps(row)
    made = samples_of(one, row)
    assert json.dumps(row) == before, "reading changes nothing"
    root = tmp_path_factory.mktemp("odd")
    for kind in (RowsWriter, FilesWriter):
        (root / kind.__name__).mkdir()
        writer = kind(root / kind.__name__, "d")
        reasons = [reason_of(writer, name, value) for name, value in made]
        writer.close()
        assert all(not reason or "surrogate" in reason for reason in reasons), reasons


def samples_of(one, row) -> list[tuple[str, dict]]:
    """Ids and written forms; none where the row is refused."""
    try:
        conversations = one.read(row)
    except UnfitRow:
        return []
    with SampleIds() as ids:
        return [
            (ids.give(turns_of(one)), own_value(one, metadata_of(one, row, {"line": 1}), system=system_of(one)))
            for one in conversations
        ]


def reason_of(writer, name, value) -> str:
    """Why a sample cannot be written; "" if it is."""
    try:
        writer.add(name, value)
    except UnfitRow as error:
        return error.message
    return ""
