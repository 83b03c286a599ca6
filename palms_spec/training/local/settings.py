"""How a model is trained on this machine. The sources on the PALMS process state no numbers: the defaults are ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from palms_spec.errors import UsageError
from palms_spec.providers.provider import Settings

LEARNING_RATE = 2e-5
"""Of all weights."""
LORA_LEARNING_RATE = 2e-4
"""Of the few weights of adapters, which start from nothing."""
SUFFIX = r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$"
Positive = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, lt=1)]


class TrainingSettings(BaseModel):
    """Everything that the trained weights depend on besides the model and the rows, and a little more."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    epochs: Positive = Field(default=3, description="How often each row is seen.")
    batch_size: Positive = Field(default=8, description="Rows whose gradients make one step.")
    learning_rate: Annotated[float, Field(gt=0)] | None = Field(
        default=None, description="The highest one; 2e-5, or 2e-4 with adapters, if left out."
    )
    lora_rank: Positive | None = Field(
        default=None, description="Train low-rank adapters (LoRA) of this rank; all weights if left out."
    )
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(default=0, description="Of the order of rows and of dropout.")
    suffix: Annotated[str, Field(pattern=SUFFIX)] = Field(default="local", description="What a job's name begins with.")
    lora_alpha: Positive | None = Field(default=None, description="Weight of adapters; twice their rank if left out.")
    lora_dropout: Share = Field(default=0.0, description="Share of an adapter's inputs that are left out by chance.")
    schedule: Literal["linear", "cosine", "constant"] = Field(
        default="linear", description="How the learning rate falls: linear, cosine, or constant if it does not."
    )
    warmup: Share = Field(default=0.1, description="Share of the steps in which the learning rate rises.")
    weight_decay: Annotated[float, Field(ge=0)] = Field(default=0.0, description="Of AdamW.")
    max_gradient: Annotated[float, Field(ge=0)] = Field(
        default=1.0, description="Longer gradients are shortened to this norm; 0 leaves them."
    )
    max_tokens: Positive | None = Field(
        default=None,
        description="A longer row is refused, never cut; what the model takes if left out.",
    )
    separator: str = Field(
        default="\n", description="Between question and answer where rows are plain text; ask the model the same way."
    )
    rows_at_once: Positive = Field(
        default=1, description="Rows of a batch that are in memory together; has to divide the batch."
    )
    save_memory: bool = Field(default=False, description="Compute again what would be held until it is needed.")
    precision: Literal["float32", "bfloat16"] = Field(
        default="float32", description="bfloat16 computes with fewer digits, for GPUs that are made for it."
    )
    device: Literal["auto", "cpu", "gpu"] = Field(default="auto", description="auto takes a GPU where there is one.")
    threads: Positive = Field(
        default=1, description="Of the CPU. Sums depend on their number, so the same weights need the same number."
    )
    checkpoint_steps: Positive | None = Field(
        default=None, description="Steps from one checkpoint to the next; once an epoch, and every 100, if left out."
    )
    evaluation_rows: Annotated[int, Field(ge=0)] = Field(
        default=200, description="The loss before and after is of so many rows of each file, from its beginning."
    )
    revision: str | None = Field(default=None, description="Branch, tag or commit of a model that is fetched by name.")

    @property
    def peak_learning_rate(self) -> float:
        """The learning rate that was set, or that fits what is trained."""
        default = LORA_LEARNING_RATE if self.lora_rank else LEARNING_RATE
        return self.learning_rate if self.learning_rate is not None else default

    @property
    def adapter_weight(self) -> int:
        """What adapters are multiplied with, before it is divided by their rank."""
        return self.lora_alpha if self.lora_alpha is not None else 2 * (self.lora_rank or 0)


def settings_of(asked: Settings) -> TrainingSettings:
    """The settings of a request. Raises UsageError with everything that is wrong with them."""
    given = {name: value for name, value in asdict(asked).items() if name != "extra" and value not in (None, "")}
    given |= {name.replace("-", "_"): value for name, value in asked.extra.items()}
    try:
        settings = TrainingSettings.model_validate(given)
    except ValidationError as error:
        problems = [_problem(one, given) for one in error.errors(include_url=False)]
        hint = next(_hints(error.errors(include_url=False)), "")
        raise UsageError("; ".join(problems), hint=hint) from error
    if settings.batch_size % settings.rows_at_once:
        raise UsageError(f"rows_at_once is {settings.rows_at_once}, which does not divide {settings.batch_size}")
    if settings.lora_rank is None and {"lora_alpha", "lora_dropout"} & settings.model_fields_set:
        raise UsageError("lora_alpha and lora_dropout are about adapters", hint="set lora_rank as well")
    return settings


def _problem(error: ErrorDetails, given: dict[str, Any]) -> str:
    name, type_ = str(error["loc"][0]), error["type"]
    if type_ == "extra_forbidden":
        return f"training on this machine has no setting {name}"
    expected = _EXPECTED.get(type_, error["msg"]).format(**error.get("ctx", {}))
    return f"{name} is {given[name]!r}, and should be {expected}"


_EXPECTED = {
    "bool_type": "true or false",
    "finite_number": "a finite number",
    "float_type": "a number",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "int_type": "a whole number",
    "less_than": "less than {lt}",
    "literal_error": "{expected}",
    "string_pattern_mismatch": "letters, digits and hyphens, at most 40",
    "string_type": "text",
}


def _hints(errors: list[ErrorDetails]) -> Iterator[str]:
    from palms_spec.documents.suggestion import nearest

    for error in errors:
        if error["type"] == "extra_forbidden":
            names = list(TrainingSettings.model_fields)
            yield nearest(str(error["loc"][0]), names) or f"there are {', '.join(names)}"
