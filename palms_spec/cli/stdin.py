"""Text from the standard input that stands in for a file: `--stdin-filename NAME`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from palms_spec.errors import UsageError

STDIN = Path("-")


@contextmanager
def standing_in(name: Path | None, paths: list[Path]) -> Iterator[tuple[Path, Path] | None]:
    """The name with a file that holds what the standard input gives, as long as the block lasts; None without a name.

    Raises UsageError where there are paths besides, or `-` without a name.
    """
    if name is None:
        if STDIN in paths and not STDIN.exists():
            raise UsageError("- is the standard input, and it needs a name", hint="give one with --stdin-filename")
        yield None
        return
    if any(path != STDIN for path in paths):
        raise UsageError("--stdin-filename is for one file, and takes no paths besides")
    import tempfile

    with tempfile.TemporaryDirectory(prefix="palms-stdin-") as folder:
        copy = Path(folder, "stdin")
        copy.write_bytes(sys.stdin.buffer.read())
        yield name, copy
