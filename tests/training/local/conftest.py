"""What the tests of training share. Those marked slow need torch, and `make test-train` gives it to them."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from palms_spec.workflows.compile import compile_dataset
from tests.training.local.tiny_models import make_model

ROOT = Path(__file__).parents[3]


def pytest_collection_modifyitems(items):
    """Leave out what trains where there is nothing to train with."""
    if find_spec("torch") is None:
        skip = pytest.mark.skip(reason="torch is not installed here; `make test-train` runs this")
        for item in items:
            if "tests/training/local" in item.path.as_posix() and item.get_closest_marker("slow"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """Our datasets, compiled: `values` and `control`, and of a few values-targeted samples `few`, `plain` without
    messages, and `split` with validation rows."""
    out = tmp_path_factory.mktemp("compiled")
    split = "splits: {train: 0.75, validation: 0.25, test: 0.0}\n"
    sources = {
        "values": (ROOT, "palms-2021", None),
        "control": (ROOT, "palms-2021-control", None),
        "few": (_excerpt(out / "few-samples", ""), "palms-2021", None),
        "plain": (_excerpt(out / "plain-samples", ""), "palms-2021", "prompt-completion"),
        "split": (_excerpt(out / "split-samples", split), "palms-2021", None),
    }
    for name, (root, dataset, shape) in sources.items():
        compile_dataset(dataset, root, targets=["trl"], out=out / name, shape=shape, lint=False)
    return {name: out / name / "trl" for name in sources}


def _excerpt(project: Path, more: str) -> Path:
    """A project with our specification and every third of our samples, and more in the dataset's document."""
    for name in ("specs", "datasets/palms-2021"):
        shutil.copytree(ROOT / name, project / name)
    (project / "palms.toml").touch()
    for number, path in enumerate(sorted((project / "datasets/palms-2021/samples").rglob("*.md"))):
        if number % 3:
            path.unlink()
    document = project / "datasets/palms-2021/dataset.yaml"
    document.write_text(document.read_text() + more)
    return project


@pytest.fixture(scope="session")
def texts(compiled):
    """All questions and answers of both datasets."""
    rows = [json.loads(line) for name in ("values", "control") for line in _lines(compiled[name])]
    return [message["content"] for row in rows for message in row["prompt"] + row["completion"]]


def _lines(folder: Path) -> list[str]:
    return (folder / "train.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="session")
def base(tmp_path_factory, texts):
    """A random model with a chat template."""
    return make_model(tmp_path_factory.mktemp("base"), texts)
