"""Samples and other things that share a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from palms_spec.facts.references import Namespace


@dataclass(frozen=True, slots=True)
class Member:
    """One of several things that share a key.

    `reference` finds it again. `kind` is `sample` or what else it is (`prompt`, `dataset`, ...); `dataset` is the id of a
    sample's dataset, "" where no dataset claims its file. `name` and `split` are those of an entity, `pointer` leads to it
    inside its file; `spec` is the specification it follows.
    """

    reference: int
    kind: str
    path: str
    dataset: str = ""
    spec: str = ""
    name: str = ""
    split: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The members of one key, in order of path and place. `namespace` says what their sharing it means."""

    namespace: Namespace
    members: tuple[Member, ...]

    def of_kind(self, kind: str) -> list[Member]:
        """The members of one kind."""
        return [member for member in self.members if member.kind == kind]

    def sample_sets(self) -> Iterator[list[Member]]:
        """The samples, set by set: those of one dataset, or of one file that no dataset claims; sets of two or more."""
        sets: dict[tuple[str, str], list[Member]] = {}
        for member in self.of_kind("sample"):
            sets.setdefault((member.dataset, "" if member.dataset else member.path), []).append(member)
        yield from (members for members in sets.values() if len(members) > 1)
