"""Values of options and arguments.

typer has pydantic check them, and importing that takes longer than all the rest of a run in which nothing changed. The
types that our commands use are simple enough to be read here; all others are left to typer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer
from typer.core import TyperCommand, TyperGroup

Read = Callable[[Any], Any]


class PlainCommand(TyperCommand):
    """A command whose values are read here."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters."""
        return [_prepared(param) for param in super().get_params(ctx)]


class PlainGroup(TyperGroup):
    """A group of commands whose values are read here."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters."""
        return [_prepared(param) for param in super().get_params(ctx)]


@dataclass(frozen=True, slots=True)
class _Values:
    """What typer would make with pydantic."""

    read: Read
    is_list: bool

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value of a parameter from the words of the command line."""
        if value is None:
            return () if self.is_list else None
        try:
            return tuple(map(self.read, value)) if self.is_list else self.read(value)
        except ValueError as error:
            raise typer.BadParameter(str(error), ctx=ctx, param=param) from error


def _prepared(param: Any) -> Any:
    annotation = param.type_descriptor.annotation
    is_list = get_origin(annotation) is list
    read = _reader(get_args(annotation)[0] if is_list else annotation)
    if read is not None:
        param._runtime_param = _Values(read, is_list)  # a release that has no such attribute does it its own way
    if param.param_type_name == "argument":
        param.display_type_rich = _untyped  # help says `PATHS`, not `PATHS <list[Path]>`
    return param


def _untyped(ctx: Any) -> None:
    """No type beside the name of an argument."""


def _reader(annotation: Any) -> Read | None:
    if annotation in (str, Path):
        return Path if annotation is Path else str
    if annotation is bool:
        return bool
    if annotation is int:
        return _whole_number
    if annotation is float:
        return _number
    if get_origin(annotation) is Literal:
        return lambda value: _one_of(get_args(annotation), value)
    return None


def _whole_number(value: Any) -> int:
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{value} is no whole number") from None


def _number(value: Any) -> float:
    try:
        number = float(value)
    except ValueError:
        raise ValueError(f"{value} is no number") from None
    if not isfinite(number):
        raise ValueError(f"{value} is no number to reckon with")
    return number


def _one_of(choices: tuple[str, ...], value: str) -> str:
    if value in choices:
        return value
    from palms_spec.documents.suggestion import did_you_mean

    near = did_you_mean(value, choices)
    raise ValueError(f"{value} is not one of {', '.join(choices)}" + (f"; {near}" if near else ""))
