"""Review records: one verdict on a sample against the exact wording of a position, given by a person or a model."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from palms_spec.documents.model import Id, Model, Text

REVIEWS_FOLDER = "reviews"
Verdict = Literal["adheres", "violates", "unclear"]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Reviewer = Annotated[
    str,
    StringConstraints(pattern=r"^(human:\S.*|model:\S+@\S+)$"),
    Field(description="human:<name>, or model:<name>@<hash of the judge's prompt>"),
]
VERDICTS: dict[int, Verdict] = {1: "violates", 2: "violates", 3: "unclear", 4: "adheres", 5: "adheres"}
"""The verdict that a score stands for."""


class Review(Model):
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
    at: Text
    carried_over: Text | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Review:
        if VERDICTS[self.score] != self.verdict:
            raise ValueError(f"score {self.score} is {VERDICTS[self.score]}, and the verdict is {self.verdict}")
        return self

    @property
    def is_human(self) -> bool:
        """Whether a person gave it."""
        return self.reviewer.startswith("human:")

    @property
    def key(self) -> tuple[str, str]:
        """What it is a verdict on: hashes of sample and position."""
        return self.sample_hash, self.position_hash

    def as_line(self) -> str:
        """The line of a record file."""
        return json.dumps(self.model_dump(exclude_none=True), ensure_ascii=False) + "\n"
