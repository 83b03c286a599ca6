from __future__ import annotations

import shutil

import pytest

from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC_PATH
from tests.scratch import (
    ANN,
    APPROVALS,
    BOB,
    EVE,
    OWNED,
    REVERSED,
    REWORDED,
    UNDENIED,
    accepted,
    approval,
    mark,
    new_scratch,
    said,
)

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
BUMPED = REVERSED.replace("version: 1.0.0", "version: 2.0.0")
THROAT = "datasets/example/samples/sore-throat.md"


@pytest.fixture
def scratch(tmp_path):
    return new_scratch(tmp_path)


def objection(found) -> str:
    """Why the approval of the one change that has one does not count."""
    (one,) = [one.approved for one in found.seen if one.approved is not None]
    return str(one.objection)


@pytest.mark.parametrize("by", [ANN, "Ann Lee", "ann@example.org", "ANN@example.org", "bob@example.org", BOB])
def test_an_approval_by_an_owner_who_did_not_make_the_change_counts(scratch, by):
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    found = scratch.write({APPROVALS: approval(scratch.diff(), "position-reversed", by)}).diff()
    assert (accepted(found), said(found), found.outcome.exit_code) == ([("position-reversed", "approval")], [], 0)
    (one,) = [one.acceptance for one in found.said if one.acceptance]
    assert one.reason == f"it is meant ({by})"


@pytest.mark.parametrize("by", [EVE, "the maintainers", "Ann", "example.org", "Ann Lee <eve@example.org>"])
def test_one_by_somebody_else_does_not(scratch, by):
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    found = scratch.write({APPROVALS: approval(scratch.diff(), "position-reversed", by)}).diff()
    if by.startswith("Ann Lee"):
        assert objection(found) == f"{by} is an author of the change"
    else:
        assert objection(found) == f"{by} is no owner in the base version"
    assert said(found) == ["position-reversed"]


def test_one_by_the_author_of_the_change_does_not(scratch):
    scratch.commit({SPEC_PATH: BUMPED}, by=ANN)
    found = scratch.write({APPROVALS: approval(scratch.diff(), "position-reversed", ANN)}).diff()
    assert objection(found) == f"{ANN} is an author of the change"
    assert said(found) == ["position-reversed"]


def test_one_by_a_co_author_does_not(scratch):
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE, message=f"x\n\nCo-authored-by: {ANN}")
    found = scratch.write({APPROVALS: approval(scratch.diff(), "position-reversed", "ann@example.org")}).diff()
    assert objection(found) == "ann@example.org is an author of the change"


def test_one_that_was_committed_by_its_owner_counts(scratch):
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    scratch.commit({APPROVALS: approval(scratch.diff(), "position-reversed", ANN)}, by=ANN)
    assert said(scratch.diff("main", "change")) == []
    assert said(scratch.be(ANN).diff()) == []


def test_one_by_who_made_another_change_counts(scratch):
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    scratch.commit({THROAT: None}, by=ANN)
    found = scratch.write({APPROVALS: approval(scratch.diff(), "position-reversed", ANN)}).diff()
    assert said(found) == ["samples-dropped"]


def test_an_owner_that_the_change_brings_in_does_not_count(scratch):
    scratch.commit({SPEC_PATH: BUMPED.replace("bob@example.org", "bob@example.org, Zoe")}, by=EVE)
    found = scratch.write({APPROVALS: approval(scratch.diff(), "position-reversed", "Zoe")}).diff()
    assert objection(found) == "Zoe is no owner in the base version"
    assert said(found) == ["owners-changed", "position-reversed"]


def test_one_that_counts_is_enough(scratch):
    scratch.commit({SPEC_PATH: BUMPED}, by=ANN)
    found = scratch.diff()
    lines = [approval(found, "position-reversed", by) for by in (EVE, BOB, ANN)]
    assert said(scratch.write({APPROVALS: "".join(lines)}).diff()) == []


def test_an_approval_is_of_the_change_as_it_is(scratch):
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    scratch.write({APPROVALS: approval(scratch.diff(), "position-reversed")})
    scratch.write({SPEC_PATH: REWORDED.replace("version: 1.0.0", "version: 2.0.0")})
    assert said(scratch.diff()) == ["position-reworded"]


def test_an_approval_of_another_kind_does_not_count(scratch):
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    line = approval(scratch.diff(), "position-reversed", change="position-reworded")
    found = scratch.write({APPROVALS: line}).diff()
    assert objection(found) == "it is of another kind, position-reworded"


def test_an_editorial_approval_makes_a_change_of_meaning_one_of_words(scratch):
    bumped = UNDENIED.replace("version: 1.0.0", "version: 1.1.0")
    scratch.commit({SPEC_PATH: bumped}, by=EVE)
    found = scratch.diff()
    assert said(found) == ["version-not-bumped", "position-meaning-changed"]
    scratch.write({APPROVALS: approval(found, "position-meaning-changed")})
    assert said(scratch.diff()) == ["version-not-bumped"], "approved, and still a change of meaning"
    scratch.write({APPROVALS: approval(found, "position-meaning-changed", change="position-reworded")})
    assert said(scratch.diff()) == []


def test_what_stands_beside_one_specification_says_nothing_of_another(tmp_path):
    other = OWNED.replace("id: example", "id: other").replace("Ann Lee <ann@example.org>, bob@example.org", "Zoe")
    scratch = new_scratch(tmp_path, {"specs/other/spec.yaml": other})
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    line = approval(scratch.diff(), "position-reversed", "Zoe")
    assert said(scratch.write({"specs/other/approvals.jsonl": line}).diff()) == ["position-reversed"]
    line = approval(scratch.diff(), "position-reversed", ANN)
    assert said(scratch.write({"specs/other/approvals.jsonl": line}).diff()) == ["position-reversed"]


def test_owners_of_the_specification_approve_what_happens_to_its_samples(scratch):
    scratch.commit({THROAT: None}, by=EVE)
    found = scratch.diff()
    assert said(found) == ["samples-dropped"]
    assert said(scratch.write({APPROVALS: approval(found, "sample-dropped")}).diff()) == []


def test_a_dataset_does_not_choose_who_approves_what_happens_to_its_samples(tmp_path):
    own = OWNED.replace("id: example", "id: own").replace("Ann Lee <ann@example.org>, bob@example.org", "Zoe")
    scratch = new_scratch(tmp_path, {"specs/own/spec.yaml": own})
    scratch.commit({THROAT: None, DATASET_PATH: DATASET.replace("spec: example@^1", "spec: own@^1")}, by=EVE)
    line = approval(scratch.diff(), "sample-dropped", "Zoe")
    assert said(scratch.write({"specs/own/approvals.jsonl": line}).diff()) == ["samples-dropped"]


def test_a_bad_line_costs_no_other_and_is_found(scratch):
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    found = scratch.diff()
    good, unfilled = (
        approval(found, "position-reversed"),
        approval(found, "position-reversed").replace("it is meant", ""),
    )
    found = scratch.write({APPROVALS: "{not json\n\n" + unfilled + good}).diff()
    assert [
        (one.finding.rule, one.finding.path, one.finding.place.span.line, one.finding.message)
        for one in found.said
        if not one.acceptance
    ] == [
        ("broken-record", APPROVALS, 1, "line 1 holds no record: expected a key in double quotes"),
        ("broken-record", APPROVALS, 3, "line 3 holds no record: reason: expected text, found blank text"),
    ]


def test_an_unreadable_record_file_is_found(scratch):
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    found = scratch.write({APPROVALS: b"\xff\xfe\x00"}).diff()
    assert said(found) == ["broken-record", "position-reversed"]


def test_an_approved_text_changes_only_with_an_approval(tmp_path):
    approved = OWNED.replace("language: en", "language: en\nstatus: approved")
    scratch = new_scratch(tmp_path, {SPEC_PATH: approved})
    changed = approved.replace("name: Politics", "name: Political opinion").replace("1.0.0", "1.0.1")
    scratch.commit({SPEC_PATH: changed.replace("status: approved", "status: draft")}, by=EVE)
    found = scratch.diff()
    assert said(found) == ["approved-text-changed", "approved-text-changed"]
    lines = [approval(found, kind) for kind in ("category-reworded", "spec-changed")]
    assert said(scratch.write({APPROVALS: "".join(lines)}).diff()) == []


def test_nobody_can_approve_where_the_base_names_no_owner(tmp_path):
    scratch = new_scratch(tmp_path, {SPEC_PATH: OWNED.replace("[Ann Lee <ann@example.org>, bob@example.org]", "[]")})
    scratch.commit({SPEC_PATH: BUMPED}, by=EVE)
    found = scratch.write({APPROVALS: approval(scratch.diff(), "position-reversed", ANN)}).diff()
    assert objection(found) == f"{ANN} is no owner in the base version"
    assert mark(found, "position-reversed")
