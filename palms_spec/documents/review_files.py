"""Which files hold review records: those directly in the folder `reviews` beside a dataset."""

from __future__ import annotations

from collections.abc import Iterable

FOLDER = "reviews"
SUFFIX = ".jsonl"


def review_files(names: Iterable[str], folders: Iterable[str]) -> list[str]:
    """Those among the files `names`; `folders` are those of the datasets, "." for the root."""
    homes = {FOLDER if folder == "." else f"{folder}/{FOLDER}" for folder in folders}
    return [name for name in names if name.endswith(SUFFIX) and name.rpartition("/")[0] in homes]
