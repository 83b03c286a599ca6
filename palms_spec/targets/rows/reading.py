"""From the value of a row to what a target reads in it."""

from __future__ import annotations

from typing import Any

from palms_spec.sources.node import escape_step
from palms_spec.targets.lines import LINES, OPENAI_CHAT
from palms_spec.targets.plan import Plan
from palms_spec.targets.rows.message_form import WEIGHT_KEYS, openai_form
from palms_spec.targets.rows.row import TargetRow
from palms_spec.targets.rows.shapes import SHAPES
from palms_spec.targets.rows.values import described, listed_keys, meant_key, shortened, type_of
from palms_spec.targets.turn_order import ORDER_DEFECTS, order_defect

UNORDERED = frozenset(("incomplete-row", "incomplete-message", "unrecognized-role", "missing-content"))
"""Where one of these is found the order of the messages is not known, and nothing is said about it."""
OTHER_FORM = frozenset(("incomplete-row", "unrecognized-key", "missing-content"))
"""Of a row with one of these it is not said as well that it has other fields than most."""
TEXT_KEYS = ("content", "parts", "value")
MOST_FIELDS = 50


class RowReader:
    """Reads the rows of a plan. `form` is how messages are written there, `keys` are those that a row may have."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.shape = SHAPES[plan.shape]
        self.form = self.shape.form or openai_form(plan)
        self.keys = self._known_keys()

    def read(self, value: Any) -> TargetRow:
        """What the target reads in a row, and what is wrong with its form."""
        row = TargetRow(value)
        if type(value) is not dict:
            line = LINES[self.plan.shape]
            row.defect("row-not-a-mapping", f"the row is {described(value)}", f"a row is written {line}")
            return row
        missing = [key for key in self.shape.needed if key not in value]
        if missing:
            keys = f"; it has {listed_keys(value)}" if value else ""
            hint = f"a row is written {LINES[self.plan.shape]}"
            row.defect("incomplete-row", f"the row has no {' and no '.join(missing)}{keys}", hint)
        # Where a row is of another shape altogether, that is all there is to say of its keys.
        if len(missing) < len(self.shape.needed):
            self._check_keys(value, row)
        if not missing:
            self.shape.read(value, self.form, row)
            self._check_order(row)
        if not any(defect.kind in OTHER_FORM for defect in row.defects):
            row.form = _form(value, row)
        return row

    def conversation(self, value: Any) -> TargetRow:
        """The turns of a row as `read` gives them, without a look at what is wrong."""
        row = TargetRow(value)
        if type(value) is dict and all(key in value for key in self.shape.needed):
            self.shape.read(value, self.form, row)
        return row

    def _known_keys(self) -> frozenset[str]:
        shape, profile = self.shape, self.plan.profile
        keys = {*shape.needed, *shape.others}
        if self.plan.shape == OPENAI_CHAT:
            keys |= {*profile.row_keys, *(["tools"] if profile.tools else [])}
        if profile.row_weight and self.plan.method == "sft":
            keys.add("weight")
        return frozenset(keys)

    def _check_keys(self, value: dict[str, Any], row: TargetRow) -> None:
        for key in value:
            if key not in self.keys and key not in WEIGHT_KEYS:
                name = self.plan.profile.name
                hint = meant_key(key, self.keys) or f"{name} takes {', '.join(sorted(self.keys))}"
                what = f"{shortened(key)} is no key of a row of {name}"
                row.defect("unrecognized-key", what, hint, f"/{escape_step(key)}", on_key=True)

    def _check_order(self, row: TargetRow) -> None:
        if not self.shape.ordered or not row.turns or any(defect.kind in UNORDERED for defect in row.defects):
            return
        roles = tuple([turn.role for turn in row.turns])
        found = order_defect(roles, self.plan.turns, self.plan.profile.system_first)
        if found is None:
            return
        name, number = found
        turn = row.turns[number]
        message = next((one for one in row.messages if one.turn is turn), None)
        if message is None:
            row.defect(name, ORDER_DEFECTS[name], pointer=turn.pointer)
        else:
            row.defect(name, f"{ORDER_DEFECTS[name]} (message {message.number})", pointer=message.pointer)


def _form(value: dict[str, Any], row: TargetRow) -> tuple[str, ...]:
    """Which fields the row has, of what type; and of messages, whether their text is one or a list."""
    fields = [f"{shortened(key)}: {type_of(item)}" for key, item in sorted(value.items())[:MOST_FIELDS]]
    for key in TEXT_KEYS:
        types = {type_of(item) for message in row.messages if (item := message.value.get(key)) is not None}
        if types:
            fields.append(f"{key} of messages: {' and '.join(sorted(types))}")
    return tuple(fields)
