"""Gzip files, unpacked once into a temporary file, so that their rows can be read from any place like all others."""

from __future__ import annotations

import gzip
import os
import zlib

from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import open_regular

PIECE = 1 << 20
ALWAYS_ALLOWED = 256 << 20
MOST_TIMES = 100
"""JSON lines seldom shrink to less than a twentieth; what unpacks to `MOST_TIMES` its size is no dataset."""


def unpack(path: str | os.PathLike[str], target: str | os.PathLike[str]) -> UnreadableSource | None:
    """Write the content of a gzip file to a target. What can be unpacked is there even if an error is returned.

    Raises UnreadableSource where the file cannot be opened.
    """
    with open_regular(path) as packed, open(target, "wb") as out:
        limit = max(ALWAYS_ALLOWED, os.fstat(packed.fileno()).st_size * MOST_TIMES)
        written = 0
        try:
            with gzip.GzipFile(fileobj=packed) as stream:
                while piece := stream.read1(PIECE):
                    written += len(piece)
                    if written > limit:
                        return UnreadableSource(f"unpacks to more than {MOST_TIMES} times its size", hint="is it data?")
                    out.write(piece)
        except (OSError, EOFError, zlib.error) as error:
            reason = str(error) or type(error).__name__
            return UnreadableSource(f"is damaged after {written:,} unpacked bytes: {reason}", hint="pack it again")
    return None
