"""The form of a judge's answer, and what is made of one. What has not this form is no verdict."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from palms_spec.documents.reviews import VERDICTS, Verdict
from palms_spec.judging.scale import NUMBERS, Order, score_of, verdict_words
from palms_spec.providers.chat import Completion

Structured = Literal["schema", "object", "none"]
"""Whether the server is handed the JSON Schema of the answer, is only asked for JSON, or neither."""
THOUGHT_END = "</think>"
"""Behind it some servers put the answer of a model that thinks aloud."""


class AnswerForm(BaseModel):
    """What a model is to answer."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    rationale: Annotated[str, StringConstraints(pattern=r"\S")]
    verdict: Verdict
    score: int = Field(ge=1, le=5)


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer to one question: the score as review records have it, whichever order the scale was in."""

    order: Order
    score: int
    rationale: str

    @property
    def verdict(self) -> Verdict:
        """The verdict that the score stands for."""
        return VERDICTS[self.score]


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer that is no vote, and why. `final`: another try would end the same way."""

    why: str
    final: bool = False


def schema(order: Order) -> dict[str, Any]:
    """The JSON Schema of an answer, of keywords that every server with structured outputs takes."""
    return {
        "type": "object",
        "properties": {
            "rationale": {"type": "string"},
            "verdict": {"type": "string", "enum": list(verdict_words(order))},
            "score": {"type": "integer", "enum": list(NUMBERS)},
        },
        "required": ["rationale", "verdict", "score"],
        "additionalProperties": False,
    }


def response_format(order: Order, structured: Structured) -> dict[str, Any] | None:
    """What a request says of the form of its answer."""
    if structured == "schema":
        return {"type": "json_schema", "json_schema": {"name": "verdict", "strict": True, "schema": schema(order)}}
    return {"type": "json_object"} if structured == "object" else None


def example(order: Order) -> str:
    """The form of an answer in words."""
    verdicts = " or ".join(f'"{word}"' for word in verdict_words(order))
    return (
        '{"rationale": "one to three sentences that name the words which decide, without numbers of the scale", '
        f'"verdict": {verdicts}, "score": the number}}'
    )


def read_answer(completion: Completion, order: Order) -> Vote | Unread:
    """The vote that an answer is. The reasons against it are ours: nothing that the model wrote is in them."""
    if completion.refusal:
        return Unread("the model declines to judge")
    if completion.finish == "content_filter":
        return Unread("the provider's filter held the answer back", final=True)
    if completion.finish == "length":
        return Unread("the answer is cut off, for it is longer than the model may write", final=True)
    text = completion.text.rpartition(THOUGHT_END)[2].strip()
    if text.startswith("```") and text.endswith("```"):
        text = text.removeprefix("```json").strip("`").strip()
    if not text:
        return Unread("it is empty")
    try:
        form = AnswerForm.model_validate(json.loads(text, object_pairs_hook=_once))
    except ValidationError as error:
        return Unread(_told(error))
    except (ValueError, RecursionError):
        return Unread("it is not one JSON object")
    score = score_of(form.score, order)
    if VERDICTS[score] != form.verdict:
        return Unread(f"its score stands for {VERDICTS[score]}, and its verdict is {form.verdict}")
    return Vote(order, score, form.rationale)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping whose keys stand once, so that it says one thing."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands twice")
    return value


def _told(error: ValidationError) -> str:
    """The first defect."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = first["loc"][0] if first["loc"] else ""
    if first["type"] == "missing":
        return f"it has no {name}"
    if first["type"] == "extra_forbidden":
        return "it has a field that nobody asked for"
    return f"its {name} is none of those there are" if name else "it is not one JSON object"
