"""Generated files: those that are not as they should be are written, or named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def write_or_check(files: Mapping[Path, str], folders: Iterable[Path], *, check: bool) -> int:
    """Write files of the checkout and remove all other Markdown from folders that hold nothing but generated files;
    with `check`, only say what is stale. The exit code: 1 if something is."""
    stale = [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]
    gone = [path for folder in folders for path in folder.glob("*.md") if path not in files]
    names = ", ".join(str(path.relative_to(CHECKOUT)) for path in (*stale, *gone))
    if check:
        print(f"stale, run `make docs`: {names}" if names else f"{len(files)} generated files are up to date")
        return int(bool(names))
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], "utf-8")
    for path in gone:
        path.unlink()
    print(f"wrote {names}" if names else "nothing to write")
    return 0
