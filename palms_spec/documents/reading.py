"""YAML and JSON documents of one of the kinds."""

from __future__ import annotations

from palms_spec.documents.document import Defect, Document, scalar_field
from palms_spec.documents.duplicate_ids import duplicate_ids
from palms_spec.documents.kinds import FORMAT_VERSION, KINDS
from palms_spec.documents.opening import MARKDOWN_SUFFIX, read_tree
from palms_spec.documents.plain_schema import is_plain
from palms_spec.documents.published.marks import is_published
from palms_spec.documents.spec import Spec
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.documents.suppressions import suppressions_in
from palms_spec.documents.validation import described, validate
from palms_spec.sources.node import MappingNode, Node, ScalarNode

OWN_KINDS = ("values-spec", "prompt-set", "rule-pack")
MARKS = (b"palms", *(kind.encode() for kind in OWN_KINDS))


def may_be_document(data: bytes) -> bool:
    """Whether a file, or the beginning of one, is worth reading as a document."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or any(mark in data for mark in MARKS) or is_published(data)


def read_document(path: str, data: bytes) -> Document | None:
    """A document; None for a file that does not say it is one. In Markdown it is a published text."""
    if path.endswith(MARKDOWN_SUFFIX):
        from palms_spec.documents.published.reading import read_published  # most projects have no published text

        document = read_published(path, data)
    else:
        document = _read(path, data)
    if document is not None:
        document.suppressions = suppressions_in(document)
    return document


def _read(path: str, data: bytes) -> Document | None:
    document = Document(path, data)
    root = read_tree(document)
    if root is None:
        return document if document.defects and _claims_to_be_document(data) else None
    if not isinstance(root, MappingNode):
        return None
    if "palms" not in root.entries:
        if scalar_field(root, "kind") not in OWN_KINDS:
            return None
        hint = f"write palms: {FORMAT_VERSION} above kind"
        document.defects.append(Defect("schema-violation", "palms is missing", hint, "/kind", on_key=True))
        return document
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
    if document.kind == "rule-pack" and document.source is not None:
        from palms_spec.documents.pack_reading import written_rules  # most projects have no pack

        for rule in written_rules(root, document.source.text):
            document.defects.extend(rule.defects)
    schema = document.model.sample_metadata if isinstance(document.model, Spec) else None
    if schema is not None and not is_plain(schema):
        from palms_spec.documents.metadata import schema_defects  # it is for schemas that take more than a glance

        document.defects.extend(schema_defects(schema))
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
    kinds = f"kind is one of {', '.join(KINDS)}"
    if "kind" not in root.entries:
        return Defect("schema-violation", "kind is missing", kinds, "/palms", on_key=True)
    node = root.entries["kind"].value
    hint = did_you_mean(str(node.value), KINDS) if isinstance(node, ScalarNode) else ""
    if isinstance(node, ScalarNode) and node.value == "sample":
        hint = "a sample says neither palms nor kind: a dataset claims its file"
    hint = hint or kinds
    return Defect("schema-violation", f"{described(node)} is not a kind of document", hint, "/kind")


def _claims_to_be_document(data: bytes) -> bool:
    """Whether a file that cannot be read looks as if it were one of ours."""
    head = data[:4096].replace(b"\0", b"")
    return any(mark in head for mark in (b"palms:", b'"palms"', *MARKS[1:]))
