"""What every emitter is, and finding one by the name of its shape."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from palms_spec.training.dialect import Dialect
from palms_spec.training.record import Record
from palms_spec.training.unfit import Unfit

Row = dict[str, Any]
Emit = Callable[[Record, Dialect], Row | Unfit]
"""The row for a record, its keys in a fixed order, or why the shape cannot hold the record. A row may share parts with
the record and is not to be changed."""


def emitter(shape: str) -> Emit:
    """What writes the rows of a shape."""
    found: Emit = import_module(f"palms_spec.training.shapes.{shape.replace('-', '_')}").emit
    return found
