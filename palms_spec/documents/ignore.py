"""The field that says which findings are accepted, as documents and samples have it."""

from __future__ import annotations

from pydantic import Field

from palms_spec.documents.model import Model, Text


class Ignore(Model):
    """A rule that is not to be reported here, with the reason."""

    rule: Text = Field(description="Name or code of a rule.")
    reason: Text | None = Field(default=None, description="Why what it finds is accepted.")
    until: Text | None = Field(
        default=None,
        description="A day such as 2027-01-31, from which on it counts no longer.",
        json_schema_extra={"format": "date"},
    )
