"""The manifest beside compiled files: where they come from, how they were made, what they are. It holds no time of day,
so the same input makes the same manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from palms_spec import __version__
from palms_spec.documents.dataset import Dataset
from palms_spec.documents.identity import canonical_hash, position_hash
from palms_spec.documents.spec import Spec
from palms_spec.documents.splits import SPLITS
from palms_spec.sources.git import Commit
from palms_spec.targets.fact import Fact
from palms_spec.targets.plan import Plan
from palms_spec.training.compiling import SplitFile, TargetFiles
from palms_spec.training.row_file import Written
from palms_spec.training.target_writer import LINES_FILE

MANIFEST_FILE = "manifest.json"
VERSION = 1
NO_COST = "this release has no table of prices, since none could be stated with its date and source"
SPLIT_RULE = "blake2b of 8 bytes over seed, line feed and sample id, as a fraction, against the shares added up"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the compiled ones come from; its path is relative to the project's root."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Origin:
    """What is the same for all targets of one run. `lint` is what the linter said, or that it was not asked."""

    dataset: Dataset
    dataset_path: str
    spec: Spec | None
    spec_path: str | None
    sources: Sequence[Source]
    commit: Commit | None
    lint: Mapping[str, Any]
    wanted: Sequence[str]


def manifest_of(origin: Origin, files: TargetFiles) -> dict[str, Any]:
    """The manifest of one target's files, as a JSON value."""
    dataset = origin.dataset
    return {
        "palms_manifest": VERSION,
        "tool": {"name": "palms", "version": __version__},
        "dataset": {
            "id": dataset.id,
            "path": origin.dataset_path,
            "title": dataset.title,
            "status": dataset.status,
            "role": dataset.role,
            "license": dataset.license,
            "system_prompt": dataset.system_prompt,
        },
        "spec": _spec(origin),
        "git": asdict(origin.commit) | {"dirty": bool(origin.commit.changed)} if origin.commit else None,
        "target": _target(files.plan),
        "rows": sum(split.written.rows or 0 for split in files.splits),
        "tokens": {
            "total": sum(split.tokens.total for split in files.splits),
            "estimate": not files.tokens_exact,
            "by": files.tokens_by,
            "of": "the texts of the messages, without the marks of a chat template",
        },
        "splits": {
            "rule": SPLIT_RULE,
            "seed": dataset.splits.seed,
            "shares": {split: getattr(dataset.splits, split) for split in SPLITS},
            "written": list(origin.wanted),
            "files": [_split(split) for split in files.splits],
        },
        "outputs": [_output(written) for written in outputs_of(files)],
        "lint": dict(origin.lint),
        "reviews": {"required": dataset.reviews.required, "counted": 0},
        "cost": {"estimate": None, "reason": NO_COST},
        "sources": [asdict(source) for source in origin.sources],
    }


def outputs_of(files: TargetFiles) -> list[Written]:
    """Everything that lies in a target's folder besides the manifest."""
    return [*(split.written for split in files.splits), *files.others]


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as it is written: indented JSON in ASCII."""
    return (json.dumps(manifest, indent=2, allow_nan=False) + "\n").encode("ascii")


def _spec(origin: Origin) -> dict[str, Any] | None:
    spec = origin.spec
    if spec is None:
        return None
    positions = {one.id: position_hash(one) for category in spec.categories for one in category.positions}
    return {
        "id": spec.id,
        "version": spec.version,
        "status": spec.status,
        "path": origin.spec_path,
        "positions_sha256": canonical_hash([[name, positions[name]] for name in sorted(positions)]),
    }


def _target(plan: Plan) -> dict[str, Any]:
    profile, limits = plan.profile, plan.limits
    return {
        "name": profile.name,
        "title": profile.title,
        "method": plan.method,
        "shape": plan.shape,
        "model": plan.model,
        "family": plan.family.name if plan.family else None,
        "max_tokens": plan.max_tokens,
        "facts_as_of": profile.as_of,
        "limits": {
            name: _fact(fact)
            for name, fact in (
                ("rows_min", limits.rows_min),
                ("rows_max", limits.rows_max),
                ("file_bytes", limits.file_bytes),
                ("row_tokens", limits.row_tokens),
            )
        },
        "last_jobs": profile.closing.last_jobs or None if profile.closing else None,
    }


def _fact(fact: Fact[int] | None) -> dict[str, Any] | None:
    return asdict(fact) if fact is not None else None


def _split(split: SplitFile) -> dict[str, Any]:
    return {
        "name": split.name,
        "file": split.written.file,
        "rows": split.written.rows,
        "tokens": asdict(split.tokens),
        "categories": split.categories,
        "samples": split.samples if split.samples is not None else {"in": LINES_FILE},
    }


def _output(written: Written) -> dict[str, Any]:
    return {"file": written.file, "sha256": written.sha256, "bytes": written.bytes, "rows": written.rows}
