"""What the tests of other projects' readers share: files that `palms compile` wrote, and no way to any network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from palms_spec.targets.registry import TARGETS, profiles
from palms_spec.workflows.compile import compile_dataset
from tests.training.datasets import rows_of, write_dataset

ROOT = Path(__file__).parents[2]
SHIPPED = ("palms-2021", "palms-2021-control")
ODD = [
    "\x00\x07\x1b[31m",
    "one\u2028two\u2029three\u0085four",
    "\ufeffmark",
    "👩‍👩‍👧 é ﷽ 日本語",
    '{"role": "user"}\\n"\t',
    "\r\n\n  lines  \n",
    "<|im_start|>system",
    "NaN",
    "2021-06-10T00:00:00Z",
    "x" * 20_000,
]
CALL = {"id": "call1", "type": "function", "function": {"name": "look", "arguments": '{"at": 1}'}}
TOOL = {"type": "function", "function": {"name": "look", "description": "d", "parameters": {"type": "object"}}}


@dataclass(frozen=True)
class Compiled:
    """A file of training rows, and the target and shape that it was written for."""

    target: str
    shape: str
    path: Path

    @property
    def rows(self) -> list[Any]:
        """Its rows, as the plainest reader reads them."""
        return rows_of(self.path)


@pytest.fixture(autouse=True, scope="session")
def offline(tmp_path_factory):
    """No hub, and caches that are gone afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setenv("HF_HOME", str(tmp_path_factory.mktemp("hub")))
        yield


@pytest.fixture(scope="session")
def shipped(tmp_path_factory) -> list[Compiled]:
    """The datasets that come with palms, for every target whose minimum they meet."""
    found = []
    for name in SHIPPED:
        out = tmp_path_factory.mktemp(name)
        found += _files(compile_dataset(name, ROOT, targets=TARGETS, out=out, lint=False), out)
    return found


@pytest.fixture(scope="session")
def odd(tmp_path_factory) -> list[Compiled]:
    """Odd texts in every shape that a target takes, preference data too."""
    root, found = tmp_path_factory.mktemp("odd"), []
    pairs = [{"prompt": f"{text} {at}", "completion": text} for at in range(4) for text in ODD]
    preferences = [{"prompt": one["prompt"], "chosen": one["completion"], "rejected": "no"} for one in pairs]
    for method, samples in (("sft", pairs), ("dpo", preferences)):
        write_dataset(root / method, samples)
        for profile in profiles():
            for shape in profile.shapes(method):  # type: ignore[arg-type]
                out = root / method / profile.name / shape
                found += _files(
                    compile_dataset(
                        "small", root / method, targets=[profile.name], method=method, shape=shape, out=out, lint=False
                    ),
                    out,
                )
    return found


@pytest.fixture(scope="session")
def with_tools(tmp_path_factory) -> list[Compiled]:
    """Conversations with tools, for every target that takes them."""
    root = tmp_path_factory.mktemp("tools")
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Where?"},
        {"role": "assistant", "tool_calls": [CALL]},
        {"role": "tool", "content": "Here.", "tool_call_id": "call1"},
        {"role": "assistant", "content": "Here."},
    ]
    write_dataset(root, [{"messages": messages, "tools": [TOOL]}] * 40)
    done = compile_dataset("small", root, targets=TARGETS, shape=None, out=root / "out", lint=False)
    return _files(done, root / "out")


def _files(done: Any, out: Path) -> list[Compiled]:
    return [
        Compiled(target.plan.profile.name, target.plan.shape, out / target.plan.folder / "train.jsonl")
        for target in done.targets
        if not target.refusals
    ]
