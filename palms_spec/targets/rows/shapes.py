"""How each line shape is read: which keys it has, and where in them the conversation stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from palms_spec.documents.sample import ASSISTANT, USER, Turn
from palms_spec.targets import lines
from palms_spec.targets.rows.message_form import BEDROCK, CLAUDE, SHAREGPT, VERTEX, MessageForm
from palms_spec.targets.rows.messages import read_messages
from palms_spec.targets.rows.row import TargetRow
from palms_spec.targets.rows.values import described

Read = Callable[[dict[str, Any], MessageForm, TargetRow], None]
"""Puts the conversation of a row, all of whose needed keys are there, into the row, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class RowShape:
    """`needed` are the keys that every row has, `others` those that it may have. `form` is how messages are written,
    None where that is as the target has OpenAI's form. `chat`: it has messages, to which a chat template is applied;
    `ordered`: the turns have an order that a target may care about.
    """

    needed: tuple[str, ...]
    read: Read
    others: tuple[str, ...] = ()
    form: MessageForm | None = None
    chat: bool = True
    ordered: bool = True


def _chat(key: str) -> Read:
    def read(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
        _messages(value, key, form, row)

    return read


def _messages(value: dict[str, Any], key: str, form: MessageForm, row: TargetRow) -> None:
    row.turns += [turn for one in read_messages(value[key], f"/{key}", form, row) if (turn := one.turn)]


def _openai_dpo(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    given = value["input"]
    if type(given) is not dict or "messages" not in given:
        what = described(given) if type(given) is not dict else "a mapping without messages"
        row.defect("incomplete-row", f'input is {what}, expected is {{"messages": [...]}}', pointer="/input")
        return
    answers = ("preferred_output", "non_preferred_output")
    _pair(given["messages"], "/input/messages", value, answers, form, row)


def _chosen_rejected_chat(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    _pair(value["prompt"], "/prompt", value, ("chosen", "rejected"), form, row)


def _pair(
    asked: Any, pointer: str, value: dict[str, Any], sides: tuple[str, str], form: MessageForm, row: TargetRow
) -> None:
    """Messages and two answers to them."""
    prompt = [turn for one in read_messages(asked, pointer, form, row) if (turn := one.turn)]
    answers: list[list[Turn]] = []
    for side in sides:
        found = read_messages(value[side], f"/{side}", form, row)
        if len(found) > 1 or any(one.role not in ("", ASSISTANT) for one in found):
            what = f"{side} holds {len(found)} messages" if len(found) > 1 else f"{side} is not the assistant's"
            row.defect("incomplete-row", f"{what}, expected is one answer", pointer=f"/{side}")
        answers.append([turn for one in found if (turn := one.turn)])
    row.turns, row.rejected = prompt + answers[0], prompt + answers[1]


def _completion_chat(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    _messages(value, "prompt", form, row)
    _messages(value, "completion", form, row)


def _bedrock_conversation(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    if value["schemaVersion"] != lines.BEDROCK_VERSION:
        what = f"schemaVersion is {described(value['schemaVersion'])} that is not the one there is"
        row.defect("incomplete-row", what, f"write {lines.BEDROCK_VERSION}", "/schemaVersion")
    if "system" in value:
        _parts(value["system"], "/system", row)
    _messages(value, "messages", form, row)


def _bedrock_claude(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    _said(value, "system", "system", row)
    _messages(value, "messages", form, row)


def _vertex(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    if "systemInstruction" in value:
        instruction = value["systemInstruction"]
        if type(instruction) is dict and "parts" in instruction:
            _parts(instruction["parts"], "/systemInstruction/parts", row)
        else:
            what = f'systemInstruction is {described(instruction)}, expected is {{"parts": [...]}}'
            row.defect("missing-content", what, pointer="/systemInstruction")
    _messages(value, "contents", form, row)


def _parts(value: Any, pointer: str, row: TargetRow) -> None:
    """A system prompt as a list of texts."""
    parts = value if type(value) is list and value else [None]
    texts = [part.get("text") if type(part) is dict else None for part in parts]
    if all(type(text) is str for text in texts):
        place = f"{pointer}/0/text" if len(texts) == 1 else pointer
        row.turns.append(Turn("system", "\n".join(map(str, texts)), place))
    else:
        row.defect("missing-content", f'{pointer[1:]} is not a list of {{"text": "..."}}', pointer=pointer)


def _sharegpt(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    if value.get("system") != "":
        _said(value, "system", "system", row)
    _messages(value, "conversations", form, row)


def _text(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    _said(value, "text", ASSISTANT, row)


def _asked_and_answered(question: str, answer: str) -> RowShape:
    def read(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
        _said(value, question, USER, row)
        _said(value, answer, ASSISTANT, row)

    return RowShape((question, answer), read, chat=False)


def _chosen_rejected(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    _said(value, "prompt", USER, row)
    prompt = list(row.turns)
    _said(value, "rejected", ASSISTANT, row)
    row.rejected, row.turns = row.turns, prompt
    _said(value, "chosen", ASSISTANT, row)


def _alpaca(value: dict[str, Any], form: MessageForm, row: TargetRow) -> None:
    if value.get("system") != "":
        _said(value, "system", "system", row)
    history = value.get("history") or []
    if type(history) is not list:
        what = f"history is {described(history)}, expected is a list of pairs"
        row.defect("incomplete-row", what, pointer="/history")
        history = []
    for number, pair in enumerate(history):
        if type(pair) is list and len(pair) == 2 and all(type(text) is str for text in pair):
            places = (f"/history/{number}/{side}" for side in range(2))
            row.turns += [Turn(*turn) for turn in zip((USER, ASSISTANT), pair, places, strict=True)]
        else:
            what = f"entry {number + 1} of history is no question with its answer"
            row.defect("incomplete-row", what, 'write ["question", "answer"]', f"/history/{number}")
    before = len(row.turns)
    _said(value, "instruction", USER, row)
    given = value.get("input", "")
    if type(given) is not str:
        row.defect("missing-content", f"input is {described(given)}, expected is text", pointer="/input")
    elif given and len(row.turns) > before:
        asked = row.turns[-1]
        row.turns[-1] = Turn(USER, f"{asked.content}\n{given}" if asked.content else given, asked.pointer)
    _said(value, "output", ASSISTANT, row)


def _said(value: dict[str, Any], key: str, role: str, row: TargetRow) -> None:
    """What stands at a key, if there is such a key."""
    if key not in value:
        return
    if type(value[key]) is str:
        row.turns.append(Turn(role, value[key], f"/{key}"))
    else:
        row.defect("missing-content", f"{key} is {described(value[key])}, expected is text", pointer=f"/{key}")


SHAPES: dict[str, RowShape] = {
    lines.OPENAI_CHAT: RowShape(("messages",), _chat("messages")),
    lines.OPENAI_DPO: RowShape(("input", "preferred_output", "non_preferred_output"), _openai_dpo),
    lines.PROMPT_COMPLETION: _asked_and_answered("prompt", "completion"),
    lines.PROMPT_COMPLETION_CHAT: RowShape(("prompt", "completion"), _completion_chat),
    lines.PROMPT_CHOSEN_REJECTED: RowShape(("prompt", "chosen", "rejected"), _chosen_rejected, chat=False),
    lines.PROMPT_CHOSEN_REJECTED_CHAT: RowShape(("prompt", "chosen", "rejected"), _chosen_rejected_chat),
    lines.TEXT: RowShape(("text",), _text, chat=False, ordered=False),
    lines.VERTEX: RowShape(("contents",), _vertex, ("systemInstruction",), VERTEX),
    lines.BEDROCK_CONVERSATION: RowShape(("schemaVersion", "messages"), _bedrock_conversation, ("system",), BEDROCK),
    lines.BEDROCK_CLAUDE: RowShape(("messages",), _bedrock_claude, ("system",), CLAUDE),
    lines.ALPACA: RowShape(("instruction", "output"), _alpaca, ("input",), chat=False),
    lines.ALPACA_HISTORY: RowShape(("instruction", "output"), _alpaca, ("input", "system", "history"), chat=False),
    lines.SHAREGPT: RowShape(("conversations",), _sharegpt, ("system",), SHAREGPT),
    lines.QUESTION_ANSWER: _asked_and_answered("question", "answer"),
}
