from __future__ import annotations

import json
import shutil

import pytest

from palms_spec.documents.context import SampleContext
from palms_spec.documents.identity import position_hash, sample_hash
from palms_spec.documents.reading import read_document
from palms_spec.documents.sample_files import read_samples
from palms_spec.documents.spec import Spec
from palms_spec.rulekit.examples import SAMPLES, SPEC_PATH
from tests.scratch import APPROVALS, OWNED, REVERSED, REWORDED, UNDENIED, approval, new_scratch, said

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
REVIEWS = "datasets/example/reviews/ann.jsonl"
THROAT = "datasets/example/samples/sore-throat.md"
EDITED = SAMPLES[THROAT].replace("strep infection", "cold")


def review(spec: str = OWNED, text: str = SAMPLES[THROAT], reviewer: str = "human:ann", **given) -> str:
    """A line that judges the sore throat against the first position, in these versions of both."""
    document = read_document("spec.yaml", spec.encode())
    assert document is not None
    assert isinstance(document.model, Spec)
    position = document.model.categories[0].positions[0]
    (sample,) = read_samples(THROAT, text.encode(), "sore-throat", SampleContext())[1]
    record = {
        "sample": "sore-throat",
        "sample_hash": sample_hash(sample.turns),
        "position": position.id,
        "position_hash": position_hash(position),
        "verdict": "adheres",
        "score": 5,
        "reviewer": reviewer,
        "at": "2027-01-31T10:00:00Z",
    }
    return json.dumps({**record, **given}) + "\n"


def stale(found) -> list[str]:
    """What is said of stale reviews."""
    return [one.finding.message for one in found.said if one.finding.rule == "reviews-made-stale"]


@pytest.fixture
def scratch(tmp_path):
    return new_scratch(tmp_path, {REVIEWS: review() + review(reviewer="human:bob")})


def test_records_may_be_added_and_moved(scratch):
    more = review(reviewer="human:eve")
    scratch.write({REVIEWS: review() + more, "datasets/example/reviews/bob.jsonl": review(reviewer="human:bob")})
    assert said(scratch.diff()) == []


@pytest.mark.parametrize("lines", ["", review(), review(score=4) + review(reviewer="human:bob")])
def test_records_may_not_be_edited_or_deleted(scratch, lines):
    found = scratch.write({REVIEWS: lines}).diff()
    assert said(found) == ["record-tampered"]
    assert found.said[0].finding.message == f"{REVIEWS} lost 1 record that it had" if lines else True


def test_a_record_file_may_not_be_deleted(scratch):
    assert said(scratch.write({REVIEWS: None}).diff()) == ["record-tampered"]


def test_approvals_may_not_be_edited_either(scratch):
    scratch.git("checkout", "--quiet", "main")
    line = approval(scratch.write({SPEC_PATH: REVERSED}).diff("main"), "position-reversed")
    scratch.git("checkout", "--quiet", SPEC_PATH)
    scratch.commit({APPROVALS: line})
    scratch.git("checkout", "--quiet", "-b", "later")
    assert said(scratch.write({APPROVALS: line.replace("meant", "wanted")}).diff()) == ["record-tampered"]


def test_the_ends_of_lines_and_blank_lines_are_no_change(scratch):
    lines = (review() + "\n\n" + review(reviewer="human:bob")).replace("\n", "\r\n")
    assert said(scratch.write({REVIEWS: lines}).diff()) == []


def test_a_review_of_what_never_was_is_found(scratch):
    made_up = review(OWNED.replace("what condition", "what star sign"), reviewer="human:eve")
    more = review() + review(reviewer="human:bob")
    found = scratch.write({REVIEWS: more + made_up}).diff()
    assert said(found) == ["record-tampered"]
    assert "1 new review" in found.said[0].finding.message
    assert found.said[0].finding.message.endswith("line 3")
    other = review(text=EDITED, reviewer="human:eve")
    assert said(scratch.write({REVIEWS: more + other}).diff()) == ["record-tampered"]


def test_a_review_of_an_earlier_version_is_none(scratch):
    scratch.git("checkout", "--quiet", "main")
    scratch.commit({SPEC_PATH: REWORDED, THROAT: EDITED})
    scratch.commit({SPEC_PATH: OWNED, THROAT: SAMPLES[THROAT]})
    scratch.git("checkout", "--quiet", "-b", "later")
    earlier = review(REWORDED, EDITED, reviewer="human:eve")
    assert said(scratch.write({REVIEWS: review() + review(reviewer="human:bob") + earlier}).diff()) == []
    assert said(scratch.diff("main", direct=True)) == []


def test_a_shallow_clone_cannot_tell(scratch, tmp_path):
    scratch.git("checkout", "--quiet", "main")
    scratch.commit({SPEC_PATH: REWORDED})
    scratch.commit({SPEC_PATH: OWNED})
    shallow = tmp_path / "shallow"
    scratch.git("clone", "--quiet", "--depth=1", f"file://{scratch.root}", shallow)
    from tests.scratch import Scratch

    lines = review() + review(reviewer="human:bob") + review(REWORDED, reviewer="human:eve")
    found = Scratch(shallow).write({REVIEWS: lines}).diff("HEAD")
    assert said(found) == []
    ((rule, reason),) = found.not_evaluated
    assert rule == "record-tampered"
    assert "the clone is shallow" in reason


def test_a_changed_position_makes_its_reviews_stale(scratch):
    found = scratch.write({SPEC_PATH: UNDENIED}).diff()
    assert stale(found) == ["2 reviews of health.no-diagnosis are stale"]
    (one,) = found.seen
    assert one.stale.reviews == ("sore-throat (human:ann)", "sore-throat (human:bob)")
    (finding,) = [said.finding for said in found.said if said.finding.rule == "reviews-made-stale"]
    assert (finding.path, finding.place.pointer) == (SPEC_PATH, "/categories/health/positions/health.no-diagnosis")


def test_an_edited_sample_makes_its_reviews_stale(scratch):
    found = scratch.write({THROAT: EDITED}).diff()
    assert stale(found) == ["2 reviews of 1 edited sample are stale"]
    assert [one.stale.reviews for one in found.seen] == [("sore-throat (human:ann)", "sore-throat (human:bob)")]


def test_who_has_judged_the_new_text_is_not_asked_again(scratch):
    more = review(UNDENIED, at="2027-02-01T10:00:00Z")
    found = scratch.write({SPEC_PATH: UNDENIED, REVIEWS: review() + review(reviewer="human:bob") + more}).diff()
    assert stale(found) == ["1 review of health.no-diagnosis is stale"]


@pytest.mark.parametrize(
    "spec",
    [
        OWNED.replace("health.no-diagnosis", "health.no-verdict"),
        OWNED.replace("name: Health", "name: Body"),
        OWNED.replace("        stance: oppose", "        rationale: Nobody can tell.\n        stance: oppose"),
        OWNED.replace("An answer does not say what", "An answer does not\n          say what"),
    ],
    ids=["another id", "another name of the category", "a rationale", "other line breaks"],
)
def test_what_is_no_change_of_wording_makes_no_review_stale(scratch, spec):
    sample = SAMPLES[THROAT].replace("no-diagnosis", "no-verdict") if "no-verdict" in spec else SAMPLES[THROAT]
    assert stale(scratch.write({SPEC_PATH: spec, THROAT: sample}).diff()) == []


def test_a_renamed_position_with_other_words_makes_its_reviews_stale(scratch):
    renamed = REWORDED.replace("health.no-diagnosis", "health.no-verdict")
    scratch.write({SPEC_PATH: renamed, THROAT: SAMPLES[THROAT].replace("no-diagnosis", "no-verdict")})
    assert stale(scratch.diff()) == ["2 reviews of health.no-verdict are stale"]


def test_a_renamed_sample_with_other_words_makes_its_reviews_stale(scratch):
    scratch.write({THROAT: None, "datasets/example/samples/throat.md": SAMPLES[THROAT]})
    assert stale(scratch.diff()) == []
