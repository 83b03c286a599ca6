"""Samples and other things that share a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palms_spec.facts.references import Namespace

if TYPE_CHECKING:
    from palms_spec.facts.sample import SampleFacts


def sample_set(dataset: str, path: str) -> tuple[str, str]:
    """What tells sets of samples apart: the dataset, or the file where no dataset claims it."""
    return (dataset, "") if dataset else ("", path)


@dataclass(frozen=True, slots=True)
class Member:
    """One of several things that share a key.

    `reference` finds it again. `kind` is `sample` or what else it is (`prompt`, `dataset`, ...); `dataset` is the id of
    a sample's dataset, "" where no dataset claims its file. `name` and `split` are those of an entity, `pointer` leads
    to it inside its file; `spec` is the specification it follows.
    """

    reference: int
    kind: str
    path: str
    dataset: str = ""
    spec: str = ""
    name: str = ""
    split: str = ""
    pointer: str = ""

    @property
    def sample_set(self) -> tuple[str, str]:
        """Which set of samples it belongs to."""
        return sample_set(self.dataset, self.path)


@dataclass(frozen=True, slots=True)
class Group:
    """The members of one key, in order of path and place. `namespace` says what their sharing `key` means.

    `sample` reads the sample of a member again, which takes some ten microseconds and more. `sizes` says how many
    samples the sets have, by `Member.sample_set`.
    """

    namespace: Namespace
    members: tuple[Member, ...]
    sample: Callable[[Member], SampleFacts]
    sizes: Mapping[tuple[str, str], int]
    key: int = 0

    def of_kind(self, kind: str) -> list[Member]:
        """The members of one kind."""
        return [member for member in self.members if member.kind == kind]

    def sample_sets(self) -> Iterator[list[Member]]:
        """The samples, set by set: those of one dataset, or of one file that no dataset claims; sets of two or more."""
        sets: dict[tuple[str, str], list[Member]] = {}
        for member in self.of_kind("sample"):
            sets.setdefault(member.sample_set, []).append(member)
        yield from (members for members in sets.values() if len(members) > 1)

    def asked_prompts(self, split: str) -> Iterator[tuple[Member, list[Member]]]:
        """The prompts of a split of an evaluation, each with the samples of one dataset that follows the same
        specification, dataset by dataset."""
        datasets: dict[str, list[Member]] = {}
        for member in self.of_kind("sample"):
            if member.dataset:
                datasets.setdefault(member.dataset, []).append(member)
        for prompt in self.of_kind("prompt"):
            if prompt.split == split:
                yield from ((prompt, found) for found in datasets.values() if found[0].spec == prompt.spec)
