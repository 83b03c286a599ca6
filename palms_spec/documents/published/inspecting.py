"""What is wrong with a published specification by itself, whatever other files there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from palms_spec.documents.document import Defect
from palms_spec.documents.published.dialogue import Comparison
from palms_spec.documents.published.examples import Example, has_good_side, label_of
from palms_spec.documents.published.outline import Outline, Section
from palms_spec.documents.published.prose import anchors_in, references_in
from palms_spec.documents.published.told import Told
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.sources.node import ScalarNode

DANGLING = "dangling-reference"
WITHOUT_ID = "section-without-id"
UNLABELLED = "unlabelled-answer"
WITHOUT_BAD = "comparison-without-bad-side"
WITHOUT_GOOD = "comparison-without-good-side"
TITLE_TWICE = "duplicate-example-title"
TAG = len("<comparison>")


def defects_of(outline: Outline, told: Sequence[Told], title: Section | None = None) -> Iterator[Defect]:
    """All of it, kind by kind. The section that is the `title` of the whole needs no id."""
    yield from _fences(outline)
    yield from _sections(one for one in told if one.section is not title)
    yield from _references(outline, told)
    for one in told:
        for example in one.examples:
            yield from _example(example, one.pointer)
    yield from repeated_titles((example.title, one.pointer) for one in told for example in one.examples)


def _fences(outline: Outline) -> Iterator[Defect]:
    for section in outline.sections:
        for block in section.blocks:
            if not block.is_closed:
                start = outline.offset(block.first)
                end = start + len(outline.source.text[start : outline.offset(block.first + 1)].rstrip())
                mark = outline.source.text[start:end].strip()[:3]
                message = "the fence that is opened here is not closed"
                hint = f"write {mark} below what belongs to it; nothing else closes it"
                yield Defect("syntax-error", message, hint, offset=start, end=end)


def _sections(told: Iterable[Told]) -> Iterator[Defect]:
    taken: set[str] = set()
    for one in told:
        section = one.section
        start, end = section.id_range
        if not section.states_id:
            message = f"“{section.title}” has no id"
            hint = f"write {{#{section.id}}} behind the heading"
            yield Defect(WITHOUT_ID, message, hint, one.pointer, offset=start, end=end)
        elif section.id in taken:
            message = f"the id {section.id} is taken by another section above"
            yield Defect("duplicate-id", message, "choose another id", one.pointer, offset=start, end=end)
        taken.add(section.id)
        names = [attribute.name for attribute in section.attributes]
        for attribute in section.attributes:
            if attribute.name != "class" and names.count(attribute.name) > 1:
                message = f"{attribute.name} stands here more than once"
                start, end = attribute.start, attribute.end
                yield Defect("duplicate-key", message, "delete one of them", one.pointer, offset=start, end=end)
                break


def _references(outline: Outline, told: Iterable[Told]) -> Iterator[Defect]:
    known = dict.fromkeys(anchors_in(outline))
    for one in told:
        for reference in _pointing(outline, one):
            name = str(reference.value)
            if name not in known:
                message = f"#{name} leads to no section"
                hint = did_you_mean(name, known)
                yield Defect(DANGLING, message, hint, one.pointer, offset=reference.start, end=reference.end)


def _pointing(outline: Outline, one: Told) -> Iterator[ScalarNode]:
    """The references of a section: in its text, in titles of examples, and in labels that blame a section."""
    yield from one.prose.references
    for example in one.examples:
        if example.is_told_by_samples and example.title is not None:
            yield from references_in(outline.source.text, example.title.start, example.title.end)
        for comparison in example.dialogue.comparisons:
            yield from (answer.blames for answer in comparison.answers if answer.blames is not None)


def _example(example: Example, pointer: str) -> Iterator[Defect]:
    yield from example.dialogue.defects
    for comparison in example.dialogue.comparisons:
        for answer in comparison.answers:
            if answer.label is None:
                message = f"nothing says whether this answer of {example.told} is a good one"
                hint = "write <!-- GOOD -->, <!-- OK --> or <!-- BAD --> behind its tag"
                end = answer.start + 1 + len(answer.role)
                yield Defect(UNLABELLED, message, hint, pointer, offset=answer.start, end=end)
        labels = {label_of(answer) for answer in comparison.answers}
        start, end = comparison.start, comparison.start + TAG
        if labels and "" not in labels:
            yield from _sides(comparison, example, pointer, start, end, shows_bad="BAD" in labels)


def _sides(
    comparison: Comparison, example: Example, pointer: str, start: int, end: int, *, shows_bad: bool
) -> Iterator[Defect]:
    if not shows_bad:
        message = f"the comparison in {example.told} shows no answer that is bad"
        yield Defect(WITHOUT_BAD, message, "add one, with what is bad about it", pointer, offset=start, end=end)
    if not has_good_side(comparison):
        message = f"the comparison in {example.told} shows no answer that is good"
        yield Defect(WITHOUT_GOOD, message, "add one", pointer, offset=start, end=end)


def repeated_titles(titles: Iterable[tuple[ScalarNode | None, str]]) -> Iterator[Defect]:
    """Titles of examples, with the pointers to what they stand in, that were given before."""
    taken: set[str] = set()
    for title, pointer in titles:
        name = " ".join(str(title.value).split()).casefold() if title is not None else ""
        if title is not None and name in taken:
            message = f"“{' '.join(str(title.value).split())}” is the title of another example above"
            hint = "say what tells the two apart"
            yield Defect(TITLE_TWICE, message, hint, pointer, offset=title.start, end=title.end)
        if name:
            taken.add(name)
