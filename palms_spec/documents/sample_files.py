"""Files that a dataset claims: one sample in Markdown, or one or a list of them in YAML or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from palms_spec.documents.context import SampleContext, reference_defects
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.opening import MARKDOWN_SUFFIX, read_tree
from palms_spec.documents.sample import Sample
from palms_spec.documents.sample_forms import model_of
from palms_spec.documents.shapes import own_sample, own_sample_unchecked
from palms_spec.documents.validation import validate
from palms_spec.sources.node import Node, SequenceNode, plain


def read_samples(path: str, data: bytes, name: str, context: SampleContext) -> tuple[Document, list[Sample]]:
    """The samples of a file, and the file as a document with its defects.

    `name` is the id of a sample that states none and stands alone in its file; in a list such a sample has no id. A
    file that is its own dataset is a published text, and its samples are the comparisons in it.
    """
    if context.dataset_path == path and path.endswith(MARKDOWN_SUFFIX):
        from palms_spec.documents.published.reading import published_samples  # most samples are not published

        document, found = published_samples(path, data, name, pairs=context.dataset == context.spec)
        return document, [sample for at, node in found for sample in _read(document, node, at, context)]
    document = Document(path, data, kind="sample", id=name)
    root = read_tree(document)
    if root is None:
        if not document.defects:
            document.defects.append(Defect("schema-violation", "the file is empty", "write a sample, or delete it"))
        return document, []
    if isinstance(root, SequenceNode):
        items = enumerate(root.items)
        return document, [sample for at, item in items for sample in _read(document, item, f"/{at}", context)]
    samples = list(_read(document, root, "", context))
    for sample in samples:
        document.id = sample.id = sample.id or name
    return document, samples


def _read(document: Document, node: Node, pointer: str, context: SampleContext) -> Iterator[Sample]:
    value: Any = plain(node)
    sample = own_sample(value, pointer)
    if sample is None:
        model, violations = validate(model_of(value), node)
        document.defects.extend(replace(defect, pointer=pointer + defect.pointer) for defect in violations)
        if model is None:
            return
        sample = own_sample_unchecked(model, value, pointer)
    document.defects.extend(reference_defects(sample, context))
    yield sample
