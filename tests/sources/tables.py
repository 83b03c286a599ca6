"""Tables for tests, in the files that pyarrow writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet


def write_table(path: Path, rows: list[dict[str, Any]] | Any, kind: str) -> Path:
    """Rows, or a table of pyarrow, as a file of a kind."""
    table = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(rows)
    if kind == "parquet":
        parquet.write_table(table, path)
    else:
        new = pa.ipc.new_file if kind == "arrow-file" else pa.ipc.new_stream
        with pa.OSFile(str(path), "wb") as file, new(file, table.schema) as writer:
            writer.write_table(table)
    return path
