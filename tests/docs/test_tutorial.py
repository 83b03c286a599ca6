"""Pages with commands, done as they say (`tests.docs.reader`)."""

from __future__ import annotations

import shutil

import pytest

from tests.cli.repositories import Repository
from tests.docs.pages import DOCS, WRITTEN, blocks
from tests.docs.reader import Reader

TUTORIAL = DOCS / "tutorial.md"
HOW_TO = [page for page in WRITTEN if page != TUTORIAL and any(block.language == "console" for block in blocks(page))]

pytestmark = pytest.mark.skipif(
    not shutil.which("git") or not shutil.which("bash"), reason="git and bash are what it is typed with"
)


@pytest.fixture
def reader(tmp_path) -> Reader:
    """Someone in an empty folder."""
    for folder in ("reader", "home"):
        (tmp_path / folder).mkdir()
    return Reader(Repository(tmp_path / "reader", tmp_path / "home"))


def test_the_tutorial_does_what_it_says(reader):
    assert reader.follow(TUTORIAL) > 10


@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.stem)
def test_a_page_does_what_it_says_in_a_small_project(reader, page):
    assert "Wrote" in reader.type("palms init --template minimal")
    reader.follow(page)
