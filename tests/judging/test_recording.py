"""Records are appended whole, whatever a process before has left."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.documents.records import read_records
from palms_spec.documents.reviews import Review
from palms_spec.judging.recording import appending


def review(rationale: str = "") -> Review:
    return Review(
        sample="a",
        sample_hash="0" * 64,
        position="health.a",
        position_hash="1" * 64,
        verdict="adheres",
        score=5,
        reviewer="human:Ana",
        rationale=rationale,
        at="2027-01-01T10:00:00Z",
    )


def test_a_file_and_its_folder_are_made(tmp_path):
    path = tmp_path / "dataset" / "reviews" / "ana.jsonl"
    with appending(path, Review) as file:
        file.append(review("one"))
        file.append(review("two\n\u2028three"))
    assert [line.record for line in read_records(path.read_bytes(), Review)] == [
        review("one"),
        review("two\n\u2028three"),
    ]
    assert len(path.read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("left", "kept"),
    [
        (b"", 0),
        (review("one").as_line().encode(), 1),
        (review("one").as_line().encode()[:-1], 1),
        (review("one").as_line().encode() + b'{"sample": "b', 1),
        (b'{"sample": "b', 0),
        (b"\xef\xbb\xbf" + review("one").as_line().encode() + b"\xff", 1),
    ],
    ids=[
        "nothing",
        "a record",
        "a record without its end",
        "half a record behind one",
        "half a record",
        "half a letter",
    ],
)
def test_what_a_kill_left_of_a_record_is_taken_away(tmp_path, left, kept):
    path = tmp_path / "ana.jsonl"
    path.write_bytes(left)
    with appending(path, Review) as file:
        file.append(review("new"))
    lines = list(read_records(path.read_bytes(), Review))
    assert [line.record for line in lines] == [review("one")] * kept + [review("new")]


def test_whole_lines_that_are_no_records_stay_as_they_are(tmp_path):
    path = tmp_path / "ana.jsonl"
    path.write_bytes(b"{}\n\n")
    with appending(path, Review) as file:
        file.append(review())
    assert path.read_bytes() == b"{}\n\n" + review().as_line().encode()


def test_a_record_is_on_disk_when_it_is_appended(tmp_path, monkeypatch):
    synced: list[int] = []
    real = os.fsync

    def sync(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_size)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    with appending(tmp_path / "ana.jsonl", Review) as file:
        before = len(synced)
        file.append(review())
    assert synced[before:] == [len(review().as_line().encode())]


@given(cut=st.integers(0, 700), rationale=st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_a_file_that_was_cut_off_anywhere_goes_on(tmp_path, cut, rationale):
    whole = review("one").as_line().encode() + review(rationale).as_line().encode()
    path = tmp_path / "ana.jsonl"
    path.write_bytes(whole[:cut])
    with appending(path, Review) as file:
        file.append(review("new"))
    lines = list(read_records(path.read_bytes(), Review))
    assert all(line.record is not None for line in lines)
    assert lines[-1].record == review("new")
    assert json.loads(path.read_bytes().splitlines()[-1])["rationale"] == "new"
