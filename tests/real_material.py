"""What the rules are tried on: real training files as they are, and projects made of them for rules that need one."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from palms_spec.engine.outcome import Outcome
from tests.projects import lint, write_files
from tests.realdata import FOLDER

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
SPLIT = "hh-rlhf, the chosen answers as an English control in two splits, with the prompts of xstest as its test"
DATASET = """\
palms: 1
kind: dataset
id: real
title: Real
status: draft
role: control
language: en
samples: ["*.jsonl"]
"""
SPEC = """\
palms: 1
kind: values-spec
id: real
title: Real
version: 1.0.0
language: en
context: What the rules are tried on.
governance: {owners: [the makers of this test], sources: [{title: No source at all}]}
categories:
  - id: all
    name: All
    positions: [{id: all.one, subject: anything, stance: oppose, statement: An answer does not say what nobody asked.}]
"""
PROMPTS = "palms: 1\nkind: prompt-set\nid: real-prompts\nspec: real\nlanguage: en\nprompts:\n"
SPEAKER = re.compile(r"\n\n(Human|Assistant): ?")
ROLES = {"Human": "user", "Assistant": "assistant"}
PREVIEW = ("prompt-not-a-question", "mixed-language")


@contextmanager
def linted() -> Iterator[dict[str, Outcome]]:
    """What is found in each file and project, with every rule on; what a project is made of is gone afterwards."""
    with TemporaryDirectory() as folder:
        paths = {name: FOLDER / name for name in TRAINING_FILES}
        for name, path in paths.items():
            assert path.is_file(), name
        for name in COMPLETIONS:
            paths[name] = write_files(Path(folder), {name + ".jsonl": _rows(_table(name))}) / (name + ".jsonl")
        for number, (name, files) in enumerate(((TOGETHER, _together()), (SPLIT, _split()))):
            paths[name] = write_files(Path(folder) / str(number), files)
        yield {name: lint(path, extend_select=PREVIEW) for name, path in paths.items()}


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [{"prompt": row["prompt"], "completion": row["completion"]} for row in csv.DictReader(file)]


def _rows(samples: list[dict[str, object]] | list[dict[str, str]]) -> str:
    return "".join(json.dumps(sample) + "\n" for sample in samples)


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
        files[name + ".jsonl"] = _rows(samples)
    return files


def _split() -> dict[str, str]:
    """The chosen conversations, half of them kept for validation, and other people's prompts as what is tested."""
    conversations: list[dict[str, object]] = []
    with gzip.open(FOLDER / "hh-rlhf/test.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            said = SPEAKER.split(json.loads(line)["chosen"])[1:]
            turns = zip(said[::2], said[1::2], strict=True)
            conversations.append({"messages": [{"role": ROLES[who], "content": text.strip()} for who, text in turns]})
    asked = dict.fromkeys(row["prompt"] for row in _table(COMPLETIONS[0]))
    prompts = [
        f"  - {{id: q{n}, split: test, category: all, text: {json.dumps(text)}}}\n" for n, text in enumerate(asked)
    ]
    return {
        "palms.toml": "",
        "spec.yaml": SPEC,
        "prompts.yaml": PROMPTS + "".join(prompts),
        "dataset.yaml": DATASET + "spec: real\nsplits: {train: 0.5, validation: 0.5, seed: 7}\n",
        "conversations.jsonl": _rows(conversations),
    }
