"""What is found depends on the files and the settings, and on nothing of how the work is done."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.findings import to_row
from tests.projects import lint, write_project

WORDS = st.sampled_from(
    ["Human:", "rash", "As an AI", "\u200b", "\u00ad", "\x07", "é", "日本語", "<|im_start|>", "the", "doctor", "😀"]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
ROWS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"prompt": TEXTS, "completion": TEXTS}),
        st.fixed_dictionaries(
            {
                "messages": st.lists(
                    st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"]), "content": TEXTS}),
                    min_size=1,
                    max_size=3,
                )
            }
        ),
        st.fixed_dictionaries({"other": TEXTS}),
    ),
    max_size=25,
)


def _write(root, rows, *, repeat=1):
    text = "".join(json.dumps(row) + "\n" for row in rows * repeat)
    (root / "rows.jsonl").write_text(text)
    return root / "rows.jsonl"


def _rows(outcome):
    return [to_row(finding) for finding in outcome.stream()]


@given(rows=ROWS, shard_bytes=st.integers(1, 400), partitions=st.sampled_from([1, 2, 8]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_shards_and_partitions_make_no_difference(tmp_path, rows, shard_bytes, partitions):
    path = _write(tmp_path, rows)
    whole = _rows(lint(path))
    assert whole == _rows(lint(path, shard_bytes=shard_bytes, partitions=partitions))


@given(rows=ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_triggers_make_no_difference(tmp_path, rows):
    path = _write(tmp_path, rows)
    assert _rows(lint(path)) == _rows(lint(path, gated=False))


@given(rows=ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
def test_packing_makes_no_difference(tmp_path, rows):
    path = _write(tmp_path, rows)
    plain = [row[3:] for row in _rows(lint(path))]
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    repacked = json.loads(json.dumps([row[3:] for row in _rows(lint(packed))]).replace("rows.jsonl.gz", "rows.jsonl"))
    assert json.loads(json.dumps(plain)) == repacked


@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_make_no_difference(tmp_path, monkeypatch, jobs):
    monkeypatch.setattr("palms_spec.engine.rowfiles.ONE_PROCESS", 0)
    rows = [
        {"prompt": f"What is {number}?", "completion": "It is a number. " * (number % 7) + "Human:" * (number % 5 == 0)}
        for number in range(400)
    ]
    path = _write(tmp_path, rows, repeat=2)
    one = _rows(lint(path, shard_bytes=2_000, partitions=4))
    assert one, "there is something to find"
    assert one == _rows(lint(path, shard_bytes=2_000, partitions=4, jobs=jobs))


def test_the_cache_makes_no_difference(tmp_path):
    root = write_project(
        tmp_path,
        {
            "datasets/example/samples/marked.md": "---\ncategory: health\npositions: [health.none]\n---\n# Why?\n\nHuman: so.\n",
            "datasets/example/samples/again.md": "---\ncategory: health\npositions: [health.none]\n---\n# Why?\n\nHuman: so.\n",
        },
    )
    without = _rows(lint(root))
    assert without, "there is something to find"
    assert _rows(lint(root, cache=True)) == without, "cold"
    assert _rows(lint(root, cache=True)) == without, "warm"
    (root / "datasets/example/samples/marked.md").write_text("---\ncategory: health\n---\n# Why?\n\nSo.\n")
    assert _rows(lint(root, cache=True)) == _rows(lint(root)), "one file changed"


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_cache_is_replaced(tmp_path, damage):
    root = write_project(tmp_path)
    lint(root, cache=True)
    cache = root / ".palms/cache/lint.sqlite"
    assert cache.is_file()
    cache.write_bytes(damage)
    assert _rows(lint(root, cache=True)) == _rows(lint(root))
