"""Models from values that were valid when they were written. Nothing is validated again, which takes pydantic longer to
prepare than a warm run lasts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from palms_spec.documents.model import Model

Make = Callable[[Any], Any]


def rebuilt(model: type[Model], values: dict[str, Any]) -> Model:
    """The model of which `model_dump(exclude_unset=True)` gave these values."""
    makers = _makers(model)
    made = {name: makers[name](value) if name in makers else value for name, value in values.items()}
    return model.model_construct(set(values), **made)


@cache
def _makers(model: type[Model]) -> dict[str, Make]:
    """What makes the values of the fields that hold models."""
    makers = ((name, _maker(field.annotation)) for name, field in model.model_fields.items())
    return {name: maker for name, maker in makers if maker is not None}


def _maker(annotation: Any) -> Make | None:
    """What makes of a plain value what an annotation asks for; None where the value stays as it is."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return partial(rebuilt, annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _maker(arguments[0])
    if origin not in (list, dict, Union, UnionType):
        return None
    makers = [maker for maker in map(_maker, arguments) if maker is not None]
    if not makers:
        return None
    make = makers[0]
    if origin is list:
        return lambda values: [make(value) for value in values]
    if origin is dict:
        return lambda values: {key: make(value) for key, value in values.items()}
    if len(makers) > 1:
        return partial(_chosen, annotation)
    return lambda value: make(value) if isinstance(value, dict | list) else value


def _chosen(annotation: Any, value: Any) -> Any:
    """What pydantic makes of a value, where several models may be meant."""
    from pydantic import TypeAdapter

    return TypeAdapter(annotation).validate_python(value)
