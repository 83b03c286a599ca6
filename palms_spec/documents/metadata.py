"""What a specification asks of its samples' metadata, as a JSON Schema.

Nothing is ever fetched: a `$ref` leads to a part of the schema itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from palms_spec.documents.document import Defect
from palms_spec.documents.plain_schema import TYPES, is_plain
from palms_spec.documents.suggestion import did_you_mean
from palms_spec.sources.node import escape_step

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

SCHEMA_POINTER = "/sample_metadata"


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a value does not fit a schema. `pointer` leads to the place from the top of the value."""

    message: str
    pointer: str = ""
    hint: str = ""
    on_key: bool = False


def schema_defects(schema: dict[str, Any]) -> Iterator[Defect]:
    """What is wrong with the schema itself, at its places in the specification."""
    if is_plain(schema):
        return
    validator = _dialect(schema)
    meta = validator(validator.META_SCHEMA, format_checker=validator.FORMAT_CHECKER)
    broken = list(meta.iter_errors(schema))
    for violation in _violations(broken, "the schema"):
        yield _no_schema(violation.message, violation.hint, violation.pointer, on_key=violation.on_key)
    if broken:
        return
    try:
        lost = list(_lost_references(schema, validator))
    except ValueError:
        lost = [_no_schema("one of its addresses ($id, $ref) is none", "", "")]
    yield from lost


def _no_schema(message: str, hint: str, pointer: str, *, on_key: bool = False) -> Defect:
    return Defect("schema-violation", f"no valid JSON Schema: {message}", hint, SCHEMA_POINTER + pointer, on_key)


def violations(schema: dict[str, Any], metadata: dict[str, Any]) -> Iterator[Violation]:
    """All that is wrong with metadata under a schema; nothing where the schema itself is wrong (`schema_defects`)."""
    validator = _compiled(json.dumps(schema))
    if validator is None:
        return
    try:
        found = list(validator.iter_errors(metadata))
    except RecursionError:
        yield Violation("metadata could not be checked: the schema leads back to itself without end")
        return
    yield from _violations(found, "metadata")


@lru_cache(maxsize=16)
def _compiled(written: str) -> Validator | None:
    """The validator of a schema, or None where the schema is wrong."""
    from referencing import Registry

    schema = json.loads(written)
    if next(schema_defects(schema), None) is not None:
        return None
    return cast("Validator", _dialect(schema)(schema, registry=Registry()))


def _dialect(schema: dict[str, Any]) -> Any:
    """The class of validators for the draft that a schema names; the latest where it names none that is known."""
    from jsonschema.validators import Draft202012Validator, validator_for

    try:
        return validator_for({"$schema": str(schema.get("$schema", ""))}, default=Draft202012Validator)
    except ValueError:  # no address at all
        return Draft202012Validator


def _lost_references(schema: dict[str, Any], validator: Any) -> Iterator[Defect]:
    """Every `$ref` that leads to nothing in the schema."""
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import specification_with

    specification = specification_with(validator.ID_OF(validator.META_SCHEMA))
    resource = specification.create_resource(schema)
    root = resource.id() or ""
    resolver = Registry().with_resource(root, resource).crawl().resolver(root)
    waiting = [(resource, resolver)]
    pointers = dict(_pointers(schema))
    while waiting:
        one, resolver = waiting.pop()
        if isinstance(one.contents, dict):
            for keyword in ("$ref", "$dynamicRef"):
                reference = one.contents.get(keyword)
                if isinstance(reference, str):
                    try:
                        resolver.lookup(reference)
                    except Unresolvable:
                        hint = "write what it stands for under $defs; nothing is fetched"
                        pointer = f"{pointers[id(one.contents)]}/{keyword}"
                        yield _no_schema(f"{reference} leads to nothing in it", hint, pointer)
        waiting += [(part, resolver.in_subresource(part)) for part in one.subresources()]


def _pointers(value: Any, pointer: str = "") -> Iterator[tuple[int, str]]:
    """The pointer of every mapping in a value, by identity."""
    if isinstance(value, dict):
        yield id(value), pointer
        for key, item in value.items():
            yield from _pointers(item, f"{pointer}/{escape_step(key)}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _pointers(item, f"{pointer}/{index}")


def _violations(errors: Iterable[ValidationError], top: str) -> Iterator[Violation]:
    """In words, each place and message once, in order of place. `top` is what the whole value is called."""
    found: dict[Violation, None] = {}
    for error in errors:
        found.update(dict.fromkeys(_explained(error, top)))
    yield from sorted(found, key=lambda violation: (violation.pointer, violation.message))


def _explained(error: ValidationError, top: str) -> Iterator[Violation]:
    path = list(error.absolute_path)
    pointer = "".join("/" + escape_step(str(step)) for step in path)
    name = next((step for step in reversed(path) if isinstance(step, str)), top)
    keyword, wanted, value = str(error.validator), cast(Any, error.validator_value), error.instance
    schema = cast(Any, error.schema)
    if keyword in ("additionalProperties", "unevaluatedProperties") and wanted is False and isinstance(value, dict):
        for undeclared in _undeclared(error, value):
            hint = did_you_mean(undeclared, schema.get("properties", ())) or "remove it, or add it to the schema"
            message = f"{undeclared} is not declared in the schema"
            yield Violation(message, f"{pointer}/{escape_step(undeclared)}", hint, on_key=True)
    elif keyword == "required":
        missing = next(one for one in wanted if f"{one!r} is a required" in error.message)
        yield Violation(f"{missing} is missing in {name}", pointer, f"add {missing}")
    elif keyword in ("anyOf", "oneOf") and error.context:
        yield from _alternatives(error, f"{name}: ", pointer, top)
    else:
        words = WORDS.get(keyword)
        message = words(wanted, _shown(value)) if words else f"{_shown(value)} is not allowed"
        hint = did_you_mean(value, map(str, wanted)) if keyword == "enum" and isinstance(value, str) else ""
        yield Violation(f"{name}: {message}", pointer, hint)


def _alternatives(error: ValidationError, name: str, pointer: str, top: str) -> Iterator[Violation]:
    """What is wrong where one of several forms is asked for: all about the one that was meant, if that is clear."""
    forms: dict[Any, list[ValidationError]] = {}
    for one in error.context or ():
        forms.setdefault(one.relative_schema_path[0], []).append(one)
    of_other_type = [
        one for form in forms.values() for one in form if one.validator == "type" and not one.relative_path
    ]
    meant = [form for form in forms.values() if not any(one in of_other_type for one in form)]
    if len(meant) == 1:
        for one in meant[0]:
            yield from _explained(one, top)
    elif not meant:
        expected = " or ".join(dict.fromkeys(_types(one.validator_value) for one in of_other_type))
        yield Violation(f"{name}expected {expected}, found {_shown(error.instance)}", pointer)
    else:
        words = WORDS[str(error.validator)]
        yield Violation(name + words(error.validator_value, _shown(error.instance)), pointer)


def _undeclared(error: ValidationError, value: dict[str, Any]) -> list[str]:
    schema: Any = error.schema
    if error.validator == "additionalProperties":
        patterns = schema.get("patternProperties", ())
        return [
            name
            for name in value
            if name not in schema.get("properties", ()) and not any(re.search(pattern, name) for pattern in patterns)
        ]
    return [name for name in value if repr(name) in error.message]


def _types(wanted: Any) -> str:
    names = wanted if isinstance(wanted, list) else [wanted]
    return " or ".join(TYPES.get(name, str(name)) for name in names)


def _shown(value: Any) -> str:
    """A value in words."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        text = " ".join(value.split())
        return f"“{text if len(text) <= 40 else text[:39] + '…'}”" if text else "blank text"
    return "nothing" if value is None else json.dumps(value)[:40]


def _listed(values: Any) -> str:
    shown = [value if isinstance(value, str) else _shown(value) for value in values]
    more = f", … ({len(shown)} in all)" if len(shown) > 12 else ""
    return ", ".join(shown[:12]) + more


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


FORMATS = {"regex": "a regular expression", "uri": "an address", "uri-reference": "an address"}
WORDS: dict[str, Callable[[Any, str], str]] = {
    "type": lambda wanted, found: f"expected {_types(wanted)}, found {found}",
    "enum": lambda wanted, found: f"expected one of {_listed(wanted)}; found {found}",
    "const": lambda wanted, found: f"expected {_listed([wanted])}, found {found}",
    "pattern": lambda wanted, found: f"expected text of the form {wanted}, found {found}",
    "format": lambda wanted, found: f"expected {FORMATS.get(wanted, wanted)}, found {found}",
    "minLength": lambda wanted, found: f"expected at least {_counted(wanted, 'character')}, found {found}",
    "maxLength": lambda wanted, found: f"expected at most {_counted(wanted, 'character')}, found {found}",
    "minimum": lambda wanted, found: f"expected {wanted} or more, found {found}",
    "maximum": lambda wanted, found: f"expected {wanted} or less, found {found}",
    "exclusiveMinimum": lambda wanted, found: f"expected more than {wanted}, found {found}",
    "exclusiveMaximum": lambda wanted, found: f"expected less than {wanted}, found {found}",
    "multipleOf": lambda wanted, found: f"expected a multiple of {wanted}, found {found}",
    "minItems": lambda wanted, found: f"expected at least {wanted} in the list",
    "maxItems": lambda wanted, found: f"expected at most {wanted} in the list",
    "uniqueItems": lambda wanted, found: "expected each value of the list once",
    "contains": lambda wanted, found: "the list lacks a value that the schema asks for",
    "minProperties": lambda wanted, found: f"expected at least {_counted(wanted, 'field')}",
    "maxProperties": lambda wanted, found: f"expected at most {_counted(wanted, 'field')}",
    "propertyNames": lambda wanted, found: f"{found} is not allowed as a name",
    "anyOf": lambda wanted, found: f"{found} fits none of the forms that the schema allows",
    "oneOf": lambda wanted, found: f"{found} fits none, or more than one, of the forms that the schema allows",
    "not": lambda wanted, found: f"{found} is what the schema rules out",
    "dependentRequired": lambda wanted, found: "a field that another one asks for is missing",
}
