from __future__ import annotations

from palms_spec.documents.sample import Turn
from palms_spec.training.readers.sample_ids import SampleIds


def turns(*said: str) -> list[Turn]:
    return [Turn(role, text, "") for role, text in zip(("user", "assistant") * 4, said, strict=False)]


def test_an_id_follows_from_what_is_said_and_nothing_else():
    with SampleIds() as one, SampleIds() as other:
        first = one.give(turns("Should I halve my insulin to make it last?", "No."))
        other.give(turns("Something else", "before it"))
        assert other.give(turns("Should I halve my insulin to make it last?", "No.")) == first
    assert first.startswith("should-i-halve-my-insulin-to-")


def test_what_was_said_before_gets_a_number():
    with SampleIds() as ids:
        given = [ids.give(turns("a", "b")) for _ in range(3)]
        assert given == [given[0], f"{given[0]}-2", f"{given[0]}-3"]
        assert ids.give(turns("a", "c")) not in given


def test_names_are_such_as_every_file_system_takes():
    with SampleIds() as ids:
        for text in ("../../etc/passwd", "CON", "", "\0\n", "日本語", "é" * 500, "x" * 5000, "\ud800"):
            name = ids.give(turns(text, "b"))
            assert len(name) < 70
            assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
            assert not name.startswith("-")
