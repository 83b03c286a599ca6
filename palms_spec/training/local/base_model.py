"""The model that training starts from, before anything is loaded: a folder here, or a name to fetch it by."""

from __future__ import annotations

import re
from pathlib import Path

from palms_spec.errors import UsageError

CONFIGURATION = "config.json"
_NAME = re.compile(r"[\w.-]+/[\w.-]+").fullmatch


def base_of(model: str) -> str:
    """The absolute folder of a model, or its name on the hub as it is. Raises UsageError for what is neither."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        if not (folder / CONFIGURATION).is_file():
            raise UsageError(
                f"{model} holds no {CONFIGURATION}, so it is no model", hint="name a folder that transformers loads"
            )
        return str(folder.absolute())
    if folder.exists():
        raise UsageError(f"{model} is a file", hint="name the folder with the model's configuration and weights")
    if not _NAME(model) or model.startswith("."):
        raise UsageError(
            f"there is no model {model}", hint="name a folder that transformers loads, or OWNER/NAME to have it fetched"
        )
    return model


def state_of(base: str) -> list[tuple[str, int, int]]:
    """What tells a folder from itself after a change, without reading it: names, sizes and times of its files. Nothing
    for a model that is fetched."""
    folder = Path(base)
    if not folder.is_absolute():
        return []
    return [
        (path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(folder.iterdir()) if path.is_file()
    ]
