"""The rule pack: house rules as data, without code."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from palms_spec.documents.model import FormatVersion, Id, Model, Text
from palms_spec.documents.pack_checks import CHECKS
from palms_spec.documents.prompts import Split
from palms_spec.documents.spec import SemanticVersion

RuleName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80),
    Field(description="Names the bad thing: em-dash, never no-em-dashes."),
]
RuleCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2,10}[0-9]{2,4}$"),
    Field(description="Capital letters and a number: HOUSE001. Without one, the rule is called by its name only."),
]
Family = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2,10}$"),
    Field(description="What the rules of the pack are selected by together."),
]


class _CheckSchema:
    """In the JSON Schema, `check` is one of the kinds, each with its own fields."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        kinds = [model.model_json_schema() for model in CHECKS.values()]
        return {
            "title": "Check",
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"enum": list(CHECKS)}},
            "oneOf": kinds,
        }


Check = Annotated[dict[str, Any], _CheckSchema()]


class Where(Model):
    """Which of the values at `given` are looked at. What is left out lets everything through."""

    category: list[Id] = Field(default=[], description="Of the sample, the prompt, or in the specification.")
    position: list[Id] = Field(default=[], description="One of these; of the sample, the prompt, or in the spec.")
    role: list[Literal["values-targeted", "control"]] = Field(default=[], description="Of the dataset.")
    language: list[Text] = Field(default=[], description="Of the document: en is English of every country.")
    speaker: list[Literal["system", "developer", "user", "assistant", "tool"]] = Field(
        default=[], description="Of the turn, where given is samples[*].messages[*].content."
    )
    split: list[Split] = Field(default=[], description="Of the prompt.")


class PackExample(Model):
    """A defect, and the same without it: each side the text at `given`, or with `_files` the files of a project.

    `[[` and `]]` in the bad side mark the place that must be pointed at.
    """

    bad: Text | None = None
    good: Text | None = None
    bad_files: dict[str, str] = Field(default={}, description="Texts by path, laid over a small project.")
    good_files: dict[str, str] = {}
    fix: Literal["safe", "unsafe", "shown"] | None = Field(
        default=None, description="How palms can make the one into the other, if it can."
    )


class PackRule(Model):
    """A rule. Its page is made of `docs` and `why`."""

    name: RuleName
    code: RuleCode | None = None
    severity: Literal["note", "warning", "error"] = "warning"
    confidence: Literal["low", "medium", "high"] = "high"
    stability: Literal["stable", "preview", "deprecated"] = "stable"
    since: Text | None = Field(default=None, description="The version of the pack that brought it.")
    aliases: list[RuleName] = []
    expected: Text = Field(description="What is asked for, as one general sentence.")
    message: Text | None = Field(
        default=None, description="What is the case, as a fragment; {found} and the like stand for what was found."
    )
    hint: Text | None = Field(default=None, description="What to do about it.")
    docs: Text | None = Field(default=None, description="The first line sums the rule up.")
    why: Text | None = Field(default=None, description="Why it matters.")
    given: Text = Field(description="Which values are looked at, as a path: samples[*].completion.")
    where: Where = Where.model_construct()
    check: Check
    examples: list[PackExample] = Field(min_length=1)
    near_misses: list[Text] = Field(default=[], description="Texts at `given` that look like the defect and are none.")


class RulePack(Model):
    """A pack of rules."""

    palms: FormatVersion
    kind: Literal["rule-pack"]
    id: Id
    title: Text
    version: SemanticVersion | None = None
    family: Family = "HOUSE"
    rules: list[PackRule]
