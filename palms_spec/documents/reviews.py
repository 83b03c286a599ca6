"""Review records: one verdict on a sample against the exact wording of a position, given by a person or a model."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal, Self, cast

import orjson
from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from palms_spec.documents.model import Id, Text
from palms_spec.documents.records import MOMENT, Moment, RecordModel
from palms_spec.sources.json import has_duplicate_keys

REVIEWS_FOLDER = "reviews"
HUMAN = "human:"
Verdict = Literal["adheres", "violates", "unclear"]
REVIEWER = r"^(human:\S.*|model:\S+@\S+)$"
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Reviewer = Annotated[
    str,
    StringConstraints(pattern=REVIEWER),
    Field(description="human:<name>, or model:<name>@<hash of the judge's prompt>"),
]
VERDICTS: dict[int, Verdict] = {1: "violates", 2: "violates", 3: "unclear", 4: "adheres", 5: "adheres"}
"""The verdict that a score stands for."""

_HASH = re.compile(r"[0-9a-f]{64}").fullmatch
_ID = re.compile(r"[\w][\w./:+-]*").fullmatch
_MOMENT = re.compile(MOMENT.removeprefix("^").removesuffix("$")).fullmatch
_REVIEWER = re.compile(REVIEWER.removeprefix("^").removesuffix("$")).fullmatch
_TEXT = re.compile(r"\S").search
MOST_ID_CHARACTERS = 200


class Review(RecordModel):
    """One verdict. It is matched by its two hashes, so a moved or renamed file keeps it; `sample` is a hint.

    `sample_hash` is `identity.sample_hash` of the conversation, `position_hash` that of the position. `at` is a moment
    in ISO 8601. `carried_over` says why a verdict was renewed after an editorial change.
    """

    sample: Text
    sample_hash: Hash
    position: Id
    position_hash: Hash
    verdict: Verdict
    score: int = Field(ge=1, le=5, description="1 and 2 violate, 3 is unclear, 4 and 5 adhere.")
    reviewer: Reviewer
    rationale: str = ""
    at: Moment
    carried_over: Text | None = None

    @field_validator("score")
    @classmethod
    def _agrees(cls, score: int, info: ValidationInfo) -> int:
        verdict = info.data.get("verdict")
        if verdict is not None and VERDICTS.get(score, verdict) != verdict:
            raise ValueError(f"a score of {score} stands for {VERDICTS[score]}, and the verdict is {verdict}")
        return score

    @classmethod
    def at_a_glance(cls, raw: bytes) -> Self | None:
        """The record of a line that is exactly one. Validation would say the same, and takes long to prepare."""
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
        if type(value) is not dict or not _REQUIRED <= value.keys() <= _FIELDS:
            return None
        if any(type(value[name]) is not str for name in value if name not in ("score", "carried_over")):
            return None
        score, carried, position = value["score"], value.get("carried_over"), value["position"]
        if (
            type(score) is not int
            or VERDICTS.get(score) != value["verdict"]
            or not _TEXT(value["sample"])
            or not _HASH(value["sample_hash"])
            or not _HASH(value["position_hash"])
            or not _ID(position)
            or len(position) > MOST_ID_CHARACTERS
            or not _REVIEWER(value["reviewer"])
            or not _MOMENT(value["at"])
            or not (carried is None or (type(carried) is str and _TEXT(carried)))
            or has_duplicate_keys(raw, value)
        ):
            return None
        try:
            datetime.fromisoformat(value["at"])
        except ValueError:
            return None
        return cast(Self, cls.model_construct(set(value), **value))

    @property
    def is_human(self) -> bool:
        """Whether a person gave it."""
        return self.reviewer.startswith(HUMAN)

    @property
    def key(self) -> tuple[str, str]:
        """What it is a verdict on: hashes of sample and position."""
        return self.sample_hash, self.position_hash

    @property
    def moment(self) -> datetime:
        """When it was given."""
        return datetime.fromisoformat(self.at)


_FIELDS = frozenset(Review.model_fields)
_REQUIRED = frozenset(name for name, field in Review.model_fields.items() if field.is_required())
