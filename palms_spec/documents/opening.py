"""From bytes to text and tree. Nothing here raises: what is wrong becomes a defect of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.documents.document import Defect, Document
from palms_spec.documents.validation import described
from palms_spec.errors import SourceError, UnreadableSource
from palms_spec.sources.json import read_json
from palms_spec.sources.markdown import read_sample_markdown
from palms_spec.sources.node import Entry, MappingNode, Node, ScalarNode, escape_step, walk
from palms_spec.sources.text import SourceText, decode
from palms_spec.sources.yaml import read_yaml
from palms_spec.sources.yaml_scalars import legacy_meaning

YAML_SUFFIXES = (".yaml", ".yml")
MARKDOWN_SUFFIX = ".md"
LEADING_ZERO = re.compile(r"[-+]?0[0-9]+").fullmatch
TEXT_FIELDS = ("prompt", "completion", "messages", "chosen", "rejected")

MARKED = Defect(
    "byte-order-mark",
    "the file starts with a byte order mark",
    "save the file as UTF-8 without a byte order mark",
    offset=0,
)


def read_source(document: Document) -> SourceText | None:
    """Set `source` of a document from its `data`, and add what is wrong with it to its defects."""
    try:
        source = document.source = decode(document.path, document.data)
        if "\0" in source.text:
            at = source.text.index("\0")
            raise UnreadableSource("a NUL character stands in the text", offset=at, hint="is this a binary file?")
    except UnreadableSource as error:
        document.defects.append(Defect("unreadable-document", error.message, error.hint, offset=error.offset))
        return None
    if source.has_bom:
        document.defects.append(MARKED)
    return source


def read_tree(document: Document) -> Node | None:
    """Set `source` and `root` of a document from its `data`, and add what is wrong with either to its defects."""
    source = read_source(document)
    if source is None:
        return None
    try:
        if document.path.endswith(MARKDOWN_SUFFIX):
            root: Node | None = _markdown(document, source)
        else:
            root = (read_yaml if document.path.endswith(YAML_SUFFIXES) else read_json)(source)
            document.defects.extend(tree_defects(root))
    except SourceError as error:
        document.defects.append(Defect("syntax-error", error.message, error.hint, offset=error.offset))
        return None
    document.root = root
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
    if document.published:
        from palms_spec.documents.published.reading import read_published_tree  # it stands on this

        read_published_tree(copy)
    else:
        read_tree(copy)
    document.source, document.root = copy.source, copy.root


ROW = "row"


def tree_defects(root: Node | None) -> Iterator[Defect]:
    """Keys that stand twice, and scalars without quotes that other readers of YAML take for something else than text.

    What aliases repeat is reported once."""
    seen: set[int] = set()
    for pointer, node in walk(root) if root is not None else ():
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            for entry in node.duplicates:
                message = f"the key {entry.key.value} stands here more than once"
                hint = "delete one of them; the last one counts"
                place = f"{pointer}/{escape_step(str(entry.key.value))}"
                yield Defect("duplicate-key", message, hint, place, offset=entry.key.start, end=entry.key.end)
            for name, entry in node.entries.items():
                if other := _other_meaning(entry.key):
                    yield _ambiguous(name, other, f"{pointer}/{escape_step(name)}", on_key=True)
        elif isinstance(node, ScalarNode) and (other := _other_meaning(node)):
            yield _ambiguous(str(node.value), other, pointer)


def _other_meaning(node: ScalarNode) -> str:
    """What other readers of YAML make of a text without quotes and tag: "a boolean" or "a number"; else "".

    They differ about dates and single letters too, but those do no harm: what reads a date accepts its text, and hardly
    anything takes y for true."""
    value = node.value
    if node.style != "plain" or node.raw or not isinstance(value, str) or len(value) < 2:
        return ""
    if LEADING_ZERO(value):
        return "a number"
    meaning = legacy_meaning(value)
    return meaning if meaning in ("a boolean", "a number") else ""


def _ambiguous(text: str, other: str, pointer: str, *, on_key: bool = False) -> Defect:
    message = f"{text} is text here, and {other} to many readers of YAML"
    return Defect("ambiguous-scalar", message, f'write "{text}"', pointer, on_key)


def _markdown(document: Document, source: SourceText) -> MappingNode | None:
    """A Markdown sample as the mapping it stands for: front matter, `prompt` and `completion`."""
    if not source.text.strip():
        return None
    parts = read_sample_markdown(source)
    if parts.front is not None and not isinstance(parts.front, MappingNode):
        message = f"expected a mapping as front matter, found {described(parts.front)}"
        document.defects.append(Defect("schema-violation", message, offset=parts.front.start))
        return None
    root = MappingNode(0, len(source.text))
    if parts.front is not None:
        root.entries.update(parts.front.entries)
        document.defects.extend(tree_defects(parts.front))
    for name in TEXT_FIELDS:
        if name in root.entries:
            key = root.entries.pop(name).key
            hint = "in Markdown the heading is the question and the body the answer"
            message = f"{name} is not a field here"
            document.defects.append(Defect("unknown-field", message, hint, f"/{name}", offset=key.start, end=key.end))
    if parts.question is None or not parts.question.value:
        message, hint = "the question is missing", "write it as a first-level heading: # Question?"
        document.defects.append(Defect("schema-violation", message, hint, offset=parts.answer.start))
        return None
    for name, node in (("prompt", parts.question), ("completion", parts.answer)):
        root.entries[name] = Entry(ScalarNode(name, node.start, node.start, "plain"), node)
    return root
