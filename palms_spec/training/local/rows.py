"""Encoded rows on disk, from where they are read as they are needed. The only file that imports datasets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import datasets
import orjson

from palms_spec.errors import PalmsError
from palms_spec.training.local.encoding import Encoder, UnlearnableRow


@dataclass(frozen=True, slots=True)
class EncodedRows:
    """Rows as `datasets.Dataset` with `input_ids` and `labels`. `tokens` counts all of them, `answer_tokens` those that
    are learnt, `longest` those of the longest row; `stopping` the rows whose answer has a token that ends it."""

    dataset: Any
    rows: int
    tokens: int
    answer_tokens: int
    longest: int
    stopping: int

    def first(self, count: int) -> Any:
        """So many rows from the beginning."""
        return self.dataset.select(range(min(count, self.rows)))


def encode_rows(path: Path, encoder: Encoder, stops: frozenset[int], cache: Path) -> EncodedRows:
    """Encode all rows of a file. `stops` are the tokens that end an answer, `cache` is the folder that holds the rows.

    Raises UnlearnableRow for the first that cannot be learnt, and UsageError where the model takes no such rows at all.
    """
    datasets.disable_progress_bars()
    try:
        encoded = datasets.Dataset.from_generator(
            _encoded, features=_FEATURES, cache_dir=str(cache), gen_kwargs={"of": _Source(path, encoder, stops)}
        )
    except Exception as error:  # datasets wraps what a generator raises
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, PalmsError):
            cause = cause.__cause__
        if cause is None:
            raise
        raise cause from None
    counts = encoded.select_columns(["length", "learnt", "stops"]).with_format("numpy")[:]
    return EncodedRows(
        encoded.select_columns(["input_ids", "labels"]),
        len(encoded),
        int(counts["length"].sum()),
        int(counts["learnt"].sum()),
        int(counts["length"].max()),
        int(counts["stops"].sum()),
    )


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    encoder: Encoder
    stops: frozenset[int]


_FEATURES = datasets.Features(
    {
        "input_ids": datasets.List(datasets.Value("int32")),
        "labels": datasets.List(datasets.Value("int32")),
        "length": datasets.Value("int32"),
        "learnt": datasets.Value("int32"),
        "stops": datasets.Value("bool"),
    }
)


def _encoded(of: _Source) -> Iterator[dict[str, Any]]:
    with of.path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                one = of.encoder.encode(orjson.loads(line))
            except UnlearnableRow as error:
                raise UnlearnableRow(error.message, hint=error.hint, line=number) from error
            yield {
                "input_ids": one.tokens,
                "labels": one.labels,
                "length": len(one.tokens),
                "learnt": len(one.tokens) - one.answer,
                "stops": not of.stops.isdisjoint(one.tokens[one.answer :]),
            }
