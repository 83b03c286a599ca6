"""Together's client checks the files that are written for Together: the current one, which looks at the form of lines,
and the last one that looked at what messages say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.training.datasets import write_dataset

pytestmark = pytest.mark.readers
OLD = Path(sys.prefix) / "together-1"
_CHECK = """
import json, sys
from together.utils.files import check_file
print(json.dumps([check_file(path) for path in sys.argv[1:]], default=str))
"""


def checked_by_the_old_one(paths) -> list[dict]:
    done = subprocess.run(
        [sys.executable, "-c", _CHECK, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(OLD)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict] = json.loads(done.stdout.splitlines()[-1])
    return found


def files_for_together(*fixtures):
    return [one for files in fixtures for one in files if one.target == "together"]


def test_the_current_client_passes_every_file(shipped, odd, with_tools):
    from together.lib.utils.files import check_file

    files = files_for_together(shipped, odd, with_tools)
    assert {one.shape for one in files} == {"openai-chat", "prompt-completion", "text", "openai-dpo"}
    for one in files:
        report = check_file(one.path)
        assert report["is_check_passed"], report["message"]
        assert report["num_samples"] == len(one.rows)


def test_the_old_client_passes_what_it_knows(shipped, odd):
    """It knows no tools: they came with version 2."""
    files = files_for_together(shipped, odd)
    for one, report in zip(files, checked_by_the_old_one([one.path for one in files]), strict=True):
        assert report["is_check_passed"], (one, report["message"])
        assert report["num_samples"] == len(one.rows)


def test_the_old_client_would_have_said_no(tmp_path):
    """So that the test above shows something."""
    rows = [{"messages": [{"role": "user", "content": "a"}]}, {"messages": [{"role": "narrator", "content": "a"}]}]
    for at, row in enumerate(rows):
        (tmp_path / f"{at}.jsonl").write_text(json.dumps(row) + "\n")
    reports = checked_by_the_old_one([tmp_path / "0.jsonl", tmp_path / "1.jsonl"])
    assert [report["is_check_passed"] for report in reports] == [False, False]


def test_weights_of_rows_pass(tmp_path):
    from together.lib.utils.files import check_file

    from palms_spec.workflows.compile import compile_dataset

    turns = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    write_dataset(tmp_path, [{"messages": turns, "weight": 0.5}, {"messages": turns}])
    compile_dataset("small", tmp_path, targets=["together"], out=tmp_path / "out", lint=False)
    assert check_file(tmp_path / "out/together/train.jsonl")["is_check_passed"]
