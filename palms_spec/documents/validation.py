"""From a tree to a model; and from what pydantic refused to defects a writer understands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from palms_spec.documents.dataset import FORM_TAGS, FORMED_LISTS
from palms_spec.documents.document import Defect
from palms_spec.documents.model import Model
from palms_spec.documents.renaming import Loc, renamable
from palms_spec.documents.suggestion import did_you_mean, meant
from palms_spec.sources.node import MappingNode, Node, ScalarNode, SequenceNode, escape_step, item_id, plain

ID = r"^[\w][\w./:+-]*$"
VERSION = r"^\d+\.\d+\.\d+$"
PATTERN_WORDS = {
    r"\S": "text",
    ID: "an id (letters, digits and . _ - / : +, no spaces)",
    r"^[\w][\w./:+-]*(@[\^~]?\d+(\.\d+){0,2})?$": "an id with an optional version, such as palms-2021@^1",
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language tag, such as en or pt-BR",
    VERSION: "a version of three numbers, such as 1.2.0",
    r"^[0-9a-f]{64}$": "a SHA-256 of 64 hex digits",
    r"^[0-9a-f]{16}$": "a fingerprint of 16 hex digits",
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "a name in small letters, such as em-dash",
    r"^[A-Z]{2,10}[0-9]{2,4}$": "capital letters and a number, such as HOUSE001",
    r"^[A-Z]{2,10}$": "capital letters, such as HOUSE",
    r"^(human:\S.*|model:\S+@\S+)$": "human:<name>, or model:<name>@<hash of its prompt>",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$": (
        "a moment with its zone, such as 2027-01-31T10:00:00Z"
    ),
}
EXPECTED = {
    "string_type": "text",
    "string_unicode": "text without half a surrogate pair",
    "string_pattern_mismatch": "text of the form {pattern}",
    "string_too_long": "at most {max_length} characters",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "greater_than_equal": "{ge:g} or more",
    "less_than_equal": "{le:g} or less",
    "list_type": "a list",
    "too_short": "a list of {min_length} or more",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "literal_error": "{expected}",
}
SCALAR_ERRORS = frozenset(EXPECTED) - {"too_short", "dict_type"}
"""What is expected, by pydantic's type of error. `missing` and `extra_forbidden` have sentences of their own."""

SYNONYMS = {
    "question": "prompt",
    "instruction": "prompt",
    "input": "prompt",
    "answer": "completion",
    "response": "completion",
    "output": "completion",
    "from": "role",
    "value": "content",
    "name": "title",
    "title": "name",
    "description": "statement",
    "author": "authors",
    "owner": "owners",
    "source": "sources",
    "human": "user",
    "gpt": "assistant",
    "bot": "assistant",
    "model": "assistant",
    "for": "support",
    "against": "oppose",
    "final": "released",
    "published": "released",
}
"""What other formats and people call some of our fields and words."""

SAMPLE_FORMS = "a sample has prompt and completion; or messages; or prompt, chosen and rejected"
FORM_FIELDS = frozenset(("prompt", "completion", "messages", "chosen", "rejected"))


def validate(model: type[Model], root: Node) -> tuple[Model | None, list[Defect]]:
    """The model of a tree, with all its structural defects at once.

    Fields that do not exist are reported and then left out, so that they alone cost nothing else of the document.
    """
    if not isinstance(root, MappingNode):
        return None, [Defect("schema-violation", f"expected a mapping of fields, found {described(root)}")]
    value: Any = plain(root)
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    explain = _Explainer(model, root)
    defects = [explain.defect(detail) for detail in details]
    unknown = {
        at: _without_tags(detail["loc"]) for at, detail in enumerate(details) if detail["type"] == "extra_forbidden"
    }
    if not unknown:
        return None, defects
    left_out = {at: _remove(value, loc) for at, loc in unknown.items()}
    for at, loc in unknown.items():
        defects[at] = renamable(model, value, defects[at], loc, left_out[at])
    try:
        return model.model_validate(value), defects
    except ValidationError:
        return None, defects


def described(node: Node) -> str:
    """What stands there, in words."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list" if node.items else "an empty list"
    value = node.value
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {_cut(node.raw or str(value))}"
    return f"“{_cut(' '.join(value.split()))}”" if value.strip() else "blank text"


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


class _Explainer:
    """Makes defects of pydantic's details about one document."""

    def __init__(self, model: type[Model], root: Node) -> None:
        self._model = model
        self._root = root
        self._ids: dict[int, Counter[str | None]] = {}

    def defect(self, detail: ErrorDetails) -> Defect:
        kind, loc, context = detail["type"], _without_tags(detail["loc"]), detail.get("ctx", {})
        pointer, node = self._follow(loc)
        name = str(loc[-1]) if loc else ""
        if kind == "extra_forbidden":
            message, near = f"{name} is not a field here", self._near_field(name, loc)
            hint = f"did you mean {near}?" if near else self._whereto(name, loc)
            return Defect("unknown-field", message, hint, pointer, on_key=True, instead=near)
        if kind == "missing":
            owner = item_id(node) if pointer else ""
            message = f"{name} is missing" + (f" in {owner}" if owner else "")
            return Defect("schema-violation", message, f"add {name}", pointer)
        if kind == "string_unicode" and not isinstance(node, ScalarNode):
            message, hint = "a key holds half of a surrogate pair", "write the character itself"
            return Defect("schema-violation", message, hint, pointer)
        field = _field_at(self._model, loc)
        pattern = context.get("pattern")
        if kind == "string_type" and field is not None:
            pattern = next(_patterns((*field.metadata, field.annotation)), None)
        words = PATTERN_WORDS.get(pattern or "") or EXPECTED.get(kind, "").format_map(context).replace("'", "")
        if not words:
            said = detail["msg"].removeprefix("Value error, ")
            return Defect("schema-violation", said[:1].lower() + said[1:], "", pointer)
        found = described(node)
        if kind == "string_too_long" and isinstance(node, ScalarNode):
            found = f"{len(str(node.value))}"
        name = next((f"{step}: " for step in reversed(loc) if isinstance(step, str)), "")
        hint = self._hint(kind, node, loc, pattern, words)
        if isinstance(node, ScalarNode) and node.value is None:
            hint = "write it" if field is None or field.is_required() else "write it, or delete the field"
        return Defect("schema-violation", f"{name}expected {words}, found {found}", hint, pointer)

    def _hint(self, kind: str, node: Node, loc: Loc, pattern: str | None, words: str) -> str:
        """What to do about a value that is not what is expected."""
        if kind == "model_type":
            return f"its fields are {', '.join(_fields_at(self._model, loc))}"
        if kind == "list_type":
            if isinstance(node, ScalarNode) and isinstance(node.value, str) and len(node.value) <= 60:
                return f'write ["{node.value}"]' if node.style == "json" else f"write [{node.value}]"
            return "begin each item with -" if isinstance(node, MappingNode) and self._root_is_yaml() else ""
        if kind not in SCALAR_ERRORS:
            return ""
        if isinstance(node, SequenceNode) and len(node.items) == 1 and isinstance(one := node.items[0], ScalarNode):
            return f"write {_cut(str(one.value))}, without brackets"
        if not isinstance(node, ScalarNode):
            return ""
        if kind == "less_than_equal" and isinstance(node.value, int | float) and words == "1 or less":
            return f"write {node.value / 100:g} for {node.value:g} percent" if node.value <= 100 else ""
        if kind == "literal_error":
            choices, synonym = re.split(", | or ", words), SYNONYMS.get(str(node.value).lower())
            return f"did you mean {synonym}?" if synonym in choices else did_you_mean(str(node.value), choices)
        if pattern == VERSION and re.fullmatch(r"\d+(\.\d+)?", text := node.raw or str(node.value)):
            return f"write {text}.0" if "." in text else f"write {text}.0.0"
        if pattern == ID and isinstance(node.value, str):
            likely = re.sub(r"[^\w./:+-]+", "-", node.value.strip()).strip("-")
            return f"write {likely}" if likely and len(likely) <= 60 and re.match(r"\w", likely) else ""
        return "put it in quotes" if kind == "string_type" else ""

    def _root_is_yaml(self) -> bool:
        keys = (entry.key.style for entry in self._root.entries.values()) if isinstance(self._root, MappingNode) else ()
        return next(iter(keys), "") != "json"

    def _near_field(self, name: str, loc: Loc) -> str:
        """The field that could have been meant by one that does not exist."""
        here = _fields_at(self._model, loc[:-1])
        return meant(name, here) or next((field for field in here if field == SYNONYMS.get(name)), "")

    def _whereto(self, name: str, loc: Loc) -> str:
        """What to do about a field that does not exist and is like no other."""
        here = _fields_at(self._model, loc[:-1])
        if name in FORM_FIELDS and not FORM_FIELDS.isdisjoint(here):
            return SAMPLE_FORMS
        owner = next((owner for owner, fields in _owners(self._model) if name in fields), None)
        if owner is not None:
            where = f"a field of {owner}" if owner else "a field of the whole document"
            otherwise = ", or move it under metadata" if "metadata" in here else ""
            return f"{name} is {where}: check how far it is indented{otherwise}"
        return "remove it, or move it under metadata" if "metadata" in here else "remove it"

    def _follow(self, loc: Loc) -> tuple[str, Node]:
        """Pointer (ids instead of indices) and node of a pydantic location, as far as the tree goes."""
        pointer, node = "", self._root
        for step in loc:
            if isinstance(node, MappingNode) and str(step) in node.entries:
                node, name = node.entries[str(step)].value, str(step)
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
                if id(node) not in self._ids:
                    self._ids[id(node)] = Counter(map(item_id, node.items))
                counts, own = self._ids[id(node)], item_id(node.items[step])
                node = node.items[step]
                name = own if own is not None and counts[own] == 1 else str(step)
            else:
                continue
            pointer += "/" + escape_step(name)
        return pointer, node


def _without_tags(loc: Loc) -> Loc:
    """A location without the steps that pydantic puts in for the form in which an item of some lists is written."""
    return tuple(
        step
        for at, step in enumerate(loc)
        if not (at > 1 and step in FORM_TAGS and isinstance(loc[at - 1], int) and loc[at - 2] in FORMED_LISTS)
    )


def _model_at(model: type[Model], loc: Loc) -> type[Model] | None:
    """The model of the mapping at a location."""
    inside: type[Model] | None = model
    for step in loc:
        if isinstance(step, str):
            field = inside.model_fields.get(step) if inside is not None else None
            inside = _model_in(field.annotation) if field is not None else None
    return inside


def _field_at(model: type[Model], loc: Loc) -> FieldInfo | None:
    """The field whose value stands at a location, or in whose list it does."""
    while loc and isinstance(loc[-1], int):
        loc = loc[:-1]
    inside = _model_at(model, loc[:-1])
    return inside.model_fields.get(str(loc[-1])) if loc and inside is not None else None


def _fields_at(model: type[Model], loc: Loc) -> list[str]:
    """Names of the fields allowed at a location."""
    inside = _model_at(model, loc)
    return list(inside.model_fields) if inside is not None else []


def _owners(model: type[Model], name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every model inside a model, by the field it stands in, with the names of its fields."""
    yield name, list(model.model_fields)
    for inner, field in model.model_fields.items():
        if (found := _model_in(field.annotation)) is not None:
            yield from _owners(found, inner)


def _model_in(annotation: Any) -> type[Model] | None:
    """The model inside an annotation such as list[Category] or Governance | None."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def _patterns(parts: Iterable[Any]) -> Iterator[str]:
    """The patterns in annotations and what is noted at them."""
    for part in parts:
        if isinstance(found := getattr(part, "pattern", None), str):
            yield found
        yield from _patterns((*getattr(part, "__metadata__", ()), *get_args(part)))


def _remove(value: Any, loc: Loc) -> Any:
    for step in loc[:-1]:
        value = value[step]
    return value.pop(loc[-1], None)
