from __future__ import annotations

import pytest

from tests.docs.pages import anchors, blocks
from tests.docs.reader import fits, typed


def test_blocks_know_the_files_they_are(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# Two words, and `code`\n\nWrite `a/b.md`, as it is here:\n\n```markdown\none\n```\n\n"
        "Some words.\nAt the end of `c.yaml`, add:\n\n~~~yaml\n- two\n~~~\n\nThat makes:\n\n```console\n$ palms lint\n```\n"
    )
    assert [(one.language, one.path, one.is_end, one.text) for one in blocks(page)] == [
        ("markdown", "a/b.md", False, "one\n"),
        ("yaml", "c.yaml", True, "- two\n"),
        ("console", "", False, "$ palms lint\n"),
    ]
    assert anchors(page) == {"two-words-and-code"}


def test_commands_with_what_they_print(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```console\n$ cd a\n$ palms lint\nFound.\n\n...\nEnd.\n```\n")
    (block,) = blocks(page)
    assert list(typed(block)) == [("cd a", ""), ("palms lint", "Found.\n\n...\nEnd.\n")]


@pytest.mark.parametrize(
    ("printed", "said", "expected"),
    [
        ("", "", True),
        ("", "more\n", False),
        ("a (b)\n", "a (b)\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n...\n", "a\nb\n\nc\n", True),
        ("...\nc\n", "a\nb\n\nc\n", True),
        ("a ... c\n", "a b c\n", True),
        ("...\na\n...\n", "\na\n", True),
        ("a\n\nb\n", "a  \n\nb\n\n", True),
        ("...\n" * 30 + "end\n", "a\n" * 5_000, False),
        ("a ... c\n", "a b\nb c\n", False),
    ],
)
def test_what_is_printed_is_compared(printed, said, expected):
    assert fits(printed, said) == expected
