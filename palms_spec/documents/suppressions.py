"""What a document or a sample says about its own findings: `# palms: ignore[rule] reason until=2027-01-31` as a comment
in YAML and front matter, `palms_ignore: [{rule, reason, until}]` as a field.

A field covers the document or the sample it stands in. Comments cover what `sources.yaml_comments` says; in the front
matter of a Markdown sample they cover the sample. Comments in the body of a sample are text: they would be trained on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.documents.document import Document, characters
from palms_spec.documents.opening import MARKDOWN_SUFFIX, ROW, YAML_SUFFIXES, open_document
from palms_spec.findings import END_OF_FILE, Place, Suppression
from palms_spec.sources.markdown import front_matter
from palms_spec.sources.node import MappingNode, Node, ScalarNode, SequenceNode
from palms_spec.sources.text import SourceText

FIELD = "palms_ignore"
SHOWN = 200
_MARKS = re.compile(rb"palms_ignore|#[ \t]*palms:[ \t]*ignore").search
_COMMENT = re.compile(r"#[ \t]*palms:[ \t]*ignore\b(?:[ \t]*\[([^\]\r\n]*)\])?([^\r\n]*)")
_RULE = re.compile(r"[^,\s]+")
_UNTIL = re.compile(r"(?<!\S)until=(\S*)")

Range = tuple[int, int]


def suppressions_in(document: Document) -> list[Suppression]:
    """The suppressions of a document, of a file with samples, or of a row, in order of what they cover."""
    if not _MARKS(document.data):
        return []
    open_document(document)
    source, root = document.source, document.root
    if source is None or root is None:
        return []
    from palms_spec.sources.yaml_comments import yaml_comments  # only few files hold a mark

    found = list(_fields(document, source, root))
    if document.path.endswith(YAML_SUFFIXES):
        for comment in yaml_comments(source, root, _COMMENT):
            at = comment.match.start()
            covers = _bytes(source, *(comment.covers or (at, at)))
            found += _of_comment(document, source, comment.match, covers)
    elif document.path.endswith(MARKDOWN_SUFFIX) and (part := front_matter(source.text)):
        for comment in yaml_comments(source, root, _COMMENT, *part):
            found += _of_comment(document, source, comment.match, (0, END_OF_FILE))
    return sorted(found, key=lambda one: one.sort_key)


def _bytes(source: SourceText, start: int, end: int) -> Range:
    if (start, end) == (0, len(source.text)):
        return 0, END_OF_FILE
    return source.byte_offset(start), source.byte_offset(end)


def _of_comment(document: Document, source: SourceText, match: re.Match[str], covers: Range) -> Iterator[Suppression]:
    """One suppression a rule that a comment names; one without a rule where it names none."""
    text = match[0].rstrip()
    place = Place(document.path, source.span(match.start(), match.start() + len(text)), "", document.id)
    until = _UNTIL.search(match[2])
    reason = _UNTIL.sub("", match[2]).strip(" \t:-–—")
    rules = list(_RULE.finditer(source.text, *match.span(1))) if match[1] else []
    for number, rule in enumerate(rules):
        span = source.span(*rule.span())
        yield Suppression(
            rule[0], reason, until[1] if until else "", place, text[:SHOWN], span, *covers, first=number == 0
        )
    if not rules:
        yield Suppression("", reason, "", place, text[:SHOWN], place.span, *covers)


def _fields(document: Document, source: SourceText, root: Node) -> Iterator[Suppression]:
    """What the field says: of the whole file, of each sample of a list, or of the row that the document is."""
    if isinstance(root, SequenceNode):
        for index, item in enumerate(root.items):
            yield from _of_field(document, source, item, f"/{index}", _bytes(source, item.start, item.end))
    elif document.kind == ROW:
        covers = document.first_byte, document.first_byte + len(document.data)
        yield from _of_field(document, source, root, "", covers)
    else:
        yield from _of_field(document, source, root, "", (0, END_OF_FILE))


def _of_field(document: Document, source: SourceText, node: Node, pointer: str, covers: Range) -> Iterator[Suppression]:
    entry = node.entries.get(FIELD) if isinstance(node, MappingNode) else None
    if entry is None or not isinstance(entry.value, SequenceNode):
        return
    for index, item in enumerate(entry.value.items):
        rule = _text(item, "rule")
        if not rule:
            continue
        here = f"{pointer}/{FIELD}/{index}"
        first, last = characters(document, here, on_key=False, start=None, end=None)
        place = Place(document.path, source.span(first, last), here, document.id)
        span = source.span(*characters(document, here + "/rule", on_key=False, start=0, end=len(rule)))
        text = source.text[first:last][:SHOWN]
        yield Suppression(rule, _text(item, "reason"), _text(item, "until"), place, text, span, *covers)


def _text(item: Node, name: str) -> str:
    """A field that holds text, or ""."""
    entry = item.entries.get(name) if isinstance(item, MappingNode) else None
    value = entry.value.value if entry is not None and isinstance(entry.value, ScalarNode) else ""
    return value.strip() if isinstance(value, str) else ""
