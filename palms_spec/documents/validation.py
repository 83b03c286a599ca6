"""From a tree to a model; and from what pydantic refused to defects a writer understands."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from palms_spec.documents.dataset import FORM_TAGS
from palms_spec.documents.document import Defect
from palms_spec.documents.model import Model
from palms_spec.sources.node import MappingNode, Node, ScalarNode, SequenceNode, escape_step, item_id, plain

PATTERN_WORDS = {
    r"\S": "text that is not blank",
    r"^[\w][\w./:+-]*$": "an id: letters, digits and . _ - / : +, no spaces",
    r"^[\w][\w./:+-]*(@[\^~]?\d+(\.\d+){0,2})?$": "an id with an optional version, such as palms-2021@^1",
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language tag, such as en or pt-BR",
    r"^\d+\.\d+\.\d+$": "a version of three numbers, such as 1.2.0",
    r"^[0-9a-f]{64}$": "a SHA-256 of 64 hex digits",
}
TYPE_WORDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "none_required": "nothing",
}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "did you mean X?", or "" where nothing is near."""
    near = difflib.get_close_matches(word, [name for name in known if name], n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else ""


def validate(model: type[Model], root: Node) -> tuple[Model | None, list[Defect]]:
    """The model of a tree, with all its structural defects at once.

    Fields that do not exist are reported and then left out, so that they alone cost nothing else of the document.
    """
    if not isinstance(root, MappingNode):
        return None, [Defect("schema-violation", f"expected a mapping, found {described(root)}")]
    value: Any = plain(root)
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    defects = [_defect(detail, root, model) for detail in details]
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    for loc in unknown:
        _remove(value, [step for step in loc if step not in FORM_TAGS])
    if not unknown:
        return None, defects
    try:
        return model.model_validate(value), defects
    except ValidationError:
        return None, defects


def described(node: Node) -> str:
    """What stands there, in words."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    value = node.value
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {node.raw or value}"
    short = value if len(value) <= 40 else value[:39] + "…"
    return f"“{short}”"


def _defect(detail: ErrorDetails, root: Node, model: type[Model]) -> Defect:
    kind, context = detail["type"], detail.get("ctx", {})
    pointer, node = _follow(root, detail["loc"])
    if kind == "extra_forbidden":
        name = str(detail["loc"][-1])
        hint = did_you_mean(name, _fields_at(model, detail["loc"][:-1])) or "remove it, or move it under metadata"
        return Defect("unknown-field", f"{name} is not a field here", hint, pointer, on_key=True)
    if kind == "missing":
        name = str(detail["loc"][-1])
        return Defect("schema-violation", f"{name} is missing", f"add {name}:", pointer)
    found = described(node)
    if kind in TYPE_WORDS:
        hint = ""
        if kind == "string_type" and isinstance(node, ScalarNode) and node.value is not None:
            hint = "put it in quotes"
        return Defect("schema-violation", f"expected {TYPE_WORDS[kind]}, found {found}", hint, pointer)
    if kind == "literal_error":
        expected = str(context["expected"]).replace("'", "")
        choices = expected.replace(" or ", ", ").split(", ")
        hint = did_you_mean(str(node.value), choices) if isinstance(node, ScalarNode) else ""
        return Defect("schema-violation", f"expected {expected}, found {found}", hint, pointer)
    if kind == "string_pattern_mismatch":
        words = PATTERN_WORDS.get(context["pattern"], f"text of the form {context['pattern']}")
        return Defect("schema-violation", f"expected {words}, found {found}", "", pointer)
    message = detail["msg"].removeprefix("Input should ").removeprefix("Value error, ")
    return Defect("schema-violation", f"{found} should {message}" if message != detail["msg"] else message, "", pointer)


def _follow(root: Node, loc: tuple[int | str, ...]) -> tuple[str, Node]:
    """Pointer (ids instead of indices) and node of a pydantic location, as far as the tree goes."""
    pointer, node = "", root
    for step in loc:
        if isinstance(node, MappingNode) and str(step) in node.entries:
            node, name = node.entries[str(step)].value, str(step)
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            ids = [item_id(item) for item in node.items]
            node, own = node.items[step], ids[step]
            name = own if own is not None and ids.count(own) == 1 else str(step)
        else:
            continue
        pointer += "/" + escape_step(name)
    return pointer, node


def _fields_at(model: type[Model], loc: tuple[int | str, ...]) -> list[str]:
    """Names of the fields allowed at a location."""
    fields: Any = model
    for step in loc:
        if isinstance(step, str) and step not in FORM_TAGS:
            fields = _model_in(fields.model_fields[step].annotation)
    return list(fields.model_fields)


def _model_in(annotation: Any) -> Any:
    """The model inside an annotation such as list[Category] or Governance | None."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _model_in(inner)) is not None:
            return found
    return None


def _remove(value: Any, path: list[int | str]) -> None:
    for step in path[:-1]:
        value = value[step]
    value.pop(path[-1], None)
