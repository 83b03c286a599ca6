"""A training row, or a sample that will become one, as a target sees it."""

from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Defect
from palms_spec.documents.sample import Turn
from palms_spec.targets.plan import Plan
from palms_spec.targets.rows.message_form import MessageForm
from palms_spec.targets.rows.reading import RowReader
from palms_spec.targets.rows.row import RowMessage, TargetRow
from palms_spec.targets.token_use import TokenUse, sure_bytes, token_use


class RowFacts:
    """`row` is what a target reads in it, `size` its bytes, or those of its texts. `written`: it is a row of a training
    file; else it is a sample of a dataset that names the target, and there are no messages, only turns."""

    __slots__ = ("_reader", "row", "size", "written")

    def __init__(self, reader: RowReader, row: TargetRow, size: int, *, written: bool = True) -> None:
        self._reader = reader
        self.row = row
        self.size = size
        self.written = written

    @property
    def plan(self) -> Plan:
        """The target, with method, line shape and limits."""
        return self._reader.plan

    @property
    def form(self) -> MessageForm:
        """How messages are written there."""
        return self._reader.form

    @property
    def messages(self) -> list[RowMessage]:
        """The messages of the row, as they are written."""
        return self.row.messages

    @property
    def turns(self) -> list[Turn]:
        """All turns; of preference data those of both conversations, each once."""
        row = self.row
        if not row.rejected:
            return row.turns
        return row.turns + [turn for turn in row.rejected if all(turn is not shared for shared in row.turns)]

    def defects(self, kind: str) -> Iterator[Defect]:
        """What was noted under the name of a rule."""
        return (defect for defect in self.row.defects if defect.kind == kind)

    def token_use(self) -> TokenUse | None:
        """The tokens of the row, if they may be over the target's limit; of preference data those of the longer side.
        None where they are not, or where there is no limit."""
        limit, encoding = self.plan.limits.row_tokens, self.plan.encoding
        if limit is None or self.size <= sure_bytes(limit.value, encoding):
            return None
        tools = self.row.value.get("tools") if isinstance(self.row.value, dict) else None
        sides = [side for side in (self.row.turns, self.row.rejected) if side]
        chat = self._reader.shape.chat
        uses = [token_use(side, encoding, framed=chat, tools=tools) for side in sides]
        use = max(uses, key=lambda one: one.total, default=None)
        return use if use is not None and use.total > limit.value else None
