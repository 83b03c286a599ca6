"""What a reader makes of a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from palms_spec.errors import SourceError

Row = dict[str, Any]
Message = dict[str, Any]
"""`role` and `content`, and what `documents.sample.EXTRAS` names, as messages of our own samples have them."""


class UnfitRow(SourceError):
    """A row that is no conversation, or one that a sample cannot hold. The message says why."""


@dataclass(slots=True)
class Conversation:
    """A conversation, in the messages of our own samples.

    `chosen` is what follows on `prompt` in preference data, and `rejected` the other end; of other data all messages
    are in `prompt`. `told` are the columns of the row of which everything is said by that; `notes` holds what else
    there was in them, by the name of the place: it has no field, and is to be kept.
    """

    prompt: list[Message]
    chosen: list[Message] = field(default_factory=list)
    rejected: list[Message] = field(default_factory=list)
    tools: list[dict[str, Any]] | None = None
    weight: float | None = None
    told: set[str] = field(default_factory=set)
    notes: dict[str, Any] = field(default_factory=dict)
