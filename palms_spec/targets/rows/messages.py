"""Lists of messages, read one message at a time, with what is wrong with each."""

from __future__ import annotations

from typing import Any

from palms_spec.documents.sample import Turn
from palms_spec.sources.node import escape_step
from palms_spec.targets.rows.message_form import WEIGHT_KEYS, ContentForm, MessageForm
from palms_spec.targets.rows.row import RowMessage, TargetRow
from palms_spec.targets.rows.values import described, meant_key, shortened

SYNONYMS = {
    "human": "user",
    "prompter": "user",
    "gpt": "assistant",
    "bot": "assistant",
    "ai": "assistant",
    "chatbot": "assistant",
    "model": "assistant",
    "assistant": "assistant",
    "user": "user",
    "system": "system",
    "tool": "tool",
    "function": "tool",
}
"""What roles are called elsewhere, in lower case, and what they are."""
WANTED: dict[ContentForm, str] = {
    "text": "text",
    "text or parts": "text, or a list of parts",
    "parts": 'a list of {"text": "..."}',
}


def read_messages(value: Any, pointer: str, form: MessageForm, row: TargetRow) -> list[RowMessage]:
    """The messages of a list; those that are none are noted and passed over."""
    if type(value) is not list:
        row.defect(
            "incomplete-row", f"expected a list of messages at {pointer[1:]}, found {described(value)}", pointer=pointer
        )
        return []
    if not value:
        row.defect("incomplete-row", f"there are no messages in {pointer[1:]}", pointer=pointer)
        return []
    first = len(row.messages) + 1
    found = []
    for index, item in enumerate(value):
        message = _message(item, f"{pointer}/{index}", first + index, form, row)
        if message is not None:
            found.append(message)
    row.messages += found
    return found


def _message(value: Any, pointer: str, number: int, form: MessageForm, row: TargetRow) -> RowMessage | None:
    if type(value) is not dict:
        what = f"message {number} is {described(value)}, not a mapping"
        row.defect("incomplete-message", what, f"write it with {form.role_key} and {form.content_key}", pointer)
        return None
    role = _role(value, pointer, number, form, row)
    message = RowMessage(value, pointer, number, role)
    for key in value:
        if key not in form.keys and key not in WEIGHT_KEYS:
            what = f"{shortened(key)} in message {number} is no key that is known here"
            hint = meant_key(key, form.keys) or f"a message has {', '.join(sorted(form.keys))}"
            row.defect("unrecognized-key", what, hint, f"{pointer}/{escape_step(key)}", on_key=True)
    message.turn = _turn(message, form, row)
    return message


def _role(value: dict[str, Any], pointer: str, number: int, form: MessageForm, row: TargetRow) -> str:
    """What the role counts as, "" where that is not known."""
    if form.role_key not in value:
        row.defect("incomplete-message", f"message {number} has no {form.role_key}", pointer=pointer)
        return ""
    written = value[form.role_key]
    role = form.roles.get(written) if type(written) is str else None
    if role is None:
        what = f'"{shortened(written)}"' if type(written) is str else described(written)
        instead = _meant_role(written, form)
        hint = f"write {instead}" if instead else f"a role is one of {', '.join(form.roles)}"
        place = f"{pointer}/{form.role_key}"
        row.defect("unrecognized-role", f"the role of message {number} is {what}", hint, place, instead=instead)
        return ""
    return role


def _meant_role(written: Any, form: MessageForm) -> str:
    """The role of a target that a word stands for elsewhere; "" where that is not known."""
    meant = SYNONYMS.get(written.strip().lower()) if type(written) is str else None
    return next((name for name, counts in form.roles.items() if counts == meant), "")


def _turn(message: RowMessage, form: MessageForm, row: TargetRow) -> Turn | None:
    value, key = message.value, form.content_key
    calls = form.tools and bool(value.get("tool_calls") or value.get("function_call"))
    place = f"{message.pointer}/{key}"
    if value.get(key) is None and calls and message.role == "assistant":
        return Turn(message.role, "", place if key in value else message.pointer, calls_tools=True)
    if key not in value:
        row.defect("incomplete-message", f"message {message.number} has no {key}", pointer=message.pointer)
        return None
    read = _text(value[key], place, form)
    if read is None:
        is_list = type(value[key]) is list and form.content != "text" and value[key]
        found = "a list with a part that has no text" if is_list else described(value[key])
        what = f"{key} of message {message.number} is {found}, expected is {WANTED[form.content]}"
        row.defect("missing-content", what, pointer=place)
        return None
    text, pointer = read
    return Turn(message.role, text, pointer, calls_tools=calls)


def _text(value: Any, pointer: str, form: MessageForm) -> tuple[str, str] | None:
    """What a message says, and where; None where that cannot be told. Parts that are no text say nothing."""
    if type(value) is str:
        return (value, pointer) if form.content != "parts" else None
    if form.content == "text" or type(value) is not list or not value:
        return None
    texts = []
    for index, part in enumerate(value):
        if type(part) is not dict:
            return None
        text = part.get("text")
        if type(text) is str:
            texts.append((text, f"{pointer}/{index}/text"))
        elif form.content == "parts" or type(part.get("type")) is not str or part["type"] == "text":
            return None
    if len(texts) == 1:
        return texts[0]
    # Something that is shown, not said, is content as well.
    return "\n".join(text for text, _ in texts) or "[no text]", pointer
