"""The values specification: categories and the positions taken in them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from palms_spec.documents.ignore import Ignore
from palms_spec.documents.model import FormatVersion, Id, Language, Model, Text

Stance = Literal["support", "oppose", "neutral", "defer"]
SemanticVersion = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$"), Field(description="major.minor.patch")]


class Reading(Model):
    """Something the text draws on."""

    title: Text
    url: Text | None = None


class Governance(Model):
    """Who answers for the text, who was heard, what it draws on, who disagrees."""

    owners: list[Text] = Field(default=[], description="Accountable for the text; may approve its changes.")
    consulted: list[Text] = []
    sources: list[Reading] = []
    dissent: list[Text] = Field(default=[], description="Recorded disagreement.")


class Position(Model):
    """What answers in a category should hold."""

    id: Id
    subject: Text | None = Field(default=None, description="What the stance is about.")
    stance: Stance | None = Field(default=None, description="Toward the subject; defer: point to the right authority.")
    statement: Text = Field(description="One full sentence or more that stands alone.")
    rationale: Text | None = None
    authority: Text | None = Field(default=None, description="One of authority_levels, if there are any.")
    status: Literal["active", "retired"] = "active"
    within: Id | None = Field(default=None, description="The position that this one is a part of.")
    attributes: dict[str, str] = Field(
        default={}, description="What else narrows it, such as whom it is for. It is part of what the position means."
    )
    footnotes: list[Text] = Field(default=[], description="Names of prompts that a published text points to from here.")


class Category(Model):
    """A sensitive topic."""

    id: Id
    name: Text
    weight: float = Field(default=1.0, ge=0, description="Relative weight; equal by default.")
    positions: list[Position] = []


class Spec(Model):
    """A values specification."""

    palms: FormatVersion
    kind: Literal["values-spec"]
    id: Id
    title: Text
    version: SemanticVersion
    language: Language
    context: Text | None = Field(
        default=None, description="Application, audience and culture in which these values hold."
    )
    status: Literal["draft", "review", "approved", "retired"] = "draft"
    authority_levels: list[Text] = Field(default=[], description="Ranking of authorities, highest first.")
    governance: Governance = Governance.model_construct()
    sample_metadata: dict[str, Any] | None = Field(
        default=None, description="A JSON Schema for `metadata` of this spec's samples."
    )
    categories: list[Category]
    palms_ignore: list[Ignore] = []
