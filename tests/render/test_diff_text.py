from __future__ import annotations

import re
import shutil

import pytest

from palms_spec.render.cells import cells
from palms_spec.render.diff_text import render_diff
from palms_spec.render.escaping import is_safe
from palms_spec.rulekit.examples import SPEC_PATH
from tests.render.differences import hostile, of_all_sorts, of_many, written
from tests.scratch import OWNED, REVERSED, new_scratch

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(scope="module")
def changes(tmp_path_factory):
    return of_all_sorts(tmp_path_factory.mktemp("changes"))


@pytest.fixture(autouse=True)
def here(changes, monkeypatch):
    monkeypatch.chdir(changes.root)


@pytest.mark.parametrize("width", [80, 120])
def test_a_comparison(changes, width, snapshot):
    assert written(render_diff, changes, width=width) == snapshot


def test_only_what_fails(changes, snapshot):
    assert written(render_diff, changes, only_breaking=True) == snapshot


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_fit_but_for_words_that_do_not(changes, width):
    for line in written(render_diff, changes, width=width).splitlines():
        words = line.split()
        assert cells(line) <= width or max(map(len, words)) > width - 24 or line.startswith("  palms approve"), line


def test_colours_are_no_part_of_the_text(changes):
    plain, colored = (written(render_diff, changes, color=color) for color in (False, True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    assert plain != colored


def test_nothing_changed(tmp_path):
    found = new_scratch(tmp_path).diff()
    assert written(render_diff, found) == "Compared: main with working tree\n\nNothing changed in meaning or wording.\n"


def test_nothing_to_compare(tmp_path):
    scratch = new_scratch(tmp_path, {"specs/example/spec.yaml": None, "datasets/example/dataset.yaml": None})
    assert "Nothing to compare: no specification, prompt set or dataset" in written(render_diff, scratch.diff())


def test_what_is_left_out_is_counted_and_what_fails_is_not(tmp_path):
    found = of_many(tmp_path, 300)
    text = written(render_diff, found, limit=200)
    assert "… and 102 more, shown with --all" in text  # 300 added, 1 dropped, 1 change of the dataset
    assert text.count("● sample-added") + text.count("● sample-dropped") + text.count("● dataset-changed") == 200
    whole = written(render_diff, found, limit=None)
    assert (whole.count("● sample-added"), "more" in whole.replace("and 295 more", "")) == (300, False)


def test_hostile_text_is_shown_and_obeyed_by_nobody(tmp_path):
    found = hostile(tmp_path)
    assert len(found.seen) > 60
    text = written(render_diff, found, limit=None)
    assert [line for line in text.splitlines() if not is_safe(line)] == []


def test_what_is_accepted_without_a_reason_is_marked_all_the_same(tmp_path):
    silent = OWNED.replace("stance: oppose", "stance: oppose   # palms: ignore[position-reversed]")
    scratch = new_scratch(tmp_path, {SPEC_PATH: silent})
    text = written(render_diff, scratch.write({SPEC_PATH: REVERSED.replace("1.0.0", "2.0.0")}).diff())
    assert "  ✓ position-reversed health.no-diagnosis" in text
    assert "      accepted: by an exception in the base, without a reason\n" in text
    assert "1 change: nothing to object, 1 accepted." in text
