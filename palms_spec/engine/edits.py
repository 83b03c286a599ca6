"""From a repair, in terms of values, to a fix, in terms of the bytes of a file. Worked out only for findings."""

from __future__ import annotations

import codecs
from itertools import pairwise

from palms_spec.documents.document import Document
from palms_spec.documents.opening import MARKDOWN_SUFFIX, ROW, YAML_SUFFIXES, open_document
from palms_spec.findings import Edit, Fix
from palms_spec.rulekit.repair import Change, InRow, Quote, Repair, Unmark
from palms_spec.sources.node import MappingNode, Node, ScalarNode, locate, walk
from palms_spec.sources.rewriting import requoted, rewritten

MARK = Edit(0, len(codecs.BOM_UTF8), "")
MARKDOWN_TEXTS = ("/prompt", "/completion")


def fix_of(repair: Repair, document: Document) -> Fix:
    """The fix that a repair of something in a document amounts to.

    It is shown only, and has no edits, where one of the changes touches an escape, a fold or what an alias repeats, or
    cannot be written there, and in published texts.
    """
    shown = Fix(repair.message, "shown")
    open_document(document)
    if not repair.changes or document.source is None or document.published:
        return shown
    edits = []
    for change in repair.changes:
        edit = _edit(change, document)
        if edit is None:
            return shown
        edits.append(edit)
    edits.sort(key=lambda edit: edit.start)
    if any(edit.end > following.start for edit, following in pairwise(edits)):
        return shown
    # Offsets into what is packed are no offsets into the file.
    safety = "shown" if document.path.endswith(".gz") else repair.safety
    return Fix(repair.message, safety, tuple(edits))


def _edit(change: Change, document: Document) -> Edit | None:
    source = document.source
    assert source is not None
    if isinstance(change, Unmark):
        return MARK if source.has_bom else None
    if isinstance(change, InRow):
        from palms_spec.engine.row_edits import row_edit  # for rows of training files only

        return row_edit(change, document)
    node = _scalar(document, change.pointer, change.on_key)
    if node is None:
        return None
    text, value = source.text, str(node.value)
    if isinstance(change, Quote):
        written, new = requoted(text, node), None
    else:
        start, end = (0, len(value)) if change.start is None else (change.start, change.end)
        is_markdown = document.path.endswith(MARKDOWN_SUFFIX) and change.pointer in MARKDOWN_TEXTS
        new = change.text
        written = rewritten(
            text, node, start, len(value) if end is None else end, new, is_markdown=is_markdown and not change.on_key
        )
    if written is None:
        return None
    first, last, characters = written
    at = source.byte_offset(first)
    return Edit(at, at + len(text[first:last].encode("utf-8", "surrogatepass")), characters, new)


def _scalar(document: Document, pointer: str, on_key: bool) -> ScalarNode | None:
    """The value or key a pointer leads to, unless it stands there for several."""
    if document.root is None:
        return None
    found = locate(document.root, pointer)
    node = found.key if on_key else found.node
    if not found.exact or not isinstance(node, ScalarNode) or (on_key and node.start == node.end):
        return None
    return None if _is_shared(document, node) else node


def _is_shared(document: Document, node: ScalarNode) -> bool:
    """Whether an alias of YAML repeats a value or key elsewhere."""
    assert document.source is not None
    if document.kind == ROW or not document.path.endswith((*YAML_SUFFIXES, MARKDOWN_SUFFIX)):
        return False
    assert document.root is not None
    return "*" in document.source.text and sum(one is node for one in scalars(document.root)) > 1


def scalars(root: Node) -> list[ScalarNode]:
    """Every value and every key below a node, as often as aliases repeat it."""
    found = []
    for _, node in walk(root):
        if isinstance(node, ScalarNode):
            found.append(node)
        elif isinstance(node, MappingNode):
            found += [entry.key for entry in node.entries.values()]
            for entry in node.duplicates:
                found.append(entry.key)
                found += scalars(entry.value)
    return found
