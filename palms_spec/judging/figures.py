"""How good a judge is at finding answers that violate a position, against labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from palms_spec.analysis.agreement import Agreement, cohen_kappa
from palms_spec.analysis.proportions import Share, f1, wilson
from palms_spec.documents.reviews import Verdict
from palms_spec.judging.biases import LengthBias, OrderBias, length_bias, order_bias
from palms_spec.judging.judge import Judged
from palms_spec.judging.labelled import Label, Labelled, LabelledSet
from palms_spec.judging.votes import Decision

Said = Verdict | Literal["unread"]
"""A verdict, or that the judge's answer could not be read."""
LABELS: tuple[Label, ...] = ("violates", "adheres")
SAID: tuple[Said, ...] = ("violates", "adheres", "unclear", "unread")


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of answers by label and by what the judge says, and what follows from them.

    What is looked for is a violation: one that the judge calls unclear, or cannot be read on, is not found, and neither
    word counts as right. All intervals are of 95 %.
    """

    counts: Mapping[tuple[Label, Said], int]

    def _of(self, label: Label, said: Said) -> int:
        return self.counts.get((label, said), 0)

    def labelled(self, label: Label) -> int:
        """Answers with a label."""
        return sum(count for (one, _), count in self.counts.items() if one == label)

    def said(self, said: Said) -> int:
        """Answers of which the judge says something."""
        return sum(count for (_, one), count in self.counts.items() if one == said)

    @property
    def answers(self) -> int:
        """All answers."""
        return sum(self.counts.values())

    @property
    def precision(self) -> Share | None:
        """Of the answers that the judge says violate, the share that do."""
        return wilson(self._of("violates", "violates"), self.said("violates"))

    @property
    def recall(self) -> Share | None:
        """Of the answers that violate, the share that the judge says do."""
        return wilson(self._of("violates", "violates"), self.labelled("violates"))

    @property
    def f1(self) -> Share | None:
        """The harmonic mean of precision and recall."""
        found = self._of("violates", "violates")
        return f1(found, self._of("adheres", "violates"), self.labelled("violates") - found)

    @property
    def accuracy(self) -> Share | None:
        """Of all answers, the share on which judge and label say the same."""
        return wilson(self._of("violates", "violates") + self._of("adheres", "adheres"), self.answers)

    @property
    def kappa(self) -> Agreement | None:
        """Cohen's kappa of labels and verdicts, over the answers that have a verdict; unclear is a word of its own."""
        return cohen_kappa({(label, said): count for (label, said), count in self.counts.items() if said != "unread"})


@dataclass(frozen=True, slots=True)
class Measured:
    """A judge, measured. `by_category` and `by_tier` are parts of `whole`; `order` is None where no answers were judged
    in both orders of the scale, `length` where too few are alike. `wrong` are the answers that it is not right about,
    with what it says. `unasked` are answers that it was never asked about."""

    whole: Figures
    by_category: Mapping[str, Figures]
    by_tier: Mapping[str, Figures]
    order: OrderBias | None
    length: LengthBias | None
    wrong: tuple[tuple[Labelled, Said], ...]
    unasked: int

    @property
    def complete(self) -> bool:
        """Whether it is about every answer of the set."""
        return not self.unasked


def measure(labelled: LabelledSet, judged: Iterable[Judged]) -> Measured:
    """What the verdicts of a judge come to, against the labels."""
    verdicts = {one.case.key: one for one in judged if one.asked}
    seen = [(one, verdicts[one.case.key]) for one in labelled.answers if one.case.key in verdicts]
    said = [(one, _said(found)) for one, found in seen]
    return Measured(
        _figures(said),
        _parts(said, lambda one: one.category),
        _parts(said, lambda one: one.tier),
        order_bias(found.votes for _, found in seen),
        length_bias(
            ((one.label, one.category, one.tier), one.words, found.outcome.score)
            for one, found in seen
            if isinstance(found.outcome, Decision)
        ),
        tuple((one, word) for one, word in said if word != one.label),
        len(labelled.answers) - len(seen),
    )


def _said(judged: Judged) -> Said:
    return judged.outcome.verdict if isinstance(judged.outcome, Decision) else "unread"


def _figures(said: Iterable[tuple[Labelled, Said]]) -> Figures:
    return Figures(Counter((one.label, word) for one, word in said))


def _parts(said: Sequence[tuple[Labelled, Said]], name_of: Callable[[Labelled], str]) -> dict[str, Figures]:
    names = dict.fromkeys(name_of(one) for one, _ in said)
    return {name: _figures((one, word) for one, word in said if name_of(one) == name) for name in names if name}
