"""The canonical form of files: laid out anew, with the same values and comments as before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from palms_spec.documents.document import Document
from palms_spec.documents.opening import MARKDOWN_SUFFIX, YAML_SUFFIXES, read_tree
from palms_spec.documents.sample_forms import Provenance
from palms_spec.engine.edits import scalars
from palms_spec.engine.mending import kept
from palms_spec.engine.rereading import shape
from palms_spec.errors import SourceError
from palms_spec.sources.markdown import front_matter, read_sample_markdown
from palms_spec.sources.markdown_layout import reordered, sample_text
from palms_spec.sources.node import MappingNode
from palms_spec.sources.rewriting import Written
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml
from palms_spec.sources.yaml_layout import yaml_layout

ORDER = tuple(Provenance.model_fields)
_BLANK_END = re.compile("[ \t]*(?:\r\n|[\r\n]|\\Z)")
BOM = b"\xef\xbb\xbf"


def formatted(path: str, data: bytes) -> bytes | None:
    """The canonical form of a document, or of a file with samples that is no JSONL; None where it does not parse.

    It has no byte order mark; lines end at LF and without blanks, the last one too; in YAML there is at most one blank
    line in a row. Front matter of a sample has its keys in the order of the documentation. What cannot be laid out
    without changing a value stays as it is.
    """
    document = Document(path, data)
    root = read_tree(document)
    if root is None or document.source is None:
        return None
    text = document.source.text
    if path.endswith(MARKDOWN_SUFFIX):
        return _markdown(document.source).encode("utf-8")
    if path.endswith(YAML_SUFFIXES):
        return _yaml(text).encode("utf-8")
    return (_BLANK_END.sub("\n", text).strip("\n") + "\n").encode("utf-8")


def format_rows(source: Path, target: Path) -> None:
    """Write the canonical form of a file of rows: no byte order mark, line ends of LF and no blanks before them."""
    with source.open("rb") as old, target.open("wb") as new:
        for number, line in enumerate(old):
            raw = line.removeprefix(BOM) if number == 0 else line
            row = raw.rstrip(b"\r\n")
            bare = row.rstrip(b" \t")
            new.write((bare if bare == row or _is_json(row) else row) + b"\n")


def _is_json(row: bytes) -> bool:
    try:
        orjson.loads(row)
    except orjson.JSONDecodeError:
        return not row.strip()
    return True


def _markdown(source: SourceText) -> str:
    parts = read_sample_markdown(source)
    found = front_matter(source.text)
    front = None
    if found is not None:
        front = _yaml(source.text[slice(*found)])
        front = _yaml(reordered(front, read_yaml(SourceText("", front)), ORDER))  # blank lines may have met
    text = sample_text(front, parts)
    try:
        after = read_sample_markdown(SourceText("", text))
    except SourceError:
        return source.text
    same = (
        _unordered(after.front) == _unordered(parts.front)
        and (after.question and after.question.value) == (parts.question and parts.question.value)
        and after.answer.value == parts.answer.value
    )
    return text if same else source.text


def _unordered(front: object) -> object:
    """The values of front matter, without the order of its keys."""
    if not isinstance(front, MappingNode):
        return front
    return {name: shape(entry.value, {}) for name, entry in front.entries.items()}, len(front.duplicates)


def _yaml(text: str) -> str:
    """YAML laid out, as far as its values stay the same."""
    root = read_yaml(SourceText("", text))
    before = shape(root, {})

    def holds(edits: Sequence[Written]) -> bool:
        try:
            return bool(shape(read_yaml(SourceText("", _edited(text, edits))), {}) == before)
        except SourceError:
            return False

    edits, _ = kept(list(yaml_layout(text, 0, len(text), scalars(root) if root is not None else ())), holds)
    return _edited(text, edits)


def _edited(text: str, edits: Iterable[Written]) -> str:
    parts, at = [], 0
    for start, end, new in edits:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])
