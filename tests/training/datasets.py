"""A small dataset for tests of compiling, and what compiling it gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.projects import write_files

DATASET = "palms: 1\nkind: dataset\nid: small\ntitle: Small\nsamples: [samples/*]\n{}"


def write_dataset(root: Path, samples: list[dict[str, Any]], more: str = "") -> Path:
    """A project with one dataset of rows."""
    rows = "".join(json.dumps({"id": f"s{number}", **sample}) + "\n" for number, sample in enumerate(samples))
    return write_files(
        root,
        {"palms.toml": "", "data/dataset.yaml": DATASET.format(more), "data/samples/rows.jsonl": rows},
    )


def pairs(count: int) -> list[dict[str, Any]]:
    """Questions and answers."""
    return [{"prompt": f"Question {at}?", "completion": f"Answer — {at}."} for at in range(count)]


def rows_of(path: Path) -> list[Any]:
    """The rows of a file, read by the plainest reader there is."""
    return [json.loads(line) for line in path.read_bytes().decode("utf-8").split("\n")[:-1]]
