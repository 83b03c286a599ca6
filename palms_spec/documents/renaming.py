"""Whether a field that does not exist may take the name of the one that was probably meant."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from palms_spec.documents.document import Defect
from palms_spec.documents.model import Model

Loc = tuple[int | str, ...]


def renamable(model: type[Model], value: Any, defect: Defect, loc: Loc, item: Any) -> Defect:
    """The defect of an unknown field, without what may be meant if renaming it would only bring about other defects.

    `value` is the document without its unknown fields, `item` the value of the field at `loc`.
    """
    if not defect.instead or not loc:
        return defect
    renamed = deepcopy(value)
    owner: Any = renamed
    for step in loc[:-1]:
        owner = owner[step]
    if defect.instead in owner:
        return replace(defect, instead="")
    owner[defect.instead] = item
    return defect if _errors(model, renamed) <= _errors(model, value) else replace(defect, instead="")


def _errors(model: type[Model], value: Any) -> int:
    try:
        model.model_validate(value)
    except ValidationError as error:
        return error.error_count()
    return 0
