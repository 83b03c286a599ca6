"""What `palms verify` says, as text and as JSON."""

from __future__ import annotations

from typing import Any

from palms_spec.render.closing import counted
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output
from palms_spec.training.verified import Verified

VERSION = 1


def write_verified(verified: Verified, out: Output) -> None:
    """Write what does not agree, then the verdict."""
    for one in verified.differences:
        where = f" {visible(one.path)}" if one.path else ""
        out.line((one.about, "error"), f"{where}: {visible(one.message)}")
    manifest = verified.manifest
    at = f" at {verified.commit[:12]}" if verified.commit else ""
    scope = f"{_files(verified)} from {counted(len(manifest.sources), 'source')}{at}"
    if verified.differences:
        out.line(("Not verified", "error"), f": {scope}, {counted(len(verified.differences), 'difference')}.")
    else:
        again = ", made again byte for byte" if verified.made_again else ""
        out.line(("Verified", "good"), f": {scope}{again}.")


def _files(verified: Verified) -> str:
    model = verified.model
    if model is None:
        return counted(len(verified.manifest.outputs), "file")
    base = "" if model.base else ", the model it began as not at hand"
    return f"{counted(model.files, 'file')} of a model{base}, trained on rows"


def verified_value(verified: Verified) -> dict[str, Any]:
    """The same as a JSON value; its version goes up when something is renamed or removed."""
    return {
        "version": VERSION,
        "verified": not verified.differences,
        "made_again": verified.made_again,
        "commit": verified.commit or None,
        "outputs": verified.model.files if verified.model else len(verified.manifest.outputs),
        "base": verified.model.base if verified.model else None,
        "sources": len(verified.manifest.sources),
        "differences": [{"about": one.about, "path": one.path, "message": one.message} for one in verified.differences],
    }
