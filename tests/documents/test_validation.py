"""Every error that the models can raise has calm words of ours."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from palms_spec.documents.kinds import KINDS, RECORDS, SAMPLE_FORMS
from palms_spec.documents.pack_checks import CHECKS
from palms_spec.documents.sample_forms import CompletionSample, MessagesSample
from palms_spec.documents.spec import Category, Spec
from palms_spec.documents.validation import EXPECTED, PATTERN_WORDS, validate
from palms_spec.sources.json import read_json
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml

MODELS = [*KINDS.values(), *SAMPLE_FORMS.values(), *RECORDS.values(), *CHECKS.values()]

# By kind of node in pydantic's own schema: the errors it raises, and those that a constraint adds.
RAISED: dict[str, dict[str, set[str]]] = {
    "model": {"": {"model_type"}},
    "model-fields": {"": {"missing", "extra_forbidden", "string_unicode"}},
    "str": {
        "": {"string_type", "string_unicode"},
        "pattern": {"string_pattern_mismatch"},
        "max_length": {"string_too_long"},
    },
    "bool": {"": {"bool_type"}},
    "int": {"": {"int_type"}, "ge": {"greater_than_equal"}, "le": {"less_than_equal"}},
    "float": {
        "": {"float_type"},
        "ge": {"greater_than_equal"},
        "le": {"less_than_equal"},
        "allow_inf_nan": {"finite_number"},
    },
    "list": {"": {"list_type"}, "min_length": {"too_short"}},
    "dict": {"": {"dict_type"}},
    "literal": {"": {"literal_error"}},
    "any": {},
    "nullable": {},
    "default": {},
    "model-field": {},
    "tagged-union": {},  # whatever an item is, it has one of the tags
    "function-after": {},  # it says itself what is wrong
}
NO_CONSTRAINTS = {
    *("type", "ref", "metadata", "serialization", "strict", "cls", "schema", "config", "root_model", "custom_init"),
    *(
        "function",
        "fields",
        "model_name",
        "items_schema",
        "keys_schema",
        "values_schema",
        "expected",
        "default",
        "choices",
    ),
    *(
        "discriminator",
        "computed_fields",
        "post_init",
        "regex_engine",
        "copy_default",
        "from_attributes",
        "extra_behavior",
    ),
}


def nodes(schema: Any):
    """Every node of a core schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for key, inner in schema.items():
            if key not in ("metadata", "serialization", "config", "cls", "function"):
                yield from nodes(inner)
    elif isinstance(schema, list | tuple):
        for inner in schema:
            yield from nodes(inner)


def all_nodes():
    for model in MODELS:
        model.model_rebuild()
        yield from nodes(model.__pydantic_core_schema__)


def raised() -> set[str]:
    found: set[str] = set()
    for node in all_nodes():
        kind = node["type"]
        if kind in ("definitions", "definition-ref"):
            continue
        assert kind in RAISED, f"say which errors {kind} raises"
        errors = RAISED[kind]
        for constraint in node.keys() - NO_CONSTRAINTS:
            assert constraint in errors, f"say which errors {constraint} of {kind} raises"
        found |= set().union(*(types for constraint, types in errors.items() if not constraint or constraint in node))
    # allow_inf_nan is a setting of the models and stands in no node
    return found | {"finite_number"}


def test_every_error_that_the_models_raise_has_words():
    assert raised() == EXPECTED.keys() | {"missing", "extra_forbidden"}


def test_every_pattern_of_the_models_has_words():
    patterns = {node["pattern"] for node in all_nodes() if "pattern" in node}
    assert patterns == PATTERN_WORDS.keys()


ERRORS: dict[str, tuple[type[Any], Any]] = {
    "missing": (CompletionSample, {}),
    "extra_forbidden": (CompletionSample, {"x": 1}),
    "string_type": (CompletionSample, {"prompt": 1}),
    "string_unicode": (Category, {"id": "\ud800"}),
    "string_pattern_mismatch": (Category, {"id": "a b"}),
    "string_too_long": (Category, {"id": "a" * 201}),
    "bool_type": (CHECKS["absence"], {"unless_quoted": "yes"}),
    "int_type": (CompletionSample, {"round": "one"}),
    "float_type": (Category, {"weight": "1"}),
    "finite_number": (Category, {"weight": float("inf")}),
    "greater_than_equal": (Category, {"weight": -1}),
    "less_than_equal": (KINDS["dataset"], {"splits": {"train": 2}}),
    "list_type": (Category, {"positions": {}}),
    "too_short": (MessagesSample, {"messages": []}),
    "dict_type": (CompletionSample, {"metadata": []}),
    "model_type": (Spec, {"governance": "we"}),
    "literal_error": (CompletionSample, {"origin": "wide"}),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_is_raised_under_the_name_that_its_words_go_by(kind):
    model, value = ERRORS[kind]
    with pytest.raises(ValidationError) as error:
        model.model_validate(value)
    assert kind in {detail["type"] for detail in error.value.errors(include_url=False, include_input=False)}


def test_no_error_is_left_without_an_example():
    assert ERRORS.keys() == raised()


SPEC = """\
palms: 1
kind: values-spec
id: example
title: Example
version: 1.0.0
language: en
categories:
  - id: health
    name: Health
    positions:
      - id: health.no-diagnosis
        stance: oppose
        statement: An answer does not say what condition a person has.
"""
DATASET = "palms: 1\nkind: dataset\nid: example\ntitle: Example\nsamples: [samples/*.md]\n"
PROMPTS = "palms: 1\nkind: prompt-set\nid: example\nspec: example\nlanguage: en\nprompts:\n  - {id: a, split: test, text: Why?}\n"
SAMPLE = "prompt: Why?\ncompletion: Because.\n"
CHAT = "messages: [{role: user, content: Why?}]\n"
ID_WORDS = "an id (letters, digits and . _ - / : +, no spaces)"


def spec(old: str, new: str) -> tuple[str, str]:
    assert old in SPEC
    return "values-spec", SPEC.replace(old, new)


SAID = {
    "a number for a text": (
        spec("title: Example", "title: 12"),
        "title: expected text, found the number 12",
        "put it in quotes",
    ),
    "nothing for a text": (spec("title: Example", "title:"), "title: expected text, found nothing", "write it"),
    "a blank text": (spec("title: Example", "title: ' '"), "title: expected text, found blank text", ""),
    "nothing for a list that may be left out": (
        ("sample", SAMPLE + "positions:\n"),
        "positions: expected a list, found nothing",
        "write it, or delete the field",
    ),
    "spaces in an id": (
        spec("id: example", "id: my example"),
        f"id: expected {ID_WORDS}, found “my example”",
        "write my-example",
    ),
    "a number as an id": (
        spec("id: example", "id: 7"),
        f"id: expected {ID_WORDS}, found the number 7",
        "put it in quotes",
    ),
    "a list as an id": (
        ("sample", SAMPLE + "category: [health]\n"),
        f"category: expected {ID_WORDS}, found a list",
        "write health, without brackets",
    ),
    "an id of 300 letters": (
        spec("id: example", "id: " + "a" * 300),
        "id: expected at most 200 characters, found 300",
        "",
    ),
    "a version of two numbers": (
        spec("1.0.0", "1.2"),
        "version: expected a version of three numbers, such as 1.2.0, found the number 1.2",
        "write 1.2.0",
    ),
    "a version of one number": (
        spec("1.0.0", "3"),
        "version: expected a version of three numbers, such as 1.2.0, found the number 3",
        "write 3.0.0",
    ),
    "a stance in capitals": (
        spec("oppose", "OPPOSE"),
        "stance: expected support, oppose, neutral or defer, found “OPPOSE”",
        "did you mean oppose?",
    ),
    "a stance in another word": (
        spec("oppose", "against"),
        "stance: expected support, oppose, neutral or defer, found “against”",
        "did you mean oppose?",
    ),
    "a misspelt field": (spec("stance", "stanse"), "stanse is not a field here", "did you mean stance?"),
    "a field in another word": (
        ("sample", "question: a\n" + SAMPLE),
        "question is not a field here",
        "did you mean prompt?",
    ),
    "a field one level up": (
        spec("    positions:", "    stance: oppose\n    positions:"),
        "stance is not a field here",
        "stance is a field of positions: check how far it is indented",
    ),
    "a field of the whole document further in": (
        spec("    name: Health", "    name: Health\n    version: 1.0.0"),
        "version is not a field here",
        "version is a field of the whole document: check how far it is indented",
    ),
    "a field that nothing has": (
        ("sample", SAMPLE + "shelf: 3\n"),
        "shelf is not a field here",
        "remove it, or move it under metadata",
    ),
    "a field that nothing has, where there are no metadata": (
        spec("    name: Health", "    name: Health\n    shelf: 3"),
        "shelf is not a field here",
        "remove it",
    ),
    "two forms of a sample at once": (
        ("messages-sample", CHAT + SAMPLE),
        "prompt is not a field here",
        "a sample has prompt and completion; or messages; or prompt, chosen and rejected",
    ),
    "a missing field in a thing with an id": (
        spec("        statement: An answer does not say what condition a person has.\n", ""),
        "statement is missing in health.no-diagnosis",
        "add statement",
    ),
    "a missing field of the document": (spec("title: Example\n", ""), "title is missing", "add title"),
    "a text for a list": (
        ("sample", SAMPLE + "positions: health.no-diagnosis\n"),
        "positions: expected a list, found “health.no-diagnosis”",
        "write [health.no-diagnosis]",
    ),
    "a mapping for a list": (
        ("values-spec", SPEC[: SPEC.index("categories")] + "categories: {health: {name: Health}}\n"),
        "categories: expected a list, found a mapping",
        "begin each item with -",
    ),
    "a text for a mapping": (
        ("dataset", DATASET + "length: 40-340\n"),
        "length: expected a mapping, found “40-340”",
        "its fields are min, max, count",
    ),
    "an unknown field in one of two forms": (
        ("dataset", DATASET + "targets: [{target: trl, mehtod: sft}]\n"),
        "mehtod is not a field here",
        "did you mean method?",
    ),
    "a number for one of two forms": (
        ("dataset", DATASET + "targets: [3]\n"),
        "targets: expected a mapping, found the number 3",
        "its fields are target, model, method, shape, max_tokens",
    ),
    "a share in percent": (
        ("dataset", DATASET + "splits: {train: 90}\n"),
        "train: expected 1 or less, found the number 90",
        "write 0.9 for 90 percent",
    ),
    "a round of 0": (("sample", SAMPLE + "round: 0\n"), "round: expected 1 or more, found the number 0", ""),
    "true for a number": (
        spec("    name: Health", "    name: Health\n    weight: true"),
        "weight: expected a number, found true",
        "",
    ),
    "an infinite weight": (
        spec("    name: Health", "    name: Health\n    weight: .inf"),
        "weight: expected a finite number, found the number .inf",
        "",
    ),
    "no messages": (
        ("messages-sample", "messages: []\n"),
        "messages: expected a list of 1 or more, found an empty list",
        "",
    ),
    "a speaker in another word": (
        ("messages-sample", "messages: [{role: human, content: Why?}]\n"),
        "role: expected system, developer, user, assistant or tool, found “human”",
        "did you mean user?",
    ),
    "a number for a field that is called text": (
        ("prompt-set", PROMPTS.replace("Why?", "3")),
        "text: expected text, found the number 3",
        "put it in quotes",
    ),
    "an unknown field that is called text": (
        ("dataset", DATASET + "text: x\n"),
        "text is not a field here",
        "remove it",
    ),
    "a long text of several lines": (
        ("sample", SAMPLE + "round: |\n  one\n  two three four five six seven eight nine ten\n"),
        "round: expected a whole number, found “one two three four five six seven eight…”",
        "",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_of(case):
    (kind, text), message, hint = SAID[case]
    root = read_yaml(SourceText("x.yaml", text))
    assert root is not None
    _, defects = validate({**KINDS, **SAMPLE_FORMS}[kind], root)
    assert (message, hint) in [(defect.message, defect.hint) for defect in defects]


def test_json_is_answered_in_json():
    root = read_json(SourceText("x.json", '{"prompt": "a", "completion": "b", "positions": "health"}'))
    assert root is not None
    _, (defect,) = validate(CompletionSample, root)
    assert defect.hint == 'write ["health"]'


def test_half_a_surrogate_pair_in_a_key_is_no_riddle():
    root = read_json(SourceText("x.json", '{"prompt": "a", "completion": "b", "round": 1, "\\ud800": 2}'))
    assert root is not None
    _, (defect,) = validate(CompletionSample, root)
    assert defect.message == "a key holds half of a surrogate pair"


def test_unknown_fields_cost_nothing_else():
    root = read_yaml(SourceText("x.yaml", DATASET + "titel: x\ntargets: [trl, {target: a, text: b}]\ntext: y\n"))
    assert root is not None
    model, defects = validate(KINDS["dataset"], root)
    assert model is not None
    assert sorted(defect.message.split()[0] for defect in defects) == ["text", "text", "titel"]


def test_many_defects_take_no_time():
    items = "".join(f"  - {{id: c{number}, nmae: x}}\n" for number in range(5000))
    root = read_yaml(SourceText("x.yaml", SPEC[: SPEC.index("categories")] + "categories:\n" + items))
    assert root is not None
    _, defects = validate(Spec, root)
    assert len(defects) == 10_000
