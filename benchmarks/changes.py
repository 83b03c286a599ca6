"""A repository to compare: a specification, and ten thousand samples of which a hundred were changed since `main`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from material import write_rows

DATASET = """\
palms: 1
kind: dataset
id: example
title: Example
status: draft
spec: example@^1
role: values-targeted
language: en
samples: [{glob}]
"""
SPEC = """\
palms: 1
kind: values-spec
id: example
title: Example
version: 1.0.0
language: en
governance:
  owners: [the maintainers]
categories:
  - id: health
    name: Health
    positions:
      - id: health.no-diagnosis
        subject: diagnosing a person's condition
        stance: oppose
        statement: An answer does not say what condition a person has; that is for a qualified clinician.
"""


def write_changed(root: Path, *, samples: int, changed: int, files: bool) -> None:
    """A repository with these samples, as Markdown files or as rows of one file, committed, and then so many of them
    edited and the position's stance reversed, not committed."""
    rows = write_rows(root.parent / "rows.jsonl", samples, faulty=0, same=0)
    name = "samples/**/*.md" if files else "rows.jsonl"
    for path, text in {
        "palms.toml": "rules-version = 1\n",
        "specs/example/spec.yaml": SPEC,
        "datasets/example/dataset.yaml": DATASET.format(glob=name),
        **dict(_samples(rows, files=files, changed=0)),
    }.items():
        _write(root / path, text)
    for command in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "--all"],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "x"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)
    for path, text in _samples(rows, files=files, changed=changed):
        if not files or " changed" in text:
            _write(root / path, text)
    _write(root / "specs/example/spec.yaml", SPEC.replace("stance: oppose", "stance: support"))


def _samples(rows: Path, *, files: bool, changed: int) -> Iterator[tuple[str, str]]:
    """The files with samples; the first so many have a word more."""
    lines = []
    for number, line in enumerate(rows.read_text("utf-8").splitlines()):
        row = json.loads(line)
        answer = row["completion"] + (" changed" if number < changed else "")
        if files:
            front = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
            path = f"datasets/example/samples/{number // 100:03}/{number:06}.md"
            yield path, f"{front}# {row['prompt']}\n\n{answer}\n"
        about = {"id": f"r{number}", "category": "health", "positions": ["health.no-diagnosis"]}
        lines.append(json.dumps({**about, "prompt": row["prompt"], "completion": answer}))
    if not files:
        yield "datasets/example/rows.jsonl", "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
