"""What every document model shares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[\w][\w./:+-]*$", max_length=200),
    Field(description="Letters, digits, and . _ - / : + after the first character."),
]
Reference = Annotated[
    str,
    StringConstraints(pattern=r"^[\w][\w./:+-]*(@[\^~]?\d+(\.\d+){0,2})?$"),
    Field(description="The id of a document, with an optional version: palms-2021@^1."),
]
Language = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
    Field(description="A BCP 47 language tag."),
]
Text = Annotated[str, StringConstraints(pattern=r"\S"), Field(description="Text that is not blank.")]
FormatVersion = Annotated[Literal[1], Field(description="Version of the document format.")]


class Model(BaseModel):
    """A part of a document: no field beyond the declared ones, no coercion, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True)
