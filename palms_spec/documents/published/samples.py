"""Comparisons as samples: one for every pair of answers of which one is labelled better, or for every answer that is
not bad where there is nothing to hold against it.

What has no field of its own is in the metadata: the example's title, labels with their comments and the sections that
they blame, attributes of turns, blocks nested in them, and what stands in no turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.documents.published.dialogue import LABELS, Comparison, TurnText
from palms_spec.documents.published.examples import Example, label_of
from palms_spec.documents.published.nodes import fields, listed, said, some
from palms_spec.documents.slugs import slug
from palms_spec.sources.attribute_list import Attribute
from palms_spec.sources.node import MappingNode, Node, ScalarNode

MOST_PAIRS = 64
"""With more of them in one comparison, every answer is paired once or twice rather than with all others."""
_WORDS, _CHARACTERS = 40, 120


class SampleIds:
    """Gives ids that hang on nothing but section and title, and on the order among examples of one title."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def give(self, section: str, title: ScalarNode | None) -> str:
        """The id of an example; those of its samples begin with it."""
        told = str(title.value) if title is not None else ""
        name = f"{section}/{slug(told, _WORDS, _CHARACTERS) if told.strip() else 'example'}"
        found = name
        while found in self._taken:
            self._numbers[name] = self._numbers.get(name, 1) + 1
            found = f"{name}-{self._numbers[name]}"
        self._taken.add(found)
        return found


def samples_of(example: Example, name: str, section: str, category: str) -> Iterator[MappingNode]:
    """The samples of an example, in the form of our own. `name` is the id that theirs begin with: the second comparison
    adds `.2` to it, the second sample of a comparison `+2`."""
    context: list[TurnText] = []
    items = example.dialogue.items
    last = max((at for at, item in enumerate(items) if isinstance(item, Comparison)), default=0)
    number = 0
    for at, item in enumerate(items):
        if isinstance(item, TurnText):
            context.append(item)
            continue
        number += 1
        behind = items[at + 1 :] if at == last else []
        after = [turn for turn in behind if isinstance(turn, TurnText)]
        outside = example.dialogue.outside if number == 1 else []
        beside = [("turns", some(_noted(context))), ("after", some(map(message, after))), ("outside", some(outside))]
        for pair, (better, worse) in enumerate(_pairs(item), 1):
            own = name + (f".{number}" if number > 1 else "") + (f"+{pair}" if pair > 1 else "")
            title = example.title
            start, end = better.start, better.content.end
            filed: list[tuple[str, Node | None]] = [
                ("id", said(own, title.start, title.end) if title is not None else said(own, start, start)),
                ("category", said(category, start, start)),
                ("positions", listed([said(section, start, start)], start)),
                ("metadata", fields(start, end, [("example", title), *_labels(better, worse), *beside])),
            ]
            yield fields(start, end, [*filed, *_turns(context, better, worse)])
        best = min(item.answers, key=_rank, default=None)
        if best is not None and label_of(best) not in ("", "BAD"):
            context.append(best)


def _rank(answer: TurnText) -> int:
    """How good an answer is: 0 is best."""
    label = label_of(answer)
    return LABELS.index(label) if label else len(LABELS)


def _pairs(comparison: Comparison) -> list[tuple[TurnText, TurnText | None]]:
    labelled = [answer for answer in comparison.answers if answer.label is not None]
    pairs: list[tuple[TurnText, TurnText | None]] = [
        (better, worse) for better in sorted(labelled, key=_rank) for worse in labelled if _rank(better) < _rank(worse)
    ]
    if len(pairs) > MOST_PAIRS:
        return _few_pairs(sorted(labelled, key=_rank))
    return pairs or [(answer, None) for answer in labelled if label_of(answer) != "BAD"]


def _few_pairs(answers: list[TurnText]) -> list[tuple[TurnText, TurnText | None]]:
    """Of answers from the best to the worst: the best against all worse ones, and the others against the worst."""
    best, worst = answers[0], answers[-1]
    others: list[tuple[TurnText, TurnText | None]] = [(one, worst) for one in answers[1:] if _rank(one) < _rank(worst)]
    return [*((best, one) for one in answers if _rank(best) < _rank(one)), *others]


def _turns(context: list[TurnText], better: TurnText, worse: TurnText | None) -> list[tuple[str, Node | None]]:
    """The conversation in the shortest of the forms that hold it."""
    is_simple = len(context) == 1 and context[0].role == "user"
    if worse is None:
        if is_simple:
            return [("prompt", context[0].content), ("completion", better.content)]
        return [("messages", listed(map(message, [*context, better]), better.start))]
    if is_simple:
        return [("prompt", context[0].content), ("chosen", better.content), ("rejected", worse.content)]
    at = better.start
    return [
        ("prompt", listed(map(message, context), at)),
        ("chosen", listed([message(better)], at)),
        ("rejected", listed([message(worse)], at)),
    ]


def message(turn: TurnText) -> MappingNode:
    """A turn as a message: role and content. Its attributes are no fields that training knows."""
    role = said(turn.role, turn.start + 1, turn.start + 1 + len(turn.role))
    return fields(turn.start, turn.content.end, [("role", role), ("content", turn.content)])


def _labels(better: TurnText, worse: TurnText | None) -> Iterator[tuple[str, Node]]:
    """What the author says of the answers."""
    sides = [("answer", better)] if worse is None else [("chosen", better), ("rejected", worse)]
    for side, answer in sides:
        told = [("label", answer.label), ("blames", answer.blames), ("comment", answer.comment), *_beside(answer)]
        yield side, fields(answer.start, answer.content.start, told)


def _noted(context: list[TurnText]) -> Iterator[MappingNode]:
    """What turns have besides their texts; they count from 0."""
    for number, turn in enumerate(context):
        beside = _beside(turn)
        if any(node is not None for _, node in beside):
            at = turn.start
            yield fields(at, turn.content.start, [("turn", ScalarNode(number, at, at, "plain")), *beside])


def _beside(turn: TurnText) -> list[tuple[str, Node | None]]:
    at = turn.content.start
    return [
        ("attributes", attributes_of(turn.attributes)),
        ("blocks", some(said(name, at, at) for name in turn.blocks)),
    ]


def attributes_of(attributes: Iterable[Attribute]) -> MappingNode | None:
    """Names and values; None where there are none. The values of a name that stands twice are one, parted by a
    blank."""
    found: dict[str, ScalarNode] = {}
    for one in attributes:
        before = found.get(one.name)
        value = f"{before.value} {one.value}" if before is not None else one.value
        found[one.name] = said(value, before.start if before else one.start, one.end)
    if not found:
        return None
    nodes = list(found.values())
    return fields(nodes[0].start, nodes[-1].end, found.items())
