"""What `palms compile` says, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from palms_spec.render.cells import wrapped
from palms_spec.render.closing import counted
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output, Style
from palms_spec.targets.state import state_of
from palms_spec.training.compiling import TargetFiles
from palms_spec.training.manifest import outputs_of
from palms_spec.training.unfit import Refusal

VERSION = 1


def write_compiled(targets: tuple[TargetFiles, ...], folder: Path, today: date, out: Output) -> None:
    """Write a line a target that was written, then why the others were not, then the sum."""
    written = [target for target in targets if not target.refusals]
    refused = [target for target in targets if target.refusals]
    names = max(len(target.plan.folder) for target in targets)
    for target in written:
        out.line((f"{target.plan.folder:<{names}}", "strong"), f"  {_sizes(target)}")
        for remark in _remarks(target, today):
            _indented(remark, names, out, "warning")
    for target in refused:
        for refusal in target.refusals:
            out.line()
            rule = f"refused[{refusal.reason.rule}]"
            first, *rest = wrapped(
                f"{rule} {target.plan.folder}: {visible(refusal.reason.message)}", out.terminal.width
            )
            out.line((rule, "error"), first.removeprefix(rule))
            for line in (*rest, *_samples(refusal, out.terminal.width - 2)):
                out.line(f"  {line}")
            if refusal.reason.hint:
                out.line("  ", ("hint:", "strong"), f" {visible(refusal.reason.hint)}")
    out.line()
    where = f" to {visible(str(folder))}" if written else ""
    of = f" of {len(targets)}" if refused else ""
    out.line((f"Wrote {len(written)}{of} {'target' if len(targets) == 1 else 'targets'}{where}.", _tone(refused)))


def _tone(refused: list[TargetFiles]) -> Style:
    return "error" if refused else "good"


def _sizes(target: TargetFiles) -> str:
    total = sum(split.tokens.total for split in target.splits)
    about = "" if target.tokens_exact else "about "
    rows = ", ".join(f"{split.name} {split.written.rows:,}" for split in target.splits)
    return f"{target.plan.shape}: {rows} rows, {about}{total:,} tokens"


def _remarks(target: TargetFiles, today: date) -> Iterator[str]:
    state, limits = state_of(target.plan.profile, today), target.plan.limits
    if state.summary:
        yield f"{state.word}: {state.summary}"
    over = sum(split.tokens.over for split in target.splits)
    if over and limits.row_tokens:
        longest = max(split.tokens.longest for split in target.splits)
        setting = f" ({limits.tokens_setting} by default)" if limits.tokens_setting else ""
        what = "" if limits.overflow == "not said" else f"; {limits.overflow}"
        about = "" if target.tokens_exact else "about "
        yield (
            f"{counted(over, 'row')} over {limits.row_tokens.value:,} tokens{setting}, the longest with "
            f"{about}{longest:,}{what}"
        )
    for split in target.splits:
        missing = _missing(target, split.categories)
        if missing and split.name != "train":
            yield f"{split.name} has no sample of {', '.join(missing)}"


def _missing(target: TargetFiles, categories: dict[str, int]) -> list[str]:
    return sorted({name for split in target.splits for name in split.categories} - categories.keys())


def _indented(text: str, indent: int, out: Output, style: Style) -> None:
    for line in wrapped(visible(text), max(out.terminal.width - indent - 2, 30)):
        out.line(" " * (indent + 2), (line, style))


def _samples(refusal: Refusal, width: int) -> list[str]:
    if not refusal.count:
        return []
    more = refusal.count - len(refusal.samples)
    named = ", ".join(map(visible, refusal.samples)) + (f" and {more:,} more" if more else "")
    return wrapped(f"{counted(refusal.count, 'sample')}: {named}", width)


def compiled_value(dataset: str, folder: Path, targets: tuple[TargetFiles, ...]) -> dict[str, Any]:
    """What was compiled as a JSON value; its version goes up when something is renamed or removed."""
    return {
        "version": VERSION,
        "dataset": dataset,
        "out": folder.as_posix(),
        "targets": [_value(folder, target) for target in targets],
    }


def _value(folder: Path, target: TargetFiles) -> dict[str, Any]:
    plan = target.plan
    own = (folder / plan.folder).as_posix()
    return {
        "target": plan.profile.name,
        "method": plan.method,
        "shape": plan.shape,
        "folder": None if target.refusals else own,
        "rows": {split.name: split.written.rows for split in target.splits},
        "tokens": sum(split.tokens.total for split in target.splits),
        "tokens_estimate": not target.tokens_exact,
        "files": [] if target.refusals else [written.file for written in outputs_of(target)],
        "refused": [
            {
                "rule": refusal.reason.rule,
                "message": refusal.reason.message,
                "hint": refusal.reason.hint,
                "samples": refusal.samples,
                "count": refusal.count,
            }
            for refusal in target.refusals
        ],
    }
