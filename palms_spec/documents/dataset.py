"""The dataset: which samples belong together, under which spec, and what is promised of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from palms_spec.documents.ignore import Ignore
from palms_spec.documents.model import FormatVersion, Id, Language, Model, Reference, Text

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Length(Model):
    """Bounds in words. `sample` counts question and answer together, `answer` the answer alone."""

    min: int = Field(default=40, ge=0)
    max: int = Field(default=340, ge=1)
    count: Literal["sample", "answer"] = "sample"


class Coverage(Model):
    """How many samples the finished dataset holds."""

    samples: int | None = Field(default=None, ge=0)
    per_category: int | None = Field(default=None, ge=0)
    per_position: int | None = Field(default=None, ge=0)


class Reviews(Model):
    """How many verdicts a sample needs, by whom, and at least which score."""

    required: int = Field(default=0, ge=0)
    by: Literal["human", "model", "any"] = "any"
    minimum: int = Field(default=4, ge=1, le=5)


class Splits(Model):
    """Shares of the splits, by hash of seed and sample id; they add up to 1."""

    train: float = Field(default=1.0, ge=0, le=1)
    validation: float = Field(default=0.0, ge=0, le=1)
    test: float = Field(default=0.0, ge=0, le=1)
    seed: int = 0


class TargetChoice(Model):
    """A fine-tuning target whose limits are checked."""

    target: Text
    model: Text | None = None
    method: Text | None = None
    shape: Text | None = None
    max_tokens: int | None = Field(default=None, ge=1)


class RemoteSamples(Model):
    """Samples that lie elsewhere, pinned by hash."""

    url: Text
    sha256: Sha256


def _written_as(value: Any) -> str:
    """Which of its two forms an entry has, decided before it is validated."""
    return "text" if isinstance(value, str) else "table"


SampleSource = Annotated[
    Annotated[Text, Tag("text")] | Annotated[RemoteSamples, Tag("table")], Discriminator(_written_as)
]
Target = Annotated[Annotated[Text, Tag("text")] | Annotated[TargetChoice, Tag("table")], Discriminator(_written_as)]
FORM_TAGS = frozenset({"text", "table"})
FORMED_LISTS = frozenset({"samples", "targets"})


class Dataset(Model):
    """A set of samples. A control dataset names what it is the control for."""

    palms: FormatVersion
    kind: Literal["dataset"]
    id: Id
    title: Text
    status: Literal["draft", "released"] = "draft"
    spec: Reference | None = None
    role: Literal["values-targeted", "control"] | None = None
    control_for: Id | None = None
    language: Language = "en"
    license: Text | None = None
    authors: list[Text] = []
    samples: list[SampleSource] = Field(description="Globs below this file, or {url, sha256}.")
    length: Length | None = None
    coverage: Coverage = Coverage.model_construct()
    system_prompt: Text | None = None
    splits: Splits = Splits.model_construct()
    targets: list[Target] = []
    reviews: Reviews = Reviews.model_construct()
    palms_ignore: list[Ignore] = []
