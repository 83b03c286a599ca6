from __future__ import annotations

import pytest

from palms_spec.errors import UsageError
from palms_spec.judging.people import as_reviewer, file_for
from tests.judging.test_recording import review


@pytest.mark.parametrize(
    ("name", "reviewer"),
    [
        ("Ana", "human:Ana"),
        ("human:Ana", "human:Ana"),
        ("  Ana   Pérez ", "human:Ana Pérez"),
        ("ana@x.org", "human:ana@x.org"),
    ],
)
def test_people_are_called_by_their_names(name, reviewer):
    assert as_reviewer(name) == reviewer


@pytest.mark.parametrize("name", ["", " ", "human:", "model:m@1", "a\x1bb", "a\u202eb", "a" * 101])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(UsageError):
        as_reviewer(name)


@pytest.mark.parametrize(
    ("reviewer", "name"),
    [
        ("human:Ana Pérez", "ana-perez.jsonl"),
        ("human:../../etc/passwd", "etc-passwd.jsonl"),
        ("human:ana@example.org", "ana-example-org.jsonl"),
        ("human:王小明", "reviewer.jsonl"),
        ("model:org/judge@0123", "org-judge-0123.jsonl"),
    ],
)
def test_a_reviewer_has_a_file(tmp_path, reviewer, name):
    assert file_for(tmp_path, reviewer) == tmp_path / name


def test_two_reviewers_have_two_files(tmp_path):
    (tmp_path / "ana.jsonl").write_text("{}\n\n" + review().as_line())
    assert file_for(tmp_path, "human:Ana").name == "ana.jsonl"
    other = file_for(tmp_path, "human:ana")
    assert other.name.startswith("ana-")
    assert other != file_for(tmp_path, "human:ANA")
