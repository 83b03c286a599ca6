"""Where a sample names a position, without reading more of its file than that takes."""

from __future__ import annotations

from palms_spec.documents.document import Document, scalar_field
from palms_spec.documents.opening import open_document
from palms_spec.engine.content import Content
from palms_spec.engine.members import Members
from palms_spec.engine.units import SampleFile
from palms_spec.facts.references import offset_of
from palms_spec.sources.node import MappingNode, ScalarNode, SequenceNode


def position_place(
    members: Members, file: SampleFile, content: Content, reference: int, position: str
) -> tuple[Document, str]:
    """The document of a sample, and the pointer to a position that it names."""
    if not file.has_rows and offset_of(reference) == 0:
        document = Document(file.path, content.read(file.path))
        open_document(document)
        if isinstance(root := document.root, MappingNode) and (entry := root.entries.get("positions")):
            named = entry.value.items if isinstance(entry.value, SequenceNode) else []
            for index, node in enumerate(named):
                if isinstance(node, ScalarNode) and node.value == position:
                    document.id = str(scalar_field(root, "id") or file.name)
                    return document, f"/positions/{index}"
    document, sample = members.sample(reference)
    return document, f"{sample.pointer}/positions/{sample.positions.index(position)}"
