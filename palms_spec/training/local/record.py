"""How a model was trained, in a file beside it: enough to train it again, and to tell whether it is still the one."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from palms_spec.sources.files import read_bytes
from palms_spec.training.local.hashing import FileHash, hashes_below
from palms_spec.training.local.job_folder import RECORD_FILE, JobOrder
from palms_spec.training.local.kept_files import KeptFile
from palms_spec.training.manifest import MANIFEST_FILE
from palms_spec.training.manifest_reading import MOST_BYTES
from palms_spec.training.row_file import write_whole

DATA_MANIFEST = "data-manifest.json"
"""A copy of the manifest of the compiled files."""
VERSION = 1
CURVE = ("step", "epoch", "loss", "learning_rate", "grad_norm", "eval_loss")
Losses = dict[str, float]
"""By split: the average over rows of a row's average over the tokens of its answer, in nats."""


@dataclass(frozen=True, slots=True)
class Split:
    """Rows that were learnt, or that were only looked at. `evaluated` is of how many, from the first, losses are."""

    kept: KeptFile
    rows: int
    tokens: int
    answer_tokens: int
    longest: int
    evaluated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What came of a training. `attempts` are the processes that worked on it, with the steps done before and the
    releases at hand; `log` is the trainer's own; `timing` is of the last process."""

    base: list[FileHash]
    parameters: int
    trainable: int
    splits: dict[str, Split]
    steps: int
    before: Losses
    after: Losses
    log: list[dict[str, float]]
    machine: dict[str, Any]
    attempts: list[dict[str, Any]]
    timing: dict[str, Any]


def write_record(folder: Path, order: JobOrder, trained: Trained) -> None:
    """Write the record into a folder that holds the model, and the manifest of the compiled files."""
    training = trained.splits["training"]
    write_whole(folder / DATA_MANIFEST, read_bytes(training.kept.folder / MANIFEST_FILE, MOST_BYTES))
    _open_to_all(folder)
    record = {
        "palms_training": VERSION,
        "job": order.id,
        "base": {
            "model": order.model,
            "revision": order.settings.revision,
            "parameters": trained.parameters,
            "files": [asdict(file) for file in trained.base],
        },
        "data": {name: _split(split) for name, split in trained.splits.items()},
        "settings": order.settings.model_dump()
        | {"learning_rate": order.settings.peak_learning_rate, "lora_alpha": order.settings.adapter_weight or None},
        "trained": {
            "method": "lora" if order.settings.lora_rank else "full",
            "parameters": trained.trainable,
            "steps": trained.steps,
            "tokens": training.tokens * order.settings.epochs,
            "answer_tokens": training.answer_tokens * order.settings.epochs,
        },
        "loss": {
            "of": "answers alone, in nats a token, averaged over rows",
            "before": trained.before,
            "after": trained.after,
            "curve": [{name: point[name] for name in CURVE if name in point} for point in trained.log],
        },
        "machine": trained.machine,
        "attempts": trained.attempts,
        "timing": trained.timing,
        "outputs": [asdict(file) for file in hashes_below(folder)],
    }
    write_whole(folder / RECORD_FILE, (json.dumps(record, indent=2, allow_nan=False) + "\n").encode("ascii"))


def _split(split: Split) -> dict[str, Any]:
    hashes = {file.file: file.sha256 for file in hashes_below(split.kept.folder)}
    return {
        "dataset": split.kept.manifest.dataset,
        "rows_sha256": hashes[split.kept.rows.name],
        "manifest_sha256": hashes[MANIFEST_FILE],
        "rows": split.rows,
        "tokens": split.tokens,
        "answer_tokens": split.answer_tokens,
        "longest_row": split.longest,
        "evaluated_rows": split.evaluated,
    }


def _open_to_all(folder: Path) -> None:
    """Let whoever may read other files of the user read these: some libraries write weights for their owner alone."""
    umask = os.umask(0)
    os.umask(umask)
    for path in folder.rglob("*"):
        path.chmod((0o777 if path.is_dir() else 0o666) & ~umask)
