"""What comes before the first step, and is the same again where a job that was interrupted goes on."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from palms_spec.errors import PalmsError
from palms_spec.training.local.encoding import Encoder, UnlearnableRow
from palms_spec.training.local.extras import versions
from palms_spec.training.local.hashing import FileHash, hashes_below
from palms_spec.training.local.job_folder import JobFolder, JobOrder
from palms_spec.training.local.kept_files import KeptFile
from palms_spec.training.local.models import room_of, stops_of
from palms_spec.training.local.rows import EncodedRows, encode_rows

UNBOUNDED = 1 << 30


def kept_files(job: JobFolder, order: JobOrder) -> dict[str, KeptFile]:
    """The files of a job: `training`, and `validation` if there is one."""
    files = job.path.parent.parent / "files"
    found = {"training": KeptFile(files / order.training)}
    if order.validation is not None:
        found["validation"] = KeptFile(files / order.validation)
    return found


def attempts(job: JobFolder, step: int) -> list[dict[str, Any]]:
    """The processes that have worked on a job, this one, which begins after a step, among them."""
    found: list[dict[str, Any]] = job.kept("attempts.json") or []
    here = versions()
    if found and found[0]["versions"] != here:
        before = found[0]["versions"]
        others = sorted(name for name in before.keys() | here.keys() if before.get(name) != here.get(name))
        job.events.add(f"begun with other releases of {', '.join(others)}: the weights may differ", "warning")
    found = [*found, {"from_step": step, "versions": here}]
    job.keep("attempts.json", found)
    job.events.add(f"goes on after step {step}" if len(found) > 1 else "started")
    return found


def base_files(job: JobFolder, folder: Path) -> list[FileHash]:
    """The files of the model that training starts from. Raises PalmsError where they are others than at the first
    attempt."""
    found = hashes_below(folder)
    before = job.kept("base.json")
    if before is None:
        job.keep("base.json", [asdict(file) for file in found])
    elif before != [asdict(file) for file in found]:
        raise PalmsError(
            f"{folder} has changed since this job began", hint="start it anew: with the changed model it is another job"
        )
    return found


def encoded_rows(job: JobFolder, order: JobOrder, tokenizer: Any, model: Any) -> dict[str, EncodedRows]:
    """The rows of a job's files as tokens. Raises PalmsError for the first that cannot be learnt."""
    shutil.rmtree(job.cache, ignore_errors=True)
    room = room_of(model) or UNBOUNDED
    encoder = Encoder(tokenizer, order.settings.separator, min(order.settings.max_tokens or room, room))
    stops, found = stops_of(model, tokenizer), {}
    for name, kept in kept_files(job, order).items():
        try:
            found[name] = rows = encode_rows(kept.rows, encoder, stops, job.cache)
        except UnlearnableRow as error:
            sample = kept.sample_at(error.line)
            where = f"line {error.line} of the {name} rows" + (f", sample {sample}" if sample else "")
            raise PalmsError(f"{where}: {error.message}", hint=error.hint) from error
        about = f"{rows.rows:,} {name} rows: {rows.tokens:,} tokens, {rows.answer_tokens:,} of them in answers"
        job.events.add(f"{about}, {rows.longest:,} in the longest row")
        if rows.stopping < rows.rows:
            job.events.add(
                f"{rows.rows - rows.stopping:,} {name} rows do not end with a token at which the model stops", "warning"
            )
    return found
