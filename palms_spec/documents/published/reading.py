"""Published texts as documents: a specification, or the prompts of a footnote. What they hold says which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from palms_spec.documents.document import Defect, Document, scalar_field
from palms_spec.documents.kinds import KINDS
from palms_spec.documents.opening import read_source
from palms_spec.documents.plain_schema import is_plain
from palms_spec.documents.published.front import read_front
from palms_spec.documents.published.marks import is_published, is_specification
from palms_spec.documents.published.outline import outline
from palms_spec.documents.published.prompt_file import prompt_file
from palms_spec.documents.published.specification import specification
from palms_spec.documents.spec import Spec
from palms_spec.documents.validation import validate
from palms_spec.sources.node import MappingNode, Node, escape_step, item_id
from palms_spec.sources.text import SourceText


@dataclass(frozen=True, slots=True)
class _Parsed:
    """`root` is the whole tree, `own` what of it the document is validated by, `samples` those of its comparisons."""

    kind: str
    root: MappingNode
    own: MappingNode
    samples: tuple[Node, ...] = ()
    defects: tuple[Defect, ...] = ()


def read_published(path: str, data: bytes) -> Document | None:
    """The document of a published text; None for a text that is neither a specification nor prompts. Which prompts are
    whose is still to be linked."""
    document = Document(path, data, published=True)
    source = read_source(document)
    if source is None:
        return document if is_published(data.replace(b"\0", b"")) else None
    parsed = _parsed(path, source.text)
    if parsed is None:
        return None
    document.kind, document.root = parsed.kind, parsed.root
    document.model, defects = validate(KINDS[parsed.kind], parsed.own)
    document.defects += [*parsed.defects, *defects]
    schema = document.model.sample_metadata if isinstance(document.model, Spec) else None
    if schema is not None and not is_plain(schema):
        from palms_spec.documents.metadata import schema_defects  # it is for schemas that take more than a glance

        document.defects += schema_defects(schema)
    name = scalar_field(parsed.own, "id")
    document.id = name if isinstance(name, str) else ""
    return document


def read_published_tree(document: Document) -> None:
    """Set `source` and `root` of a document that came from a cache."""
    source = read_source(document)
    parsed = _parsed(document.path, source.text) if source is not None else None
    document.root = parsed.root if parsed is not None else None


def published_samples(path: str, data: bytes, name: str, *, pairs: bool) -> tuple[Document, list[tuple[str, Node]]]:
    """The preference pairs of a specification's comparisons, or the samples of those that have none, as pointers and
    trees, and the text as the document that they stand in; what is wrong with it the specification says."""
    document = Document(path, data, kind="sample", id=name, published=True)
    source = read_source(document)
    document.defects.clear()
    parsed = _parsed(path, source.text) if source is not None else None
    if parsed is None:
        return document, []
    document.root = parsed.root
    chosen = (
        node for node in parsed.samples if isinstance(node, MappingNode) and ("rejected" in node.entries) == pairs
    )
    return document, [(f"/samples/{escape_step(item_id(node) or '')}", node) for node in chosen]


@lru_cache(maxsize=4)
def _parsed(path: str, text: str) -> _Parsed | None:
    """A text is looked at several times in a run, as a specification and for its samples."""
    source = SourceText(path, text)
    front = read_front(source)
    sections = outline(source, front.start)
    if is_specification(text.encode("utf-8", "surrogatepass")):
        tree = specification(path, sections, front)
        return _Parsed("values-spec", tree.root, tree.spec, tree.samples, tree.defects)
    found = prompt_file(path, sections)
    return _Parsed("prompt-set", found[0], found[0], defects=tuple(found[1])) if found is not None else None
