"""Whether the turns of a record come in an order that a target takes."""

from __future__ import annotations

from palms_spec.targets import turn_order as order
from palms_spec.targets.profile import Turns
from palms_spec.training.record import Message
from palms_spec.training.unfit import Unfit

_UNFIT = {rule: Unfit(rule, message) for rule, message in order.ORDER_DEFECTS.items()}
ANSWER_NOT_LAST = _UNFIT[order.ANSWER_NOT_LAST]
SYSTEM_NOT_FIRST = _UNFIT[order.SYSTEM_NOT_FIRST]
SEVERAL_SYSTEMS = _UNFIT[order.SEVERAL_SYSTEMS]


def out_of_order(messages: list[Message], turns: Turns, system_first: bool) -> Unfit | None:
    """What is wrong with the order of the messages; None if nothing is."""
    found = order.order_defect(tuple([message["role"] for message in messages]), turns, system_first)
    return _UNFIT[found[0]] if found else None
