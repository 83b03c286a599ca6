"""From bytes to documents and samples. Nothing here raises: what is wrong becomes a defect of what was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from palms_spec.documents.context import SampleContext, reference_defects
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.identity import content_id
from palms_spec.documents.kinds import FORMAT_VERSION, KINDS
from palms_spec.documents.sample import Sample, model_of
from palms_spec.documents.shapes import FOREIGN_SHAPES, foreign_samples, own_sample, own_sample_unchecked
from palms_spec.documents.validation import described, did_you_mean, validate
from palms_spec.errors import SourceError, UnreadableSource
from palms_spec.sources.json import has_duplicate_keys, loads, read_json
from palms_spec.sources.markdown import read_sample_markdown
from palms_spec.sources.node import Entry, MappingNode, Node, ScalarNode, SequenceNode, plain, walk
from palms_spec.sources.text import SourceText, decode
from palms_spec.sources.yaml import read_yaml

YAML_SUFFIXES = (".yaml", ".yml")


def read_document(path: str, data: bytes) -> Document | None:
    """A YAML or JSON document of one of the kinds; None for a file that does not say it is one."""
    document = Document(path)
    root = _tree(document, data)
    if document.defects:
        return document if _claims_to_be_document(data) else None
    if not isinstance(root, MappingNode) or "palms" not in root.entries:
        return None
    document.root = root
    document.defects.extend(_duplicate_keys(root))
    version = document.field("palms")
    if type(version) is not int or version != FORMAT_VERSION:
        document.defects.append(_version_defect(root.entries["palms"].value))
        return document
    kind = document.field("kind")
    if kind not in KINDS:
        document.defects.append(_kind_defect(root))
        return document
    document.kind = str(kind)
    document.model, defects = validate(KINDS[document.kind], root)
    document.defects.extend(defects)
    name = document.field("id")
    document.id = name if isinstance(name, str) else ""
    return document


def read_samples(path: str, data: bytes, name: str, context: SampleContext) -> tuple[Document, list[Sample]]:
    """A file that a dataset claims: one sample in Markdown, or one or a list of them in YAML or JSON.

    `name` is the id of a sample that states none and stands alone in its file.
    """
    document = Document(path, kind="sample", id=name)
    root = _markdown(document, data) if path.endswith(".md") else _tree(document, data)
    if root is None:
        if not document.defects:
            document.defects.append(Defect("schema-violation", "the file is empty", "write a sample, or delete it"))
        return document, []
    document.root = root
    document.defects.extend(_duplicate_keys(root))
    if not isinstance(root, SequenceNode):
        samples = list(_read_sample(document, root, "", context))
        for sample in samples:
            document.id = sample.id = sample.id or name
        return document, samples
    samples = []
    for index, item in enumerate(root.items):
        for sample in _read_sample(document, item, f"/{index}", context):
            sample.id = sample.id or content_id(sample.turns)
            samples.append(sample)
    return document, samples


def read_row(raw: bytes, context: SampleContext) -> tuple[list[Sample], list[Defect]]:
    """The samples of one JSONL row, which is not blank, and its defects (offsets count characters of the row)."""
    try:
        value: Any = orjson.loads(raw)
    except orjson.JSONDecodeError:
        try:
            value = loads(raw)
        except UnreadableSource as error:
            return [], [Defect("unreadable-document", error.message, error.hint, offset=error.offset)]
        except SourceError as error:
            return [], [Defect("syntax-error", error.message, error.hint, offset=error.offset)]
    defects: list[Defect] = []
    if has_duplicate_keys(raw, value):
        defects.extend(_duplicate_keys(_row_tree(raw)))
    if context.anonymous:
        samples = foreign_samples(value)
        if samples is None:
            keys = ", ".join(sorted(value)[:8]) if isinstance(value, dict) else "no mapping"
            hint = f"known shapes: {FOREIGN_SHAPES}"
            defects.append(Defect("schema-violation", f"no known shape of a training row: {keys}", hint))
        return samples or [], defects
    sample = own_sample(value)
    if sample is None:
        tree = _row_tree(raw)
        model, violations = validate(model_of(value if isinstance(value, dict) else ()), tree)
        defects.extend(violations)
        if model is None:
            return [], defects
        sample = own_sample_unchecked(_known_fields(model, value))
    defects.extend(reference_defects(sample, context))
    return [sample], defects


def row_document(path: str, raw: bytes, line: int, byte: int, defects: list[Defect], name: str = "") -> Document:
    """One row as a document of its own, for pointing at places in it."""
    document = Document(path, kind="row", id=name, defects=defects)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
        document.source = SourceText(path, text, first_line=line, first_byte=byte)
        return document
    document.source = SourceText(path, text, first_line=line, first_byte=byte)
    try:
        document.root = read_json(document.source)
    except SourceError:
        return document
    return document


def _row_tree(raw: bytes) -> Node:
    tree = read_json(decode("", raw))
    assert tree is not None, "a row that parsed is not blank"
    return tree


def _tree(document: Document, data: bytes) -> Node | None:
    """Text and tree of a YAML or JSON file; what is wrong is added to the document."""
    try:
        document.source = decode(document.path, data)
        if "\0" in document.source.text:
            at = document.source.text.index("\0")
            raise UnreadableSource("a NUL character stands in the text", offset=at, hint="is this a binary file?")
    except UnreadableSource as error:
        document.defects.append(Defect("unreadable-document", error.message, error.hint, offset=error.offset))
        return None
    read = read_yaml if document.path.endswith(YAML_SUFFIXES) else read_json
    try:
        return read(document.source)
    except SourceError as error:
        document.defects.append(Defect("syntax-error", error.message, error.hint, offset=error.offset))
        return None


def _markdown(document: Document, data: bytes) -> MappingNode | None:
    """A Markdown sample as the mapping it stands for: front matter, `prompt` and `completion`."""
    try:
        source = document.source = decode(document.path, data)
        if "\0" in source.text:
            at = source.text.index("\0")
            raise UnreadableSource("a NUL character stands in the text", offset=at, hint="is this a binary file?")
    except UnreadableSource as error:
        document.defects.append(Defect("unreadable-document", error.message, error.hint, offset=error.offset))
        return None
    try:
        parts = read_sample_markdown(source)
    except SourceError as error:
        document.defects.append(Defect("syntax-error", error.message, error.hint, offset=error.offset))
        return None
    if parts.front is not None and not isinstance(parts.front, MappingNode):
        message = f"expected a mapping as front matter, found {described(parts.front)}"
        document.defects.append(Defect("schema-violation", message, offset=parts.front.start))
        return None
    root = MappingNode(0, len(source.text))
    if parts.front is not None:
        root.entries.update(parts.front.entries)
        root.duplicates.extend(parts.front.duplicates)
    for name in ("prompt", "completion", "messages", "chosen", "rejected"):
        if name in root.entries:
            key = root.entries.pop(name).key
            hint = "in Markdown the heading is the question and the body the answer"
            document.defects.append(Defect("unknown-field", f"{name} is not a field here", hint, offset=key.start))
    if parts.question is None:
        message, hint = "the question is missing", "write it as a first-level heading: # Question?"
        document.defects.append(Defect("schema-violation", message, hint, offset=parts.answer.start))
        return None
    for name, node in (("prompt", parts.question), ("completion", parts.answer)):
        root.entries[name] = Entry(ScalarNode(name, node.start, node.start, "plain"), node)
    return root


def _read_sample(document: Document, node: Node, pointer: str, context: SampleContext) -> Iterator[Sample]:
    value: Any = plain(node)
    sample = own_sample(value, pointer)
    if sample is None:
        model, violations = validate(model_of(value if isinstance(value, dict) else ()), node)
        document.defects.extend(_below(pointer, violation) for violation in violations)
        if model is None:
            return
        sample = own_sample_unchecked(_known_fields(model, value), pointer)
    document.defects.extend(reference_defects(sample, context))
    yield sample


def _known_fields(model: Any, value: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if name in type(model).model_fields}


def _below(pointer: str, defect: Defect) -> Defect:
    return Defect(defect.kind, defect.message, defect.hint, pointer + defect.pointer, defect.on_key, defect.offset)


def _duplicate_keys(root: Node) -> Iterator[Defect]:
    for pointer, node in walk(root):
        if isinstance(node, MappingNode):
            for entry in node.duplicates:
                name = str(entry.key.value)
                hint = f"delete one of them; {pointer or 'the last'} wins now" if not pointer else "delete one of them"
                message = f"the key {name} stands here more than once"
                yield Defect("duplicate-key", message, hint, offset=entry.key.start)


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
