"""Deciding in a few microseconds that there is nothing to say about a row. Rows of which that is not sure are read with
all care; a test shows that a glance hides nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orjson import JSONDecodeError, loads

from palms_spec.analysis.blanks import BLANKS
from palms_spec.sources.json import has_duplicate_keys
from palms_spec.sources.jsonl import MAX_ROW_BYTES
from palms_spec.targets.rows.plain import OUTSIDE, PLAIN
from palms_spec.targets.rows.reading import RowReader
from palms_spec.targets.token_use import sure_bytes
from palms_spec.targets.turn_order import order_defect

REMEMBERED_ORDERS = 10_000
_NOT_PLAIN = (JSONDecodeError, KeyError, IndexError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is the same for all plain rows with the same keys and roles. `roles` are those of the turns, as what they
    count; `outside`: the first is that of a system prompt that stands outside of the messages. `form` is the row's."""

    roles: tuple[str, ...]
    outside: bool
    form: tuple[str, ...]


Glanced = tuple[Seen, list[str]]
_UNKNOWN = Seen((), False, ())


def glance_of(reader: RowReader) -> Callable[[bytes], Glanced | None]:
    """What looks at rows of a plan, and gives the texts of one about which there is nothing to say; None where that is
    not sure."""
    plan = reader.plan
    take, markers, limit = PLAIN.get(plan.shape), plan.profile.markers, plan.limits.row_tokens
    most = sure_bytes(limit.value, plan.encoding) if limit else MAX_ROW_BYTES
    orders: dict[tuple[Any, ...], Seen | None] = {}
    roles_of: dict[Any, str] = {**reader.form.roles, OUTSIDE: "system"}
    if not reader.shape.chat:
        roles_of |= {"user": "user", "assistant": "assistant"}

    def judge(order: tuple[Any, ...], value: dict[str, Any]) -> Seen | None:
        """None where a role is not known, the order is wrong, or there is more to a role than its text."""
        roles = tuple([roles_of[role] for role in order[1:]])
        wrong = reader.shape.ordered and order_defect(roles, plan.turns, plan.profile.system_first)
        seen = None
        if roles and not wrong and "tool" not in roles and "assistant" in roles:
            seen = Seen(roles, order[1] == OUTSIDE, reader.read(value).form)
        if len(orders) < REMEMBERED_ORDERS:
            orders[order] = seen
        return seen

    def glance(raw: bytes) -> Glanced | None:
        if take is None or len(raw) > most:
            return None
        try:
            value = loads(raw)
            taken = take(value) if type(value) is dict else None
            if taken is None:
                return None
            roles, texts, strings = taken
            for text in texts:
                if not text[:1].isalnum() and not text.strip(BLANKS):
                    return None
            order = (len(value), *roles)
            seen = orders.get(order, _UNKNOWN)
            if seen is _UNKNOWN:
                seen = judge(order, value)
        except _NOT_PLAIN:
            return None
        if seen is None or (raw.count(b'"') != 2 * strings and has_duplicate_keys(raw, value)):
            return None
        if markers and any(marker in text for marker in markers for text in texts):
            return None
        return seen, texts

    return glance
