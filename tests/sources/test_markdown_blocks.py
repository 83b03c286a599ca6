"""Blocks of Markdown and their lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.sources.markdown_blocks import markdown_blocks


def _told(text):
    return [(block.kind, block.first, block.last) for block in markdown_blocks(text)]


def test_headings_backticks_and_rules_stand_inside_a_fence():
    text = "~~~xml\n# no heading\n---\n```python\nx\n```\n\n    y\n~~~\n# A heading\n"
    assert _told(text) == [("fence", 0, 9), ("heading", 9, 10)]


def test_only_the_same_marks_close_a_fence():
    fences = [block for block in markdown_blocks("~~~\n```\n~~\n~~~~\n```\na\n~~~\n") if block.kind == "fence"]
    assert [(one.first, one.last, one.is_closed) for one in fences] == [(0, 4, True), (4, 7, False)]


def test_an_open_fence_says_that_it_is_not_closed():
    (block,) = markdown_blocks("~~~xml\n<user>\n")
    assert not block.is_closed


def test_an_admonition_takes_the_indented_lines_below_it():
    text = 'before\n\n!!! meta "Commentary"\n\n    one\n\n    - two\n\nafter\n'
    assert _told(text) == [("paragraph", 0, 1), ("admonition", 2, 7), ("paragraph", 8, 9)]
    assert markdown_blocks(text)[1].info == 'meta "Commentary"'


def test_an_admonition_ends_a_paragraph():
    assert _told("before\n!!! note\n    inside\nafter\n") == [
        ("paragraph", 0, 1),
        ("admonition", 1, 3),
        ("paragraph", 3, 4),
    ]


def test_what_stands_in_lists_is_nested():
    blocks = markdown_blocks("- item\n\n  ~~~\n  x\n  ~~~\n\n> # quoted\n")
    assert [(block.kind, block.is_nested, block.indentation) for block in blocks] == [
        ("paragraph", True, 0),
        ("fence", True, 2),
        ("heading", True, 0),
    ]


def test_an_underlined_heading_has_its_rank():
    (block,) = markdown_blocks("Title\n=====\n")
    assert (block.kind, block.rank, block.last) == ("heading", 1, 2)


@given(st.lists(st.sampled_from(["# a", "~~~", "```", "", "    x", "- y", '!!! meta "C"', "> z", "---", "text"])))
def test_lines_of_blocks_never_go_beyond_the_text(lines):
    for end in ("\n", "\r\n", "\r"):
        blocks = markdown_blocks(end.join(lines))
        assert all(0 <= block.first < block.last <= max(len(lines), 1) for block in blocks)
        assert _told(end.join(lines)) == _told("\n".join(lines))
