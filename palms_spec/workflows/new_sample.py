"""A new sample: a file with everything but the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from palms_spec.documents.dataset import Dataset
from palms_spec.documents.discovery import glob_pattern
from palms_spec.documents.slugs import slug
from palms_spec.documents.writing import write_sample
from palms_spec.errors import UsageError
from palms_spec.workflows.written_documents import Written, category_of, open_workplace, write_new

PLACEHOLDER = "TODO: write the answer."
_WILD = re.compile(r"[*?\[]")


def new_sample(
    question: str,
    here: Path,
    *,
    dataset: str | None = None,
    category: str | None = None,
    positions: Sequence[str] = (),
    name: str | None = None,
) -> Written:
    """Write a sample with a question and a placeholder for its answer, where a glob of its dataset claims it.

    Raises UsageError for a dataset, category or position that does not exist, and where the file is there already.
    """
    if not question.strip():
        raise UsageError("the question is blank")
    place = open_workplace(here)
    targeted = category is not None or bool(positions)
    document = place.document(
        "dataset", dataset, option="--dataset", likely=lambda model: not (targeted and model.role == "control")
    )
    assert isinstance(document.model, Dataset)
    spec = place.spec_of(document.model.spec)
    advice: tuple[str, ...] = ()
    if spec is not None and (targeted or document.model.role != "control"):
        category = category_of(spec, category, positions)
        if not positions:
            own = next(one for one in spec.categories if one.id == category)
            choices = [position.id for position in own.positions if position.status == "active"]
            positions = choices if len(choices) == 1 else ()
            if len(choices) > 1:
                advice = (f"name the positions it follows: {', '.join(choices)}",)
    sample: dict[str, Any] = {"category": category} if category is not None else {}
    sample |= {"positions": list(positions)} if category is not None else {}
    ending, text = write_sample({**sample, "prompt": question.strip(), "completion": PLACEHOLDER})
    folder = place.root / PurePosixPath(document.path).parent
    path = folder / _claimed(document.model, category, (name or slug(question)) + ending)
    write_new(path, text, shown=place.shown(path), hint="give it another name with --name")
    return Written(place.shown(path), ("write the answer", *advice))


def _claimed(dataset: Dataset, category: str | None, name: str) -> str:
    """The path below the dataset's folder, in a folder of the category where a glob allows it."""
    globs = [source for source in dataset.samples if isinstance(source, str)]
    for glob in globs:
        wild = _WILD.search(glob)
        base = glob[: wild.start()].rpartition("/")[0] if wild else ""
        below = [f"{category}/{name}", name] if category else [name]
        for path in [f"{base}/{one}" for one in below] if base else below:
            if glob_pattern(glob).fullmatch(path):
                return path
    raise UsageError(
        f"no glob of {dataset.id} claims a file {name}", hint=f"its samples are {', '.join(globs) or 'elsewhere'}"
    )
