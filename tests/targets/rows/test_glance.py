"""A glance hides nothing: what is passed over at a glance is read in the same way with all care, and nothing is found."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palms_spec.engine.row_mapping import CheckPlan, RowMapper
from palms_spec.engine.rulebook import Rulebook
from palms_spec.rulekit.index import read_index
from palms_spec.targets.plan import Plan, plan_for
from palms_spec.targets.rows.glance import glance_of
from palms_spec.targets.rows.reading import RowReader
from tests.checking import EVERY_PLAN, clean_row, plan_id

RULES = Rulebook(tuple(record for record in read_index() if record.subject in ("row", "document")))
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "\u200b", "User: hello", "[EOS]", "a", "\u00e9", "é\n\nand", '"quoted"', "\\", "x" * 3000]
    ),
    st.text(max_size=12),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS)
ROLES = st.sampled_from(["system", "user", "assistant", "tool", "developer", "human", "gpt", "model", "User", ""])
KEYS = st.sampled_from(
    [
        "role",
        "content",
        "weight",
        "trainable",
        "name",
        "from",
        "value",
        "parts",
        "text",
        "tools",
        "system",
        "id",
        "input",
    ]
)
VALUES = st.recursive(
    SCALARS | ROLES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)
MESSAGES = {"messages", "contents", "conversations", "prompt", "completion"}


@st.composite
def rows(draw: Any, plan: Plan) -> bytes:
    """Rows that are nearly as the target has them: clean ones with some changes, in one of the ways JSON is written."""
    row: Any = clean_row(plan, draw(st.integers(0, 3)), turns=1)
    for _ in range(draw(st.integers(0, 3))):
        _change(draw, row)
    text = json.dumps(row, ensure_ascii=draw(st.booleans()), separators=draw(st.sampled_from([None, (",", ":")])))
    data = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0:
        data = draw(
            st.sampled_from([data + b" ", data[:-1], b'{"messages": [], ' + data[1:], data.replace(b"1", b"\xff")])
        )
    return data


def _change(draw: Any, row: Any) -> None:
    """One change at some depth."""
    at = row
    while draw(st.booleans()):
        inside = list(at.values()) if isinstance(at, dict) else at if isinstance(at, list) else []
        inside = [one for one in inside if isinstance(one, dict | list) and one]
        if not inside:
            break
        at = draw(st.sampled_from(inside))
    if isinstance(at, list):
        number = draw(st.integers(0, len(at) - 1))
        how = draw(st.sampled_from(["put", "repeat", "drop", "swap"]))
        if how == "put":
            at[number] = draw(VALUES)
        elif how == "repeat":
            at.append(copy.deepcopy(at[number]))
        elif how == "swap":
            at.reverse()
        else:
            del at[number]
    elif isinstance(at, dict):
        key = draw(st.sampled_from(list(at)) | KEYS) if at else draw(KEYS)
        if key in at and draw(st.booleans()):
            at[key] = draw(ROLES | TEXTS)
        elif key in at and draw(st.booleans()):
            del at[key]
        else:
            at[key] = draw(VALUES)


@pytest.mark.parametrize("plan", EVERY_PLAN, ids=plan_id)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_passed_over_is_clean_and_read_alike(plan, data):
    glance = glance_of(RowReader(plan))
    for raw in data.draw(st.lists(rows(plan), min_size=1, max_size=4)):
        check_glance(plan, glance(raw), raw)


def check_glance(plan: Plan, glanced: Any, raw: bytes) -> None:
    """That a row, if it was passed over, is clean, and that the glance read it as it is read with all care."""
    if glanced is None:
        return
    seen, texts = glanced
    row = RowReader(plan).read(json.loads(raw))
    assert [turn.role for turn in row.turns] == list(seen.roles)
    assert [turn.content for turn in row.turns] == texts
    assert row.form == seen.form
    assert row.rejected == []
    mapper = RowMapper(CheckPlan(RULES, plan, gated=False))
    assert mapper.findings_in("rows.jsonl", raw, 1, 0) == []


@pytest.mark.parametrize("plan", [plan for plan in EVERY_PLAN if plan.shape == "sharegpt"], ids=plan_id)
def test_rows_of_equal_roles_and_other_keys_are_told_apart(plan):
    glance, row = glance_of(RowReader(plan)), clean_row(plan, 0)
    for other in (row, {"conversations": row["conversations"]}, row):
        raw = json.dumps(other).encode()
        glanced = glance(raw)
        assert glanced is not None
        check_glance(plan, glanced, raw)


@pytest.mark.parametrize("plan", [plan for plan in EVERY_PLAN if plan.profile.tools], ids=plan_id)
def test_a_tool_that_answers_nothing_is_not_passed_over(plan):
    said = [
        {"role": role, "content": f"{role} {at}"} for at, role in enumerate(("user", "assistant", "tool", "assistant"))
    ]
    assert glance_of(RowReader(plan))(json.dumps({"messages": said}).encode()) is None


@pytest.mark.parametrize("plan", [plan for plan in EVERY_PLAN if plan.method == "sft"], ids=plan_id)
def test_the_usual_row_is_passed_over(plan):
    for turns in (
        (1, 3) if "conversation" in plan.shape or plan.shape in ("openai-chat", "sharegpt", "vertex") else (1,)
    ):
        raw = json.dumps(clean_row(plan, 0, turns=turns)).encode()
        assert glance_of(RowReader(plan))(raw) is not None


def test_a_row_that_may_have_too_many_tokens_is_not_passed_over():
    plan = plan_for("trl", max_tokens=20)
    short, long = (json.dumps(clean_row(plan, 0, turns=turns)).encode() for turns in (1, 1))
    glance = glance_of(RowReader(plan))
    assert glance(short) is None
    assert glance_of(RowReader(plan_for("trl", max_tokens=2000)))(long) is not None
