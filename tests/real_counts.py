"""What all rules find in real training files: how often, by file and rule, and none of their text.

`python -m tests.real_counts` counts anew and writes `real_counts.json`, after a rule was made to find more or less.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.projects import lint, write_files
from tests.realdata import FOLDER

RECORDED = Path(__file__).with_suffix(".json")
PREVIEW = ("prompt-not-a-question", "mixed-language")
TRAINING_FILES = (
    "hh-rlhf/test.jsonl.gz",
    "openai-cookbook/toy_chat_fine_tuning.jsonl",
    "self-instruct/davinci_predictions.jsonl",
    "self-instruct/seed_tasks.jsonl",
    "self-instruct/text-davinci-003_predictions.jsonl",
    "self-instruct/user_oriented_instructions.jsonl",
)
COMPLETIONS = ("xstest/xstest_v2_completions_gpt4.csv", "xstest/xstest_v2_completions_mistralguard.csv")
TOGETHER = "self-instruct, tasks and predictions as one English dataset"
DATASET = """\
palms: 1
kind: dataset
id: together
title: Together
status: draft
language: en
samples: ["*.jsonl"]
"""


def counted() -> dict[str, dict[str, int]]:
    """The number of samples, then that of findings by rule: for each training file, and for those made of others."""
    found = {name: _counts(FOLDER / name) for name in TRAINING_FILES}
    with TemporaryDirectory() as folder:
        for name in COMPLETIONS:
            made = write_files(Path(folder), {name + ".jsonl": _rows_of_table(FOLDER / name)})
            found[name] = _counts(made / (name + ".jsonl"))
        together = {"together/" + name: content for name, content in _together().items()}
        found[TOGETHER] = _counts(write_files(Path(folder), together) / "together")
    return found


def _counts(path: Path) -> dict[str, int]:
    outcome = lint(path, extend_select=PREVIEW)
    counts = Counter(finding.rule for finding in outcome.stream())
    return {"samples": outcome.scope.samples, **dict(sorted(counts.items()))}


def _rows_of_table(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{"prompt": row["prompt"], "completion": row["completion"]} for row in csv.DictReader(file)]
    return "".join(json.dumps(row) + "\n" for row in rows)


def _together() -> dict[str, str]:
    """Two answers to each of the user-oriented tasks, a person's and a model's, and the seed tasks."""
    files = {"palms.toml": "", "dataset.yaml": DATASET}
    for name in ("seed_tasks", "user_oriented_instructions", "text-davinci-003_predictions"):
        samples: list[dict[str, str]] = []
        for line in (FOLDER / f"self-instruct/{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            for instance in row.get("instances") or [{"input": row["input"], "output": row["response"].strip()}]:
                prompt = "\n\n".join(part for part in (row["instruction"], instance["input"]) if part)
                samples.append({"id": f"{name}-{len(samples)}", "prompt": prompt, "completion": instance["output"]})
        files[name + ".jsonl"] = "".join(json.dumps(sample) + "\n" for sample in samples)
    return files


if __name__ == "__main__":
    RECORDED.write_text(json.dumps(counted(), indent=1) + "\n", encoding="utf-8")
