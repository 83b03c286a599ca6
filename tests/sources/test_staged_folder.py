from __future__ import annotations

import os

import pytest

from palms_spec.sources.staged_folder import LEFT_OVER, staged_folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_is_not_committed_is_gone(tmp_path):
    def fill_and_fail():
        with staged_folder(tmp_path / "there") as stage:
            (stage.path / "sub").mkdir()
            (stage.path / "sub/a").write_text("x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fill_and_fail()
    assert names(tmp_path) == []


def test_what_is_committed_takes_the_place_of_what_was_there(tmp_path):
    for text in ("old", "new"):
        with staged_folder(tmp_path / "there") as stage:
            (stage.path / "sub").mkdir()
            (stage.path / "sub/a").write_text(text)
            stage.commit()
    assert names(tmp_path) == ["there"]
    assert (tmp_path / "there/sub/a").read_text() == "new"


def test_what_a_killed_process_left_is_removed_by_the_next_unless_it_is_all_there_is(tmp_path):
    half, aside = tmp_path / ".palms-there.half", tmp_path / ".palms-there.aside"
    for folder in (half, aside / "old"):
        folder.mkdir(parents=True)
    for folder in (half, aside):
        os.utime(folder, (0, 0))
    with staged_folder(tmp_path / "there"):
        assert half.exists(), "what stood in the place is in the other folder, and nothing is in the place"
    (aside / "old").rmdir()
    os.utime(aside, (0, 0))
    young = tmp_path / ".palms-there.young"
    young.mkdir()
    with staged_folder(tmp_path / "there"):
        pass
    assert names(tmp_path) == [young.name]
    assert LEFT_OVER > 0
