"""Patches on the standard output: exact where a program reads them, harmless where somebody looks at them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from palms_spec.documents.discovery import ROW_SUFFIXES
from palms_spec.render.escaping import visible
from palms_spec.render.patch import folder_for, patch
from palms_spec.render.terminal import ColorChoice, Output, Style, terminal_for

_STYLES: dict[str, Style] = {"+": "good", "-": "error", "@": "note", "d": "strong"}


def write_patches(root: Path, files: Iterable[tuple[str, Path]], color: ColorChoice) -> None:
    """Write how files below a root would change, each given with the file that it would be."""
    out = Output(sys.stdout, terminal_for(sys.stdout, color))
    base = os.path.realpath(folder_for(root.absolute()))
    sys.stdout.flush()
    for name, new in files:
        old = root / name
        named = os.path.relpath(os.path.join(os.path.realpath(root), name), base).replace(os.sep, "/")
        for line in patch(named, old, new, by_line=name.endswith(ROW_SUFFIXES)):
            if out.terminal.interactive or not hasattr(sys.stdout, "buffer"):
                _show(out, line)
            else:
                sys.stdout.buffer.write(line)
    sys.stdout.flush()


def _show(out: Output, line: bytes) -> None:
    text = line.removesuffix(b"\n").decode("utf-8", "backslashreplace")
    for part in text.split("\n"):
        out.line((visible(part), _STYLES.get(part[:1], "plain")))
