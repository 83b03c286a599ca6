"""What a file of rows is, by its first bytes: names are not believed."""

from __future__ import annotations

import codecs
import os
import zlib
from gzip import GzipFile
from typing import Literal

from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import GZIP_MAGIC, open_regular

RowKind = Literal["jsonl", "json-array", "parquet", "arrow-file", "arrow-stream"]
COLUMNAR: frozenset[RowKind] = frozenset(("parquet", "arrow-file", "arrow-stream"))
HEAD = 4096
_BLANK = b" \t\r\n"


def row_kind(path: str | os.PathLike[str]) -> RowKind:
    """What a file holds: JSON, packed by gzip or not, with a row a line or as one list; Parquet; or Arrow.

    Raises UnreadableSource where it cannot be opened, and where it is none of these.
    """
    with open_regular(path) as stream:
        try:
            head = stream.read(HEAD)
            if head.startswith(GZIP_MAGIC):
                stream.seek(0)
                head = GzipFile(fileobj=stream, mode="rb").read1(HEAD)
        except (OSError, EOFError, zlib.error):
            return "jsonl"  # reading the rows will say what is wrong
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"ARROW1\0\0"):
        return "arrow-file"
    if head.startswith(b"\xff\xff\xff\xff"):
        return "arrow-stream"
    if b"\0" in head:
        raise UnreadableSource(
            "is no file of rows that palms knows", hint="JSONL, a JSON list, Parquet and Arrow are read"
        )
    begin = head.removeprefix(codecs.BOM_UTF8).lstrip(_BLANK)
    return "json-array" if begin.startswith(b"[") else "jsonl"
