from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.errors import SourceError, SourceSyntaxError
from palms_spec.sources.markdown import read_sample_markdown, write_sample_markdown
from palms_spec.sources.node import plain, walk
from palms_spec.sources.offsets import value_span
from palms_spec.sources.text import SourceText, decode
from tests.sources.values import keys, same, scalars, texts

SAMPLE = """---
category: health
positions: [health.no-diagnosis]
---

# May I take half?

No one can say
from *here*.

## Not even this

Bye.

"""


def read(text: str):
    return read_sample_markdown(SourceText("", text))


def test_a_sample_has_front_matter_question_and_answer():
    parts = read(SAMPLE)
    assert parts.front is not None
    assert parts.question is not None
    assert plain(parts.front) == {"category": "health", "positions": ["health.no-diagnosis"]}
    assert parts.question.value == "May I take half?"
    assert parts.answer.value == "No one can say\nfrom *here*.\n\n## Not even this\n\nBye."


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_values_are_the_same_and_places_right_whatever_the_line_ends(line_end):
    text = SAMPLE.replace("\n", line_end)
    parts, expected = read(text), read(SAMPLE)
    assert parts.front is not None
    assert parts.question is not None
    assert parts.answer.value == expected.answer.value
    places = {pointer: text[node.start : node.end] for pointer, node in walk(parts.front)}
    assert places["/category"] == "health"
    assert places["/positions/0"] == "health.no-diagnosis"
    assert text[parts.question.start : parts.question.end] == "May I take half?"
    at = str(parts.answer.value).index("*here*")
    assert text[slice(*value_span(text, parts.answer, at, at + 6))] == "*here*"


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        pytest.param("# q\n\na", "q", "a", id="no front matter"),
        pytest.param("---\n---\n# q\na", "q", "a", id="empty front matter, no blank line"),
        pytest.param("\n \t\n#  \tq # \n\n \n    a  \n\n", "q #", "    a  ", id="blanks around question and answer"),
        pytest.param("# q", "q", "", id="no answer"),
        pytest.param("# q\n\n", "q", "", id="a blank answer"),
        pytest.param("", None, "", id="nothing"),
        pytest.param("just text\n# no question\n", None, "just text\n# no question", id="no heading first"),
        pytest.param("#hashtag\n", None, "#hashtag", id="a sign without a blank is no heading"),
        pytest.param("## q\n", None, "## q", id="a second-level heading is no question"),
        pytest.param("#\na", "", "a", id="an empty heading"),
        pytest.param("# q\n---\nb\n", "q", "---\nb", id="a rule in the answer"),
        pytest.param("# q\x85r\u2028s\na\f", "q\x85r\u2028s", "a\f", id="other separators are text"),
    ],
)
def test_question_and_answer_are_what_stands_there(text, question, answer):
    parts = read(text)
    assert (parts.question and parts.question.value) == question
    assert parts.answer.value == answer
    assert text[parts.answer.start : parts.answer.end] == answer


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("---\na: b\n# q\n", "the front matter is not closed", 0),
        ("---\r\na: b\r\né: @c\r\n---\r\n# q\r\n", "a value cannot begin with @", 14),
        ("---\na: [1\n---\n# q\n", "a list that [ opens is not closed, or a comma is missing", 7),
    ],
)
def test_an_error_in_the_front_matter_has_its_place_in_the_file(text, message, offset):
    with pytest.raises(SourceSyntaxError) as caught:
        read(text)
    assert (caught.value.message, caught.value.offset) == (message, offset)


def test_a_sample_is_written_as_people_write_it():
    front = {"category": "health", "positions": ["health.no-diagnosis"]}
    assert write_sample_markdown(front, "May I?", "No.\n\nNever.") == (
        "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# May I?\n\nNo.\n\nNever.\n"
    )
    assert write_sample_markdown({}, "May I?", "No.") == "# May I?\n\nNo.\n"


@pytest.mark.parametrize(
    ("front", "question", "answer"),
    [
        pytest.param({}, "two\nlines", "a", id="a question of two lines"),
        pytest.param({}, " q", "a", id="a question with a blank before it"),
        pytest.param({}, "", "a", id="an empty question"),
        pytest.param({}, "q", "\na", id="an answer that begins with a blank line"),
        pytest.param({}, "q", "a\n", id="an answer that ends with a line break"),
        pytest.param({}, "q", "a\r\nb", id="an answer with other line ends"),
        pytest.param({}, "q", "a\0", id="a NUL"),
        pytest.param({}, "q", "\ud800", id="a lone surrogate"),
        pytest.param({"a": "\ud800"}, "q", "a", id="a lone surrogate in the front matter"),
    ],
)
def test_what_markdown_cannot_hold_exactly_is_not_written(front, question, answer):
    assert write_sample_markdown(front, question, answer) is None


@given(st.dictionaries(keys, scalars, max_size=2), texts, texts)
def test_what_is_written_reads_back_the_same(front, question, answer):
    text = write_sample_markdown(front, question, answer)
    if text is None:
        return
    parts = read_sample_markdown(decode("", text.encode()))
    assert parts.question is not None
    assert (parts.question.value, parts.answer.value) == (question, answer)
    assert same(plain(parts.front) if parts.front else {}, front)


@given(st.dictionaries(keys, scalars, max_size=2), st.text(alphabet="ab #-", min_size=1), st.text(alphabet="ab #-\n"))
def test_what_reads_back_the_same_is_written(front, question, answer):
    trimmed = "\n".join(answer.split("\n")).strip("\n")
    lines = trimmed.split("\n")
    if question.strip() == question and (not trimmed or (lines[0].strip() and lines[-1].strip())):
        assert write_sample_markdown(front, question, trimmed) is not None


@given(st.one_of(st.binary(), st.text(alphabet="-#ab: \r\n[&*é\x00").map(lambda body: f"---\n{body}".encode())))
def test_any_bytes_give_a_sample_or_a_source_error(data):
    text, start, end = "", 0, 0
    try:
        source = decode("", data)
        text = source.text
        answer = read_sample_markdown(source).answer
        start, end = answer.start, answer.end
    except SourceError as error:
        start = end = error.offset
    assert 0 <= start <= end <= len(text)
