"""A document as JSON values, for a cache: what reading it gave, without its tree. `restored` is the inverse of
`snapshot`."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from palms_spec.documents.document import Defect, Document
from palms_spec.documents.kinds import KINDS


def snapshot(document: Document | None) -> list[Any] | None:
    """Kind, id, the model's values and the defects; None for a file that is no document."""
    if document is None:
        return None
    values = document.model.model_dump(exclude_unset=True) if document.model is not None else None
    return [document.kind, document.id, values, [list(astuple(defect)) for defect in document.defects]]


def restored(path: str, data: bytes, written: list[Any] | None) -> Document | None:
    """The document of a snapshot; text and tree are read from `data` when a place is asked for."""
    if written is None:
        return None
    kind, name, values, defects = written
    model = KINDS[kind].model_validate(values) if values is not None else None
    return Document(path, data, kind=kind, id=name, model=model, defects=[Defect(*defect) for defect in defects])
