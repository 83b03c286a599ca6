from __future__ import annotations

import json

import pytest

from palms_spec.errors import UsageError
from palms_spec.training.readers.detection import detect
from palms_spec.training.readers.source_files import source_files
from tests.projects import write_files

CHAT = {"messages": [{"role": "user", "content": "a"}]}
BOTH = {**CHAT, "chosen": "a", "rejected": "b"}
ALPACA = {"instruction": "a", "output": "b"}


def detected(root, *files):
    write_files(
        root,
        {
            f"{number}.jsonl": "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
            for number, rows in enumerate(files)
        },
    )
    found = detect(source_files(root))
    return found.format.name, found.keys


def test_the_format_that_all_rows_have(tmp_path):
    assert detected(tmp_path, ["no json", CHAT, BOTH], [{**CHAT, "id": 1}]) == ("chat", ("messages",))


def test_rows_of_no_format_decide_nothing(tmp_path):
    assert detected(tmp_path, [{"a": 1}, [1], 5, ALPACA]) == ("alpaca", ("instruction", "output"))


@pytest.mark.parametrize(
    ("rows", "message", "hint"),
    [
        (
            [BOTH],
            "the rows can be read as chat (messages) or as preference (chosen, rejected), as in 0.jsonl:1",
            "say which: --format chat or --format preference",
        ),
        (
            [CHAT, CHAT, ALPACA],
            "the rows are of several formats: chat (messages, first in 0.jsonl:1) and alpaca (instruction, output, first in 0.jsonl:3)",
            "--format chat imports the rows of one, and names the others",
        ),
        ([{"a": 1, "b": 2}], "no row has a format that palms knows: 0.jsonl:1 has a, b", "formats are chat (messages)"),
        ([[1]], "no row has a format that palms knows: 0.jsonl:1 is no mapping", "formats are"),
        (["{"], "no row has a format that palms knows: 0.jsonl:1 cannot be read", "formats are"),
        ([{}], "no row has a format that palms knows: 0.jsonl:1 is empty", "formats are"),
        ([""], "there are no rows to import", ""),
    ],
    ids=["two readings", "two sorts of rows", "unknown keys", "no mapping", "no JSON", "empty mapping", "blank"],
)
def test_what_cannot_be_told_is_said(tmp_path, rows, message, hint):
    with pytest.raises(UsageError) as raised:
        detected(tmp_path, rows)
    assert raised.value.message == message
    assert raised.value.hint.startswith(hint)
