"""Comparisons for tests of their forms: of a small project, and of one whose texts are hostile."""

from __future__ import annotations

import io
import json
from pathlib import Path

from palms_spec.engine.difference import Difference
from palms_spec.render.terminal import Output, Terminal
from palms_spec.render.view import View
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES, SPEC_PATH
from tests.render.hostile import TEXTS
from tests.scratch import ANN, APPROVALS, EVE, OWNED, approval, new_scratch

THROAT, BALLOTS = "datasets/example/samples/sore-throat.md", "datasets/example/samples/two-ballots.md"
PROMPTS = "specs/example/prompts.yaml"
PROMPT_SET = """\
palms: 1
kind: prompt-set
id: example-prompts
spec: example@^1
language: en
prompts:
  - {id: health.test-01, split: test, category: health, positions: [health.no-diagnosis], text: Is a rash dangerous?}
"""


def of_all_sorts(root: Path) -> Difference:
    """Changes of all documents, one of them approved, one by an approval that does not count."""
    scratch = new_scratch(root, {PROMPTS: PROMPT_SET})
    spec = (
        OWNED.replace("stance: oppose", "stance: support")
        .replace("what condition a person has", "what illness a person has")
        .replace("An answer takes no side", "An answer need not take a side")
        .replace("name: Politics", "name: Political opinion")
        .replace("bob@example.org]", "bob@example.org, Eve]")
    )
    new = "datasets/example/samples/stiff-neck.md"
    files = {
        SPEC_PATH: spec,
        PROMPTS: PROMPT_SET.replace("dangerous", "harmless"),
        THROAT: SAMPLES[THROAT].replace("strep infection", "cold"),
        BALLOTS: None,
        new: SAMPLES[BALLOTS].replace("mayor of our town", "head of our school").replace("buses", "lunch"),
    }
    scratch.commit(files, by=EVE)
    found = scratch.diff()
    lines = approval(found, "position-reversed") + approval(found, "position-meaning-changed", EVE)
    scratch.commit({APPROVALS: lines}, by=ANN)
    return scratch.diff(today="2027-01-31")


def of_many(root: Path, count: int) -> Difference:
    """Many samples that are new, and one that is gone."""
    scratch = new_scratch(root)
    rows = DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]")
    lines = [
        json.dumps({"id": f"r{number:05}", "category": "health", "prompt": f"Why {number}?", "completion": "So."})
        for number in range(count)
    ]
    scratch.commit({DATASET_PATH: rows, "datasets/example/rows.jsonl": "\n".join(lines) + "\n", THROAT: None}, by=EVE)
    return scratch.diff()


def hostile(root: Path) -> Difference:
    """Changes of texts that are written to be obeyed, before and after."""
    texts = [text for text in TEXTS.values() if "\ud800" not in text and text.strip()]
    rows = DATASET.replace("[samples/**/*.md]", "[rows.jsonl]")

    def files(shift: int) -> dict[str, str | bytes | None]:
        shifted = texts[shift:] + texts[:shift]
        positions = [
            {
                "id": f"health.p{number}",
                "subject": text,
                "stance": "support",
                "statement": f"An answer says {text}",
                "authority": text,
            }
            for number, text in enumerate(shifted)
        ]
        spec = {
            "palms": 1,
            "kind": "values-spec",
            "id": "example",
            "title": shifted[0],
            "version": "1.0.0",
            "language": "en",
            "governance": {"owners": shifted[:3]},
            "categories": [{"id": "health", "name": shifted[1], "positions": positions}],
        }
        lines = [
            {"id": f"s{n}", "category": "health", "prompt": f"{text}?", "completion": text}
            for n, text in enumerate(shifted)
        ]
        approvals = [
            {
                "fingerprint": "0123456789abcdef",
                "change": "position-reworded",
                "reason": text,
                "by": text,
                "at": "x",
                "spec_version": "1.0.0",
            }
            for text in shifted
        ]
        name = texts[8].replace("/", "\u2215").replace("\0", "")[:60]
        return {
            SPEC_PATH: None,
            "specs/example/spec.json": json.dumps(spec),
            DATASET_PATH: rows,
            "datasets/example/rows.jsonl": "\n".join(map(json.dumps, lines)) + "\n",
            f"datasets/example/{name}.yaml": f"palms: 1\nkind: dataset\nid: [{shift}\n",
            APPROVALS: "\n".join(map(json.dumps, approvals)) + "\n" + ("{ ::error::x ##[error]y\n" if shift else ""),
        }

    scratch = new_scratch(root, files(0))
    scratch.write(files(1))
    return scratch.diff(today="2027-01-31")


def written(
    render, found: Difference, *, width: int = 80, color: bool = False, limit: int | None = 200, **given
) -> str:
    """What a form of a comparison is."""
    stream = io.StringIO()
    render(found, Output(stream, Terminal(width, color)), View(found.root, limit), **given)
    return stream.getvalue()
