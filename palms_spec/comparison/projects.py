"""Two versions of a project compared: its specifications, prompt sets and datasets, each with its namesake."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from palms_spec.comparison.change import Change, Side, Thing
from palms_spec.comparison.datasets import DatasetVersion, dataset_changes
from palms_spec.comparison.prompt_sets import PromptSetVersion, prompt_changes
from palms_spec.comparison.specs import SpecVersion, spec_changes

Version = TypeVar("Version", SpecVersion, PromptSetVersion, DatasetVersion)


@dataclass(frozen=True, slots=True)
class ProjectVersion:
    """The documents of a version, by id; of an id that is given twice, the first."""

    specs: Mapping[str, SpecVersion] = field(default_factory=dict)
    prompt_sets: Mapping[str, PromptSetVersion] = field(default_factory=dict)
    datasets: Mapping[str, DatasetVersion] = field(default_factory=dict)

    def without(self, paths: Collection[str]) -> ProjectVersion:
        """The version without what stands in some files."""
        return ProjectVersion(
            {name: one for name, one in self.specs.items() if one.path not in paths},
            {name: one for name, one in self.prompt_sets.items() if one.path not in paths},
            {
                name: replace(one, samples={key: own for key, own in one.samples.items() if own.path not in paths})
                for name, one in self.datasets.items()
                if one.path not in paths
            },
        )


def project_changes(base: ProjectVersion, head: ProjectVersion) -> list[Change]:
    """All differences: specifications first, then prompt sets and datasets, each in order of its id."""
    return [
        *_paired("spec", base.specs, head.specs, spec_changes),
        *_paired("prompt-set", base.prompt_sets, head.prompt_sets, prompt_changes),
        *_paired("dataset", base.datasets, head.datasets, dataset_changes),
    ]


def _paired(
    thing: Thing,
    base: Mapping[str, Version],
    head: Mapping[str, Version],
    compare: Callable[[Version, Version], Iterator[Change] | list[Change]],
) -> Iterator[Change]:
    for name in sorted(base.keys() | head.keys()):
        was, now = base.get(name), head.get(name)
        if was is not None and now is not None:
            yield from compare(was, now)
        elif now is not None:
            yield Change("document-added", name, thing, None, Side(name, now.path, ""))
        elif was is not None:
            yield Change("document-removed", name, thing, Side(name, was.path, ""), None)
