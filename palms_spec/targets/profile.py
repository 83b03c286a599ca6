"""What is known of a target: a record of facts, and nothing that acts on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from palms_spec.targets.fact import AS_OF, Fact, Mark

Method = Literal["sft", "dpo"]
METHODS: tuple[Method, ...] = get_args(Method)
Turns = Literal["any", "answer-last", "strict"]
Overflow = Literal["cut from the end", "row dropped", "job fails", "not said"]


@dataclass(frozen=True, slots=True)
class Event:
    """What ends on a day (`YYYY-MM-DD`)."""

    on: str
    what: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Closing:
    """How a target comes to its end. After `last_jobs` (`YYYY-MM-DD`, "" if no day is known) it takes no new job."""

    summary: str
    mark: Mark
    events: tuple[Event, ...] = ()
    last_jobs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Rows in the training file, bytes of a file, tokens of a row; None where no limit is known.

    `tokens_setting` names the setting that the limit on tokens is the default of; without one it stands fast.
    """

    rows_min: Fact[int] | None = None
    rows_max: Fact[int] | None = None
    file_bytes: Fact[int] | None = None
    row_tokens: Fact[int] | None = None
    tokens_setting: str = ""
    overflow: Overflow = "not said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Models of a target that differ from the others. `pattern` is searched for in a model's name, in any case.

    `shape` is the default line shape of supervised rows, `encoding` the tokenizer; "" and None: as the target has it.
    """

    name: str
    pattern: str
    row_tokens: Fact[int] | None = None
    shape: str = ""
    encoding: str = ""
    note: str = ""

    def covers(self, model: str) -> bool:
        """Whether a model is one of these."""
        return re.search(self.pattern, model, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A target. The first shape of a method is its default; a method without shapes is not offered.

    `turns`: `answer-last`, the last message is the assistant's; `strict`, besides that user and assistant alternate,
    the user begins, and one system message at most stands before them. `message_weight` is the key with which a message
    is left out of the loss, "" where there is none; `row_weight` says whether a row may have a weight. `markers` are
    texts that may stand in no message. `all_or_none` names fields that stand in all rows or in none. `encoding` is the
    tokenizer where it is public and known. `local`: no provider takes the file, a trainer on one's own machine does.

    Of rows that others wrote: `roles` are those besides system, user, assistant and tool; `message_keys` and `row_keys`
    the keys besides what the shape and the fields above bring with them; `content_parts` says whether a text may be a
    list of parts, `byte_order_mark` whether the file may begin with one, `blank_lines` whether readers pass over blank
    lines.
    """

    name: str
    title: str
    sft: tuple[str, ...]
    dpo: tuple[str, ...] = ()
    local: bool = False
    limits: Limits = Limits()
    families: tuple[Family, ...] = ()
    closing: Closing | None = None
    turns: Turns = "any"
    system_first: bool = False
    tools: bool = False
    message_weight: str = ""
    row_weight: bool = False
    call_id_length: int = 0
    markers: tuple[str, ...] = ()
    all_or_none: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    message_keys: tuple[str, ...] = ()
    row_keys: tuple[str, ...] = ()
    content_parts: bool = False
    byte_order_mark: bool = False
    blank_lines: bool = True
    encoding: str = ""
    upload: str = ""
    notes: tuple[Fact[str], ...] = ()
    as_of: str = AS_OF

    def shapes(self, method: Method) -> tuple[str, ...]:
        """The line shapes of a method, the default first."""
        return self.dpo if method == "dpo" else self.sft

    @property
    def methods(self) -> tuple[Method, ...]:
        """The methods it takes files for."""
        return tuple(method for method in METHODS if self.shapes(method))

    def turns_of(self, method: Method) -> Turns:
        """The order of turns that a method asks for: preference data end with the answers that are compared."""
        return "answer-last" if method == "dpo" and self.turns == "any" else self.turns

    def family(self, model: str | None) -> Family | None:
        """The family of a model, if the target knows it as a special case."""
        return next((family for family in self.families if model and family.covers(model)), None)
