"""YAML and JSON documents of one of the kinds."""

from __future__ import annotations

from typing import Any

from palms_spec.documents.document import Defect, Document, scalar_field
from palms_spec.documents.duplicate_ids import duplicate_ids
from palms_spec.documents.kinds import FORMAT_VERSION, KINDS
from palms_spec.documents.opening import read_tree
from palms_spec.documents.validation import described, did_you_mean, validate
from palms_spec.sources.node import MappingNode, Node, ScalarNode


def read_document(path: str, data: bytes) -> Document | None:
    """A document; None for a file that does not say it is one."""
    document = Document(path, data)
    root = read_tree(document)
    if root is None:
        return document if document.defects and _claims_to_be_document(data) else None
    if not isinstance(root, MappingNode) or "palms" not in root.entries:
        return None
    version = scalar_field(root, "palms")
    if type(version) is not int or version != FORMAT_VERSION:
        document.defects.append(_version_defect(root.entries["palms"].value))
        return document
    kind = scalar_field(root, "kind")
    if kind not in KINDS:
        document.defects.append(_kind_defect(root))
        return document
    document.kind = str(kind)
    document.model, defects = validate(KINDS[document.kind], root)
    document.defects.extend(defects)
    document.defects.extend(duplicate_ids(root))
    name = scalar_field(root, "id")
    document.id = name if isinstance(name, str) else ""
    return document


def _version_defect(node: Node) -> Defect:
    found = described(node)
    if isinstance(node, ScalarNode) and type(node.value) is int and node.value > FORMAT_VERSION:
        message, hint = f"written in format {node.value}, and this palms reads {FORMAT_VERSION}", "upgrade palms-spec"
    else:
        message, hint = f"expected palms: {FORMAT_VERSION}, found {found}", f"write palms: {FORMAT_VERSION}"
    return Defect("outdated-format", message, hint, "/palms")


def _kind_defect(root: MappingNode) -> Defect:
    if "kind" not in root.entries:
        return Defect("schema-violation", "kind is missing", f"one of {', '.join(KINDS)}")
    node = root.entries["kind"].value
    hint = did_you_mean(str(node.value), KINDS) if isinstance(node, ScalarNode) else ""
    hint = hint or f"one of {', '.join(KINDS)}"
    return Defect("schema-violation", f"{described(node)} is not a kind of document", hint, "/kind")


def _claims_to_be_document(data: bytes) -> bool:
    """Whether a file that cannot be read looks as if it were one of ours."""
    head = data[:4096].replace(b"\0", b"")
    return b"palms:" in head or b'"palms"' in head
