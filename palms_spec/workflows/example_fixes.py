"""Whether the fixes of a rule do with its examples what these say: make the good side of the bad one, and no more."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from palms_spec.engine.checking import rulebook_for
from palms_spec.engine.fixing import fixing
from palms_spec.engine.inputs import find_inputs
from palms_spec.engine.options import Options
from palms_spec.engine.row_mapping import CheckPlan, RowMapper
from palms_spec.engine.settings import Settings
from palms_spec.findings import Finding
from palms_spec.rulekit.examples import TrainingFile, files_of, training_file
from palms_spec.rulekit.rule import Example
from palms_spec.sources.unchanged import file_state
from palms_spec.targets.plan import plan_for
from palms_spec.workflows.corrected_copy import corrected_copy

Files = dict[str, bytes]


def fix_failures(example: Example, settings: Settings, found: list[Finding]) -> Iterator[str]:
    """What is not as an example says about its fix. `found` are the findings on its bad side; `settings` those of a run
    of its rule alone, and their root does not count."""
    bad, good = (_bytes(files_of(side)[0]) for side in (example.bad, example.good))
    fixes = [finding.fix for finding in found if finding.fix is not None]
    if not example.fix:
        if fixes:
            yield f"has a fix ({fixes[0].message}, {fixes[0].safety}), but does not say so"
        return
    if example.fix not in {fix.safety for fix in fixes}:
        yield f"has no {example.fix} fix"
    after_safe, after_unsafe = fixed(bad, settings, unsafe=False), fixed(bad, settings, unsafe=True)
    if example.fix != "safe" and after_safe != bad:
        yield "is changed by a safe fix"
    if example.fix == "safe" and after_safe != good:
        yield f"after a safe fix: {_difference(after_safe, good)}"
    if example.fix == "unsafe" and after_unsafe != good:
        yield f"after an unsafe fix: {_difference(after_unsafe, good)}"
    if example.fix == "shown" and after_unsafe != bad:
        yield "is changed by a fix that is only shown"
    if fixed(after_unsafe, settings, unsafe=True) != after_unsafe:
        yield "is changed again by a second fix"


def fixed(files: Files, settings: Settings, *, unsafe: bool) -> Files:
    """Files of a project after all fixes; a training file becomes what its corrected copy is."""
    with tempfile.TemporaryDirectory(prefix="palms-example-") as folder:
        root = Path(folder)
        for name, data in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if (file := training_file(dict.fromkeys(files, ""))) is not None:
            return {**files, file.path: _corrected(root, file, settings)}
        inputs = find_inputs([root], exclude=settings.exclude)
        with fixing(inputs, settings, Options(jobs=1, cache=False), unsafe=unsafe) as done:
            return {**files, **{name: copy.read_bytes() for name, copy in done.copies.items()}}


def _corrected(root: Path, file: TrainingFile, settings: Settings) -> bytes:
    path = root / file.path
    plan = plan_for(file.target, method=file.method, shape=file.shape)
    mapper, state = RowMapper(CheckPlan(rulebook_for(plan, settings), plan)), file_state(path)
    done = corrected_copy(path, file.path, plan, mapper, settings, (), advisable=True, state=state)
    return (done.copy if done.total(made=True) else path).read_bytes()


def _bytes(files: dict[str, str]) -> Files:
    return {name: text.encode("utf-8", "surrogatepass") for name, text in files.items()}


def _difference(files: Files, wanted: Files) -> str:
    """The first lines that are not as they should be."""
    for name in sorted(files.keys() | wanted.keys()):
        lines, other = (some.get(name, b"").split(b"\n") for some in (files, wanted))
        for line, wish in zip(lines, other, strict=False):
            if line != wish:
                return f"{line!r} in {name}, not {wish!r}"
        if len(lines) != len(other):
            return f"{name} has {len(lines)} lines, not {len(other)}"
    return "nothing"
