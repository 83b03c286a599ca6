"""What is written for a new part of a value reads back as that value, or is not written at all."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from palms_spec.errors import SourceError
from palms_spec.sources.json import read_json
from palms_spec.sources.markdown import read_sample_markdown
from palms_spec.sources.node import MappingNode, ScalarNode
from palms_spec.sources.offsets import is_verbatim, value_offset, value_span
from palms_spec.sources.rewriting import requoted, rewritten
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml
from palms_spec.sources.yaml_scalars import legacy_meaning

WORDS = st.text(st.sampled_from("ab \t#é😀'\":-,[]{}&*!|>%@\\\n\r“\x85\u2028\ufeff0n"), max_size=8)
TEXTS = st.text(st.sampled_from("ab é😀'\":-#\n"), max_size=12)


def node_of(text: str, reader=read_yaml):
    """The node of the one key of a document, if it is a text."""
    try:
        root = reader(SourceText("", text))
    except SourceError:
        return None
    if not isinstance(root, MappingNode) or set(root.entries) != {"a"}:
        return None
    node = root.entries["a"].value
    return node if isinstance(node, ScalarNode) and isinstance(node.value, str) else None


def edit(text: str, node: ScalarNode, start: int, end: int, new: str, **given) -> str | None:
    written = rewritten(text, node, start, end, new, **given)
    if written is None:
        return None
    first, last, characters = written
    return text[:first] + characters + text[last:]


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """One key with a scalar in one of the styles, over one or several lines, with something below it."""
    body = draw(TEXTS)
    indented = body.replace("\n", "\n  ")
    style = draw(st.sampled_from(["plain", "single", "double", "literal", "folded"]))
    if style == "single":
        written = "'" + indented.replace("'", "''") + "'"
    elif style == "double":
        written = '"' + indented.replace("\\", "\\\\").replace('"', '\\"') + '"'
    elif style in ("literal", "folded"):
        written = ("|" if style == "literal" else ">") + draw(st.sampled_from(["", "-", "+"])) + "\n  " + indented
    else:
        written = indented
    return f"a: {written}\n" + draw(st.sampled_from(["", "# end\n"]))


@given(yaml_texts(), st.data())
def test_a_new_part_of_a_yaml_value_reads_back(text, data):
    node = node_of(text)
    assume(node is not None)
    value = node.value
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, len(value)))
    new = data.draw(WORDS)
    after = edit(text, node, start, end, new)
    if after is None:
        return
    found = node_of(after)
    assert found is not None
    assert found.value == value[:start] + new + value[end:]
    assert found.style == node.style


@given(TEXTS, WORDS, st.data(), st.booleans())
def test_a_new_part_of_a_json_value_reads_back_unless_it_touches_an_escape(body, new, data, is_ascii):
    text = json.dumps({"a": body}, ensure_ascii=is_ascii)
    node = node_of(text, read_json)
    assert node is not None
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    after = edit(text, node, start, end, new)
    first, last = value_span(text, node, start, end)
    assert (after is None) == (text[first:last] != body[start:end])
    if after is not None:
        assert json.loads(after) == {"a": body[:start] + new + body[end:]}


@given(TEXTS, TEXTS, st.data(), st.sampled_from(["\n", "\r\n"]))
@example("a\nb", "é", None, "\r\n")
def test_a_new_part_of_an_answer_in_markdown_reads_back(body, new, data, ending):
    text = f"# Why?\n\n{body}\n".replace("\n", ending)
    node = read_sample_markdown(SourceText("", text)).answer
    value = str(node.value)
    start = data.draw(st.integers(0, len(value))) if data else 0
    end = data.draw(st.integers(start, len(value))) if data else 1
    after = edit(text, node, start, end, new, is_markdown=True)
    if after is None:
        assert "\n" in value[start:end]
        return
    found = read_sample_markdown(SourceText("", after)).answer
    assert str(found.value).strip(" \t\n") == (value[:start] + new + value[end:]).strip(" \t\n")


@given(yaml_texts(), st.data())
def test_an_offset_in_the_text_leads_back_to_the_value(text, data):
    node = node_of(text)
    assume(node is not None)
    value = node.value
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, len(value)))
    assume(start < end)
    assume(is_verbatim(text, node, start, end))
    first, last = value_span(text, node, start, end)
    assert (value_offset(text, node, first), value_offset(text, node, last)) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end", "new"),
    [
        pytest.param('a: "b\\u00e9c"', 1, 2, "e", id="an escape"),
        pytest.param("a: 'b''c'", 1, 2, "x", id="a doubled quote"),
        pytest.param("a: b\n  c", 1, 2, "-", id="a fold"),
        pytest.param("a: b c", 1, 2, ": ", id="what would make a key of plain text"),
        pytest.param("a: b c", 1, 2, " #", id="what would make a comment"),
        pytest.param("a: x1", 0, 1, "", id="what would leave a number"),
        pytest.param("a: nxo", 1, 2, "", id="what others would take for a boolean"),
        pytest.param("a: [b, c]", 0, 1, "x", id="a list"),
        pytest.param("a: |\n  b\n  c\n", 0, 1, "", id="what would leave a blank line in a block"),
        pytest.param("a: 'b'", 0, 1, "x\ny", id="a line break in a quoted value"),
        pytest.param("a: 'b'", 0, 1, "\x07", id="a character that YAML does not allow"),
        pytest.param('a: "b"', 0, 1, "\ud800", id="half of a surrogate pair"),
    ],
)
def test_what_cannot_be_written_exactly_is_not_written(text, start, end, new):
    root = read_yaml(SourceText("", text))
    assert isinstance(root, MappingNode)
    node = root.entries["a"].value
    assert not isinstance(node, ScalarNode) or rewritten(text, node, start, end, new) is None


@given(st.sampled_from(["no", "Off", "012", "1_000", "12:30", "y", "2027-01-31", "=", "<<"]), st.booleans())
def test_what_is_put_in_quotes_is_the_same_text_for_every_reader(word, is_flow):
    assert legacy_meaning(word)
    text = f"[{word}, b]" if is_flow else f"a: {word} # so\n"
    node = first_of(text)
    first, last, written = requoted(text, node) or (0, 0, "")
    found = first_of(text[:first] + written + text[last:])
    assert (found.value, found.style) == (word, "double")


def first_of(text: str) -> ScalarNode:
    """The value of the first key, or the first item."""
    root = read_yaml(SourceText("", text))
    node = root.entries["a"].value if isinstance(root, MappingNode) else root.items[0]  # type: ignore[union-attr]
    assert isinstance(node, ScalarNode)
    return node


def test_what_stands_in_quotes_or_is_no_text_is_not_put_in_quotes():
    for text in ("a: 'no'", "a: 12", "a: true", "a: |\n  no\n"):
        assert requoted(text, first_of(text)) is None
