from __future__ import annotations

import shutil

import pytest

from palms_spec.errors import UsageError
from palms_spec.rulekit.examples import SPEC_PATH
from tests.scratch import ANN, APPROVALS, BOB, EVE, REVERSED, REWORDED, UNDENIED, mark, new_scratch, said

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def scratch(tmp_path):
    scratch = new_scratch(tmp_path)
    scratch.commit({SPEC_PATH: REVERSED.replace("version: 1.0.0", "version: 2.0.0")}, by=EVE)
    return scratch


def test_an_owner_approves_what_another_made(scratch):
    fingerprint = mark(scratch.diff(), "position-reversed")
    done = scratch.be(BOB).approve(fingerprint[:6], reason="agreed in May")
    assert (done.objection, done.path) == ("", scratch.root / APPROVALS)
    assert (done.approval.by, done.approval.change, done.approval.spec_version) == (
        "bob@example.org",
        "position-reversed",
        "2.0.0",
    )
    assert said(scratch.diff()) == []
    scratch.commit(by=BOB)
    assert said(scratch.diff("main", "change")) == []


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (EVE, "eve@example.org is no owner in the base version"),
        ("Zoe <zoe@x.org>", "zoe@x.org is no owner in the base version"),
    ],
)
def test_one_that_will_not_count_says_so(scratch, who, told):
    done = scratch.be(who).approve(mark(scratch.diff(), "position-reversed"))
    assert done.objection == told


def test_who_made_the_change_is_told_that_it_will_not_count(scratch):
    scratch.commit({SPEC_PATH: REWORDED}, by=ANN)
    done = scratch.be(ANN).approve(mark(scratch.diff(), "position-reworded"))
    assert done.objection == "ann@example.org is an author of the change"
    scratch.git("checkout", "--quiet", "main")
    scratch.git("checkout", "--quiet", "-b", "more")
    done = scratch.write({SPEC_PATH: UNDENIED}).approve(mark(scratch.diff(), "position-meaning-changed"))
    assert done.objection == "ann@example.org is an author of the change", "it is not committed, and so hers"


def test_lines_are_appended_and_an_open_end_is_closed(scratch):
    fingerprint = mark(scratch.diff(), "position-reversed")
    scratch.write({APPROVALS: "{}"}).approve(fingerprint, by=ANN)
    scratch.approve(fingerprint, by=BOB)
    lines = (scratch.root / APPROVALS).read_text("utf-8").split("\n")
    assert [lines[0], len(lines), lines[3]] == ["{}", 4, ""]


def test_an_editorial_approval_is_for_changes_of_words(scratch):
    with pytest.raises(UsageError, match="position-reversed cannot be editorial"):
        scratch.approve(mark(scratch.diff(), "position-reversed"), by=ANN, editorial=True)
    scratch.write({SPEC_PATH: UNDENIED})
    done = scratch.approve(mark(scratch.diff(), "position-meaning-changed"), by=ANN, editorial=True)
    assert done.approval.change == "position-reworded"


@pytest.mark.parametrize(
    ("fingerprint", "reason", "told"),
    [
        ("0000", "x", "no change has the fingerprint 0000"),
        ("0", "x", "no change has the fingerprint 0"),
        ("", "x", "no change has the fingerprint "),
        ("0000", " \n", "an approval has a reason"),
    ],
)
def test_what_cannot_be_approved(scratch, fingerprint, reason, told):
    with pytest.raises(UsageError) as error:
        scratch.approve(fingerprint, reason=reason)
    assert error.value.message == told


def test_a_name_is_asked_for_where_git_has_none(scratch, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    with pytest.raises(UsageError) as error:
        scratch.approve(mark(scratch.diff(), "position-reversed"))
    assert (error.value.message, error.value.hint) == ("git does not know who you are", "say it with --by")


def test_what_follows_no_specification_has_no_owners(tmp_path):
    from palms_spec.rulekit.examples import DATASET, DATASET_PATH

    free = DATASET.replace("spec: example@^1\nrole: values-targeted\n", "")
    scratch = new_scratch(tmp_path, {DATASET_PATH: free})
    scratch.write({"datasets/example/samples/sore-throat.md": None})
    with pytest.raises(UsageError, match="sore-throat follows no specification, so it has no owners"):
        scratch.approve(mark(scratch.diff(), "sample-dropped"), by=ANN)
