"""What a sample's checks may know of its dataset and specification.

Plain and small: it travels to worker processes, and it is part of the key under which results are cached. Statements
are not in it, so a changed word in a statement leaves every result about samples valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from palms_spec.documents.dataset import Dataset, TargetChoice
from palms_spec.documents.document import Defect
from palms_spec.documents.held_out import NOTHING_HELD_OUT, HeldOutPrompts
from palms_spec.documents.spec import Spec
from palms_spec.documents.suggestion import meant, nearest
from palms_spec.sources.node import escape_step

if TYPE_CHECKING:
    from palms_spec.documents.sample import Sample

OF_THE_SPEC = frozenset(("categories", "positions", "metadata_schema", "retired"))


NamedTarget = tuple[str, str | None, str | None, str | None, int | None]


@dataclass(frozen=True, slots=True)
class SampleContext:
    """`positions` maps every position id to the id of its category; both it and `categories` are None where there is
    no specification to check against; `retired` are the ids of retired positions. `shares` are those of the splits
    train, validation and test, None where all samples are trained on; `held_out` are the specification's test prompts.
    An anonymous dataset, one that no document describes, has the id "". The paths are those of the two documents.
    `targets` are those that the dataset names, each with method, shape, model and limit of tokens, if it chose them;
    `system_prompt` is given only where there are some. `reviewed`: there may be review records of the samples, or the
    dataset asks for some."""

    dataset: str = ""
    spec: str = ""
    role: str | None = None
    draft: bool = False
    language: str = ""
    min_words: int | None = None
    max_words: int | None = None
    counted: Literal["sample", "answer"] = "sample"
    categories: tuple[str, ...] | None = None
    positions: dict[str, str] | None = None
    metadata_schema: dict[str, Any] | None = None
    retired: tuple[str, ...] = ()
    shares: tuple[float, float, float] | None = None
    seed: int = 0
    held_out: HeldOutPrompts = NOTHING_HELD_OUT
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dataset_path: str = ""
    spec_path: str = ""
    targets: tuple[NamedTarget, ...] = ()
    system_prompt: str = ""
    reviewed: bool = False

    @property
    def anonymous(self) -> bool:
        return not self.dataset

    def sources(self, fields: Iterable[str]) -> tuple[str, ...]:
        """Paths of the documents that say what these fields hold."""
        paths = {self.spec_path if name in OF_THE_SPEC else self.dataset_path for name in fields}
        return tuple(sorted(paths - {""}))

    def as_json(self) -> dict[str, Any]:
        """A JSON value that is equal for equal contexts."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**values, "held_out": [[one.name, one.path, one.text] for one in self.held_out.prompts]}


ANONYMOUS = SampleContext()


def context_of(dataset: Dataset, spec: Spec | None, held_out: HeldOutPrompts = NOTHING_HELD_OUT) -> SampleContext:
    """The context of a dataset's samples."""
    length, splits = dataset.length, dataset.splits
    return SampleContext(
        dataset=dataset.id,
        spec=spec.id if spec else "",
        role=dataset.role,
        draft=dataset.status == "draft",
        language=dataset.language,
        min_words=length.min if length else None,
        max_words=length.max if length else None,
        counted=length.count if length else "sample",
        categories=tuple(category.id for category in spec.categories) if spec else None,
        positions={position.id: category.id for category in spec.categories for position in category.positions}
        if spec
        else None,
        metadata_schema=spec.sample_metadata if spec else None,
        retired=tuple(
            position.id
            for category in spec.categories
            for position in category.positions
            if position.status == "retired"
        )
        if spec
        else (),
        shares=(splits.train, splits.validation, splits.test) if splits.train < 1 else None,
        seed=splits.seed,
        held_out=held_out,
        targets=tuple(map(_named_target, dataset.targets)),
        system_prompt=(dataset.system_prompt or "") if dataset.targets else "",
    )


def _named_target(named: TargetChoice | str) -> NamedTarget:
    if isinstance(named, str):
        return named, None, None, None, None
    return named.target, named.method, named.shape, named.model, named.max_tokens


def reference_defects(sample: Sample, context: SampleContext) -> Iterator[Defect]:
    """The category and the positions a sample names that its specification does not have."""
    if context.categories is None or context.positions is None:
        return
    causes = context.sources(("categories", "positions"))
    if sample.category is not None and sample.category not in context.categories:
        message = f"category {sample.category} is not in {context.spec}"
        hint, instead = nearest(sample.category, context.categories), meant(sample.category, context.categories)
        pointer = sample.pointer + "/category"
        yield Defect("unresolved-reference", message, hint, pointer, instead=instead, causes=causes)
    for index, position in enumerate(sample.positions):
        if position not in context.positions:
            message = f"position {position} is not in {context.spec}"
            own = [name for name, category in context.positions.items() if category == sample.category]
            hint, instead = nearest(position, context.positions, own), meant(position, context.positions)
            pointer = f"{sample.pointer}/positions/{index}"
            yield Defect("unresolved-reference", message, hint, pointer, instead=instead, causes=causes)


def named(pointer: str, name: str) -> str:
    """A pointer one step further, to a thing with an id."""
    return f"{pointer}/{escape_step(name)}"
