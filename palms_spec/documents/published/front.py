"""What the front matter of a published specification says of it: fields of a values-spec, beside others' own."""

from __future__ import annotations

from dataclasses import dataclass, field

from palms_spec.documents.document import Defect
from palms_spec.documents.opening import tree_defects
from palms_spec.documents.suggestion import meant
from palms_spec.errors import SourceError
from palms_spec.sources.markdown import front_matter
from palms_spec.sources.node import MappingNode, Node
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml

FIELDS = (
    *("id", "title", "version", "language", "context", "status", "authority_levels", "governance"),
    *("sample_metadata", "palms_ignore"),
)
"""Fields of a values-spec that front matter may have. All others are somebody else's, unless they look misspelt."""


@dataclass(frozen=True, slots=True)
class Front:
    """The fields by name, and where the text begins."""

    start: int = 0
    fields: dict[str, Node] = field(default_factory=dict)
    defects: tuple[Defect, ...] = ()


def read_front(source: SourceText) -> Front:
    """The front matter of a text; without one, nothing."""
    part = front_matter(source.text)
    if part is None:
        return Front()
    closing = source.position(part[1])[0] - source.first_line + 1
    starts = source.line_starts
    start = starts[closing] if closing < len(starts) else len(source.text)
    try:
        root = read_yaml(source, *part)
    except SourceError as error:
        return Front(start, {}, (Defect("syntax-error", error.message, error.hint, offset=error.offset),))
    if not isinstance(root, MappingNode):
        return Front()
    known: dict[str, Node] = {}
    defects = list(tree_defects(root))
    for name, entry in root.entries.items():
        if name in FIELDS:
            known[name] = entry.value
        elif near := meant(name, [one for one in FIELDS if one not in root.entries]):
            message, hint = f"there is no field {name}", f"did you mean {near}?"
            place = (entry.key.start, entry.key.end)
            defects.append(Defect("unknown-field", message, hint, offset=place[0], end=place[1], instead=near))
    return Front(start, known, tuple(defects))
