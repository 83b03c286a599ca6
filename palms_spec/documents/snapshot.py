"""A document as JSON values, for a cache: what reading it gave, without its tree. `restored` is the inverse of
`snapshot`."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from palms_spec.documents.document import Defect, Document
from palms_spec.documents.kinds import KINDS
from palms_spec.documents.opening import MARKDOWN_SUFFIX
from palms_spec.documents.rebuilding import rebuilt
from palms_spec.findings import suppression_of, suppression_row


def snapshot(document: Document | None) -> list[Any] | None:
    """Kind, id, the model's values, defects and suppressions; None for a file that is no document."""
    if document is None:
        return None
    values = document.model.model_dump(exclude_unset=True) if document.model is not None else None
    defects = [list(astuple(defect)[:-1]) for defect in document.defects]  # nothing is linked yet, so none has causes
    return [document.kind, document.id, values, defects, list(map(suppression_row, document.suppressions))]


def restored(path: str, data: bytes, written: list[Any] | None) -> Document | None:
    """The document of a snapshot; text and tree are read from `data` when a place is asked for."""
    if written is None:
        return None
    kind, name, values, defects, suppressions = written
    model = rebuilt(KINDS[kind], values) if values is not None else None
    document = Document(path, data, kind=kind, id=name, model=model, defects=[Defect(*defect) for defect in defects])
    document.suppressions = list(map(suppression_of, suppressions))
    document.published = path.endswith(MARKDOWN_SUFFIX)
    return document
