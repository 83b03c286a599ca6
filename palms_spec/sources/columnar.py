"""Rows of Parquet and Arrow files, a batch at a time. The only file that imports pyarrow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from palms_spec.errors import MissingExtra, UnreadableSource
from palms_spec.sources.files import open_regular
from palms_spec.sources.row_kinds import RowKind

BATCH_ROWS = 256


def columnar_rows(path: str | os.PathLike[str], kind: RowKind) -> Iterator[dict[str, Any] | UnreadableSource]:
    """The rows of a file as values of Python, in order; in place of one that cannot be had, why.

    Times with nanoseconds, which Python does not have, come as text. Raises UnreadableSource where the file cannot be
    opened or is damaged, and MissingExtra where pyarrow is not installed.
    """
    arrow = _arrow()
    with open_regular(path) as stream:
        try:
            for batch in _batches(arrow, stream, kind):
                for start in range(0, batch.num_rows, BATCH_ROWS):
                    yield from _rows(arrow, batch.slice(start, BATCH_ROWS))
        except (arrow.ArrowException, OSError) as error:
            raise UnreadableSource(
                f"cannot be read as {kind.replace('-', ' ')}: {_first_line(error)}", hint="is it complete?"
            ) from error


def columnar_size(path: str | os.PathLike[str], kind: RowKind) -> int | None:
    """How many rows a file says that it has; None where it does not, or cannot be read."""
    if kind != "parquet":
        return None
    arrow = _arrow()
    from pyarrow import parquet

    with open_regular(path) as stream:
        try:
            return int(parquet.ParquetFile(stream).metadata.num_rows)
        except (arrow.ArrowException, OSError):
            return None


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra("pyarrow", "remote") from error
    return pyarrow


def _batches(arrow: Any, stream: Any, kind: RowKind) -> Iterator[Any]:
    if kind == "parquet":
        from pyarrow import parquet

        yield from parquet.ParquetFile(stream).iter_batches(batch_size=BATCH_ROWS)
    elif kind == "arrow-stream":
        yield from arrow.ipc.open_stream(stream)
    else:
        reader = arrow.ipc.open_file(stream)
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)


def _rows(arrow: Any, batch: Any) -> Iterator[dict[str, Any] | UnreadableSource]:
    batch = _without_nanoseconds(arrow, batch)
    try:
        yield from batch.to_pylist()
    except (ValueError, arrow.ArrowException):
        for at in range(batch.num_rows):
            try:
                yield from batch.slice(at, 1).to_pylist()
            except (ValueError, arrow.ArrowException) as error:
                yield UnreadableSource(_first_line(error))


def _without_nanoseconds(arrow: Any, batch: Any) -> Any:
    for at, field in enumerate(batch.schema):
        if arrow.types.is_timestamp(field.type) and field.type.unit == "ns":
            batch = batch.set_column(at, field.name, batch.column(at).cast(arrow.string()))
    return batch


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0] or type(error).__name__
