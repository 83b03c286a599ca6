"""The schema for metadata: what is said, and that nothing is fetched and nothing crashes."""

from __future__ import annotations

import socket
import urllib.request
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents import metadata
from palms_spec.documents.metadata import schema_defects, violations

SAID: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "a wrong type": ({"properties": {"a": {"type": "string"}}}, {"a": 1}, "/a", "a: expected text, found 1"),
    "one of several types": (
        {"properties": {"a": {"type": ["integer", "null"]}}},
        {"a": "x"},
        "/a",
        "a: expected a whole number or nothing, found “x”",
    ),
    "types in forms": (
        {"properties": {"a": {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}}},
        {"a": "x"},
        "/a",
        "a: expected a whole number or true or false, found “x”",
    ),
    "the form that was meant": (
        {"properties": {"a": {"anyOf": [{"type": "integer"}, {"type": "string", "enum": ["x", "y"]}]}}},
        {"a": "z"},
        "/a",
        "a: expected one of x, y; found “z”",
    ),
    "no clear form": (
        {"properties": {"a": {"oneOf": [{"minimum": 5}, {"maximum": 1}]}}},
        {"a": 3},
        "/a",
        "a: 3 fits none, or more than one, of the forms that the schema allows",
    ),
    "a missing field": ({"required": ["it's"]}, {}, "", "it's is missing in metadata"),
    "a missing field inside": (
        {"properties": {"a": {"required": ["b"]}}},
        {"a": {}},
        "/a",
        "b is missing in a",
    ),
    "an undeclared field": (
        {"properties": {"a": {}}, "additionalProperties": False},
        {"b": 1},
        "/b",
        "b is not declared in the schema",
    ),
    "an undeclared field beside patterns": (
        {"patternProperties": {"^x-": {}}, "additionalProperties": False},
        {"x-a": 1, "b/c": 2},
        "/b~1c",
        "b/c is not declared in the schema",
    ),
    "an unevaluated field": (
        {"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": False},
        {"a": 1, "b": 2},
        "/b",
        "b is not declared in the schema",
    ),
    "an item of a list": (
        {"properties": {"a": {"items": {"pattern": "^b"}}}},
        {"a": ["b", "c"]},
        "/a/1",
        "a: expected text of the form ^b, found “c”",
    ),
    "a constant": ({"properties": {"a": {"const": True}}}, {"a": 1}, "/a", "a: expected true, found 1"),
    "a length": (
        {"properties": {"a": {"minLength": 2}}},
        {"a": "x"},
        "/a",
        "a: expected at least 2 characters, found “x”",
    ),
    "a bound": ({"properties": {"a": {"exclusiveMinimum": 0}}}, {"a": 0}, "/a", "a: expected more than 0, found 0"),
    "values twice": (
        {"properties": {"a": {"uniqueItems": True}}},
        {"a": [1, 1]},
        "/a",
        "a: expected each value of the list once",
    ),
    "what is ruled out": (
        {"properties": {"a": {"not": {}}}},
        {"a": []},
        "/a",
        "a: a list is what the schema rules out",
    ),
    "a keyword without words": (
        {"if": {"required": ["a"]}, "then": False},
        {"a": 1},
        "",
        "metadata: a mapping is not allowed",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_of(case):
    schema, value, pointer, message = SAID[case]
    assert [(found.pointer, found.message) for found in violations(schema, value)] == [(pointer, message)]


def test_all_violations_come_at_once_and_in_order():
    schema = {"required": ["z"], "properties": {"a": {"type": "string"}, "b": {"enum": ["x"]}}}
    found = [violation.message for violation in violations(schema, {"b": 1, "a": 2})]
    assert found == ["z is missing in metadata", "a: expected text, found 2", "b: expected one of x; found 1"]


@pytest.fixture
def _offline(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)


REMOTE = [
    {"properties": {"a": {"$ref": "https://example.org/a.json"}}},
    {"properties": {"a": {"$ref": "file:///etc/passwd"}}},
    {"properties": {"a": {"$ref": "other.json#/x"}}},
    {"properties": {"a": {"$dynamicRef": "https://example.org/a.json"}}},
    {"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"$ref": "http://127.0.0.1:9/a"}}},
    {"$id": "https://example.org/b.json", "properties": {"a": {"$ref": "a.json"}}},
]


@pytest.mark.usefixtures("_offline")
@pytest.mark.parametrize("schema", REMOTE)
def test_nothing_is_ever_fetched(schema):
    (defect,) = schema_defects(schema)
    assert defect.pointer.startswith("/sample_metadata/properties/a/$")
    assert "leads to nothing" in defect.message
    assert list(violations(schema, {"a": 1})) == []


LOCAL = [
    {"$defs": {"b": {"type": "string"}}, "properties": {"a": {"$ref": "#/$defs/b"}}},
    {"$defs": {"b": {"$anchor": "text", "type": "string"}}, "properties": {"a": {"$ref": "#text"}}},
    {
        "$id": "https://example.org/s",
        "$defs": {"b": {"$id": "b", "type": "string"}},
        "properties": {"a": {"$ref": "b"}},
    },
    {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": {"b": {"type": "string"}},
        "properties": {"a": {"$ref": "#/definitions/b"}},
    },
    {"$schema": "https://example.org/unknown", "properties": {"a": {"type": "string"}}},
]


@pytest.mark.usefixtures("_offline")
@pytest.mark.parametrize("schema", LOCAL)
def test_references_inside_of_the_schema_are_followed(schema):
    assert list(schema_defects(schema)) == []
    assert [found.pointer for found in violations(schema, {"a": 1})] == ["/a"]


BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {
    "a type that is none": (
        {"type": "objekt"},
        "/sample_metadata/type",
        "type: expected one of array, boolean, integer, null, number, object, string; found “objekt”",
    ),
    "a pattern that is none": (
        {"properties": {"a": {"pattern": "("}}},
        "/sample_metadata/properties/a/pattern",
        "pattern: expected a regular expression, found “(”",
    ),
    "a list that is none": ({"required": "a"}, "/sample_metadata/required", "required: expected a list, found “a”"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_wrong_schema_is_reported_at_its_place(case):
    schema, pointer, message = BROKEN[case]
    (defect,) = schema_defects(schema)
    assert (defect.kind, defect.pointer) == ("schema-violation", pointer)
    assert defect.message == f"no valid JSON Schema: {message}"
    assert list(violations(schema, {"a": 1})) == []


def test_a_schema_that_leads_back_to_itself_ends():
    schema = {"properties": {"a": {"$ref": "#/properties/a"}}}
    assert list(schema_defects(schema)) == []
    assert [found.message for found in violations(schema, {"a": 1})] == [
        "metadata could not be checked: the schema leads back to itself without end"
    ]


def test_a_schema_is_compiled_once(monkeypatch):
    metadata._compiled.cache_clear()
    looked: list[Any] = []

    def no_defects(schema):
        looked.append(schema)
        return iter(())

    monkeypatch.setattr(metadata, "schema_defects", no_defects)
    for number in range(50):
        list(violations({"properties": {"a": {"type": "string"}}}, {"a": number}))
    assert len(looked) == 1


KEYWORDS = st.sampled_from(
    [
        "type",
        "properties",
        "required",
        "items",
        "$ref",
        "$id",
        "$schema",
        "$defs",
        "enum",
        "anyOf",
        "not",
        "pattern",
        "if",
        "a",
        "$anchor",
        "$dynamicRef",
        "id",
        "allOf",
        "dependentSchemas",
    ]
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.sampled_from(
            ["string", "#", "#/$defs/a", "x", "(", "http://[", "a b", "http://json-schema.org/draft-04/schema#"]
        ),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYWORDS, inner, max_size=3)),
    max_leaves=12,
)


@pytest.mark.usefixtures("_offline")
def test_no_schema_crashes_the_check():
    @given(schema=st.dictionaries(KEYWORDS, VALUES, max_size=4), value=st.dictionaries(KEYWORDS, VALUES, max_size=3))
    def check(schema, value):
        list(schema_defects(schema))
        list(violations(schema, value))

    check()
