"""What is found in a training file does not hang on how the work is done."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from palms_spec.engine.row_mapping import RowMapper
from palms_spec.findings import to_row
from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.targets.plan import plan_for
from tests.checking import checked, clean_row, written

PLAN = plan_for("bedrock-nova")


def mixed_rows(count: int) -> list[Any]:
    """Rows of which one in four has a defect, or stands there before, or is much like another."""
    random_ = random.Random(7)
    rows: list[Any] = []
    for number in range(count):
        row: Any = clean_row(PLAN, number, turns=random_.choice((1, 2)))
        row["messages"][0]["content"][0]["text"] += " " + " ".join(f"word{random_.randrange(999)}" for _ in range(30))
        chance = random_.random()
        if chance < 0.06 and rows:
            row = random_.choice(rows)
        elif chance < 0.1:
            row["messages"][-1]["content"][0]["text"] = random_.choice(["", "User: hello", "an answer \ud83d"])
        elif chance < 0.14:
            row = random_.choice([b"", b"{", b'{"messages": NaN}', [1], {**row, "id": 3}])
        elif chance < 0.18 and rows:
            row = json.loads(json.dumps(random_.choice([one for one in rows if isinstance(one, dict)])))
            row["messages"][-1] = {"role": "assistant", "content": [{"text": f"Nobody, {number}."}]}
        rows.append(row)
    return rows


def found(done: Any) -> list[Any]:
    return [to_row(finding) for finding in done.outcome.stream()]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    path = tmp_path_factory.mktemp("mixed") / "rows.jsonl"
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in mixed_rows(600)]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


@pytest.mark.parametrize(
    "options",
    [
        {"gated": False},
        {"shard_bytes": 3_000},
        {"partitions": 8},
        {"shard_bytes": 20_000, "partitions": 4, "gated": False},
    ],
    ids=["every row read with care", "many shards", "many partitions", "all of it"],
)
def test_the_way_of_working_makes_no_difference(mixed, options):
    usual = checked(mixed, PLAN, ignore=())
    other = checked(mixed, PLAN, ignore=(), **options)
    assert found(other) == found(usual) != []
    assert sorted(other.repeated) == sorted(usual.repeated) != []
    assert other.totals == usual.totals


def test_several_processes_make_no_difference(mixed, monkeypatch):
    usual = found(checked(mixed, PLAN, ignore=()))
    monkeypatch.setattr("palms_spec.engine.rowfiles.ONE_PROCESS", 0)
    assert found(checked(mixed, PLAN, ignore=(), jobs=2, shard_bytes=40_000)) == usual


def test_a_rule_that_fails_is_a_finding(tmp_path, monkeypatch):
    def fails(facts):
        raise ZeroDivisionError("by nothing")

    real = RowMapper.__init__

    def broken(self, plan):
        real(self, plan)
        self._rules._calls = [(defect, (record, fails)) for defect, (record, _) in self._rules._calls if not defect]

    monkeypatch.setattr(RowMapper, "__init__", broken)
    done = checked(written(tmp_path / "rows.jsonl", [{**clean_row(PLAN, n), "id": n} for n in range(8)]), PLAN)
    assert RULE_CRASHED.name in {one.rule for one in done.outcome.stream()}
    assert done.outcome.exit_code == 2


def test_what_palms_toml_says_of_rules_counts(tmp_path):
    path = written(tmp_path / "rows.jsonl", [*(clean_row(PLAN, number) for number in range(8)), b""])
    assert [one.severity for one in checked(path, PLAN).outcome.stream()] == ["warning"]
    for toml, severities in (
        ('[lint]\nseverity = {blank-line = "error"}\n', ["error"]),
        ('[lint]\nper-file-ignores = {"*.jsonl" = ["TGT"]}\n', []),
        ('[lint]\nignores = [{path = "rows.jsonl", rule = "TGT027", reason = "wanted"}]\n', []),
        ('[lint]\nignores = [{path = "other.jsonl", rule = "TGT027", reason = "wanted"}]\n', ["warning"]),
        ('[lint]\nselect = ["DOC"]\n', ["warning"]),
    ):
        (tmp_path / "palms.toml").write_text(toml, "utf-8")
        assert [one.severity for one in checked(path, PLAN).outcome.stream()] == severities, toml
