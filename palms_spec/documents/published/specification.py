"""A published specification as the tree of one of our own: chapters are categories, sections are positions.

A heading is the position's subject, the text below it the statement, commentary the rationale. The tree holds the
samples of the comparisons as well, which are a dataset of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from palms_spec.documents.document import Defect
from palms_spec.documents.published.authority import AUTHORITY, levels_of, unknown_levels
from palms_spec.documents.published.examples import examples_in
from palms_spec.documents.published.front import Front
from palms_spec.documents.published.inspecting import defects_of
from palms_spec.documents.published.naming import name_of, version_of
from palms_spec.documents.published.nodes import extended, fields, listed, said, some
from palms_spec.documents.published.outline import Outline, Section
from palms_spec.documents.published.prose import notes_in, prose_of
from palms_spec.documents.published.samples import SampleIds, attributes_of, samples_of
from palms_spec.documents.published.told import Told
from palms_spec.sources.node import MappingNode, Node, ScalarNode


@dataclass(frozen=True, slots=True)
class Tree:
    """`root` holds everything, `spec` what a specification has and `samples` the rest, in the same nodes."""

    root: MappingNode
    spec: MappingNode
    samples: tuple[Node, ...]
    defects: tuple[Defect, ...]


def specification(path: str, outline: Outline, front: Front) -> Tree:
    """The tree of a text with sections. `path` names it where it does not do so itself."""
    sections = outline.sections
    title, chapters = _chapters(sections)
    notes = notes_in(outline)
    told = [_told(outline, section, chapters, notes) for section in sections]
    levels = levels_of(told, front.fields.get("authority_levels"))
    name = name_of(path)
    given: dict[str, Node | None] = {
        "palms": ScalarNode(1, 0, 0, "plain"),
        "kind": said("values-spec", 0, 0),
        "id": said(name, 0, 0),
        "title": said(title.title, *title.title_range) if title is not None else said(name, 0, 0),
        "version": said(version_of(path), 0, 0),
        "language": said("en", 0, 0),
        "authority_levels": levels,
        **front.fields,
    }
    by_chapter: dict[int, list[Told]] = {}
    for one in told:
        by_chapter.setdefault(id(one.chapter), []).append(one)
    categories = [
        _category(section, by_chapter.get(id(section), [])) for section in sections if id(section) in chapters
    ]
    at = sections[0].start if sections else 0
    spec = fields(0, len(outline.source.text), [*given.items(), ("categories", listed(categories, at))])
    ids = SampleIds()
    samples = [
        sample
        for one in told
        for example in one.examples
        for sample in samples_of(example, ids.give(one.section.id, example.title), one.section.id, one.chapter.id)
    ]
    root = extended(fields(spec.start, spec.end, []), [("samples", some(samples))])
    root.entries = {**spec.entries, **root.entries}
    defects = [*front.defects, *defects_of(outline, told, title), *unknown_levels(told, levels)]
    return Tree(root, spec, tuple(samples), tuple(defects))


def _chapters(sections: tuple[Section, ...]) -> tuple[Section | None, dict[int, Section]]:
    """The section whose heading is the title of the whole, if there is one, and the chapters, by identity: the sections
    of the highest rank, and whatever stands above them. A title comes first, states no id, and is alone of its rank."""
    ranked = [section for section in sections if section.rank]
    ranks = sorted({section.rank for section in ranked})
    title = None
    if len(ranks) > 1 and sum(one.rank == ranks[0] for one in ranked) == 1 and ranked[0].rank == ranks[0]:
        title = ranked[0] if not ranked[0].states_id else None
    chapter = ranks[1] if title is not None else ranks[0] if ranks else 0
    found = {id(one): one for one in sections if one.rank <= chapter or one.parent is None or one.parent is title}
    return title, found


def _told(outline: Outline, section: Section, chapters: dict[int, Section], notes: frozenset[str]) -> Told:
    examples = tuple(examples_in(outline, section))
    elsewhere = [lines for example in examples if example.is_told_by_samples for lines in example.lines]
    prose = prose_of(outline, section, elsewhere, notes)
    chapter = section
    while id(chapter) not in chapters and chapter.parent is not None:
        chapter = chapter.parent
    says = bool(prose.statement.value or prose.rationale.value or section.attributes or examples)
    return Told(section, chapter, prose, examples, section is not chapter or says)


def _category(chapter: Section, told: Iterable[Told]) -> Node:
    own = [one for one in told if one.is_position]
    positions = {id(one.section): one for one in own}
    nodes = [_position(one, positions) for one in own]
    start, end = chapter.start, chapter.title_range[1]
    entries: list[tuple[str, Node | None]] = [
        ("id", said(chapter.id, *chapter.id_range)),
        ("name", said(chapter.title, *chapter.title_range)),
        ("positions", listed(nodes, start)),
    ]
    return fields(start, max(end, *(node.end for node in nodes)) if nodes else end, entries)


def _position(one: Told, positions: dict[int, Told]) -> MappingNode:
    section, prose = one.section, one.prose
    authority = section.attribute(AUTHORITY)
    title = said(section.title, *section.title_range)
    entries: list[tuple[str, Node | None]] = [
        ("id", said(section.id, *section.id_range)),
        ("subject", title),
        ("statement", prose.statement if str(prose.statement.value).strip() else title),
        ("rationale", prose.rationale if str(prose.rationale.value).strip() else None),
        (AUTHORITY, said(authority.value, authority.start, authority.end) if authority and authority.value else None),
        ("within", _within(section, positions)),
        ("attributes", attributes_of(other for other in section.attributes if other is not authority)),
        ("footnotes", some(prose.footnotes)),
    ]
    return fields(section.start, max(section.title_range[1], prose.statement.end, prose.rationale.end), entries)


def _within(section: Section, positions: dict[int, Told]) -> ScalarNode | None:
    """The closest section around it that is a position of the same chapter."""
    parent = section.parent
    while parent is not None and id(parent) not in positions:
        parent = parent.parent
    return said(parent.id, *section.id_range) if parent is not None else None
