"""From bytes to text and tree. Nothing here raises: what is wrong becomes a defect of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.documents.document import Defect, Document
from palms_spec.documents.validation import described
from palms_spec.errors import SourceError, UnreadableSource
from palms_spec.sources.json import read_json
from palms_spec.sources.markdown import read_sample_markdown
from palms_spec.sources.node import Entry, MappingNode, Node, ScalarNode, walk
from palms_spec.sources.text import SourceText, decode
from palms_spec.sources.yaml import read_yaml

YAML_SUFFIXES = (".yaml", ".yml")
MARKDOWN_SUFFIX = ".md"
AMBIGUOUS = re.compile(
    r"(?i:y|yes|n|no|on|off)"
    r"|[-+]?0[0-7_]+|[-+]?0b[01_]+|[-+]?[0-9]+(?:_[0-9]+)+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
)


def read_tree(document: Document) -> Node | None:
    """Set `source` and `root` of a document from its `data`, and add what is wrong with either to its defects."""
    try:
        source = document.source = decode(document.path, document.data)
        if "\0" in source.text:
            at = source.text.index("\0")
            raise UnreadableSource("a NUL character stands in the text", offset=at, hint="is this a binary file?")
    except UnreadableSource as error:
        document.defects.append(Defect("unreadable-document", error.message, error.hint, offset=error.offset))
        return None
    if source.has_bom:
        hint = "save the file as UTF-8 without a byte order mark"
        document.defects.append(Defect("byte-order-mark", "the file starts with a byte order mark", hint, offset=0))
    try:
        if document.path.endswith(MARKDOWN_SUFFIX):
            root: Node | None = _markdown(document, source)
        else:
            root = (read_yaml if document.path.endswith(YAML_SUFFIXES) else read_json)(source)
    except SourceError as error:
        document.defects.append(Defect("syntax-error", error.message, error.hint, offset=error.offset))
        return None
    document.root = root
    if root is not None:
        document.defects.extend(tree_defects(root))
    return root


def open_document(document: Document) -> None:
    """Read text and tree of a document that came from a cache or is a row, so that places in it can be pointed at."""
    if document.source is not None or not document.data:
        return
    if document.kind == ROW:
        text = document.data.decode("utf-8", "replace")
        document.source = SourceText(
            document.path, text, first_line=document.first_line, first_byte=document.first_byte
        )
        try:
            document.root = read_json(document.source)
        except SourceError:
            pass
        return
    copy = Document(document.path, document.data)
    read_tree(copy)
    document.source, document.root = copy.source, copy.root


ROW = "row"


def tree_defects(root: Node) -> Iterator[Defect]:
    """Keys that stand twice, and plain scalars that YAML 1.1 and YAML 1.2 read differently."""
    for pointer, node in walk(root):
        if isinstance(node, MappingNode):
            for entry in node.duplicates:
                message = f"the key {entry.key.value} stands here more than once"
                yield Defect(
                    "duplicate-key", message, "delete one of them; the last one counts", offset=entry.key.start
                )
        elif isinstance(node, ScalarNode) and node.style == "plain" and _is_ambiguous(node):
            message = f"{node.raw} is text here, and something else to readers of YAML 1.1"
            yield Defect("ambiguous-scalar", message, f'write "{node.raw}"', pointer)


def _is_ambiguous(node: ScalarNode) -> bool:
    return len(node.raw) < 40 and AMBIGUOUS.fullmatch(node.raw) is not None


def _markdown(document: Document, source: SourceText) -> MappingNode | None:
    """A Markdown sample as the mapping it stands for: front matter, `prompt` and `completion`."""
    parts = read_sample_markdown(source)
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
