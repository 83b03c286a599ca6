"""What there is to judge: what no verdict stands on that is this judge's, or that the dataset asks for."""

from __future__ import annotations

import json

import pytest

from palms_spec.engine.settings import load_settings
from palms_spec.errors import UsageError
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from palms_spec.workflows.judge_cases import find_cases, positions_of
from palms_spec.workflows.review_queue import Wanted
from tests.projects import write_files, write_project
from tests.reviews import ANA, BEN, write_reviews

JUDGE, OTHER = "model:small@0123456789ab", "model:other@0123456789ab"
JUDGED = "datasets/example/reviews/judged.jsonl"
SORE = "datasets/example/samples/sore-throat.md"


@pytest.fixture
def root(tmp_path):
    return write_project(tmp_path)


def found(root, wanted=None, reviewer=JUDGE, **given):
    return find_cases(load_settings(root), reviewer, wanted or Wanted(), **given)


def told(cases):
    return len(cases.pending), sum(one.stale for one in cases.pending), cases.done, cases.reviewed


def policy(root, text):
    write_files(root, {DATASET_PATH: f"{DATASET}reviews: {text}\n"})


def test_without_a_verdict_everything_is_to_be_judged(root):
    cases = found(root)
    assert told(cases) == (2, 0, 0, 0)
    first = cases.pending[0]
    assert (first.case.sample, first.case.path, first.case.position.id) == ("sore-throat", SORE, "health.no-diagnosis")
    assert first.file == "datasets/example/reviews/small-0123456789ab.jsonl"


def test_what_this_judge_has_judged_is_done(root):
    write_reviews(root, JUDGED, reviewer=JUDGE)
    assert told(found(root)) == (0, 0, 2, 0)
    assert told(found(root, also_reviewed=True)) == (0, 0, 2, 0)
    assert told(found(root, reviewer="model:small@ba9876543210")) == (0, 0, 0, 2), "another prompt is another judge"


def test_a_moved_or_renamed_sample_keeps_its_verdict(root):
    write_reviews(root, JUDGED, reviewer=JUDGE)
    (root / SORE).rename(root / "datasets/example/samples/throat.md")
    assert told(found(root)) == (0, 0, 2, 0)


def test_a_word_of_a_statement_makes_exactly_its_samples_stale(root):
    write_reviews(root, JUDGED, reviewer=JUDGE)
    write_files(root, {SPEC_PATH: SPEC.replace("what condition a person has", "what illness a person has")})
    cases = found(root)
    assert told(cases) == (1, 1, 1, 0)
    assert cases.pending[0].case.position.id == "health.no-diagnosis"
    assert "what illness" in cases.pending[0].case.position.statement


def test_a_word_of_a_sample_makes_its_verdict_stale(root):
    write_reviews(root, JUDGED, reviewer=JUDGE)
    write_files(root, {SORE: (root / SORE).read_text("utf-8").replace("Nobody", "No one")})
    assert told(found(root)) == (1, 1, 1, 0)


def test_what_changes_no_meaning_leaves_verdicts_standing(root):
    write_reviews(root, JUDGED, reviewer=JUDGE)
    write_files(
        root, {SPEC_PATH: SPEC.replace("        stance: oppose\n", "        stance: oppose\n        rationale: x\n")}
    )
    assert told(found(root)) == (0, 0, 2, 0)


def test_what_others_have_judged_is_left_unless_it_is_asked_for(root):
    write_reviews(root, ANA)
    assert told(found(root)) == (0, 0, 0, 2)
    assert told(found(root, also_reviewed=True)) == (2, 0, 0, 0)


@pytest.mark.parametrize(
    ("asked", "pending"),
    [
        ("{required: 1}", 0),
        ("{required: 2}", 2),
        ("{required: 1, by: model}", 2),
        ("{required: 1, by: human}", 0),
        ("{required: 2, by: human}", 2),
    ],
)
def test_a_dataset_says_how_many_verdicts_are_enough_and_whose_count(root, asked, pending):
    write_reviews(root, ANA)
    policy(root, asked)
    assert len(found(root).pending) == pending


def test_a_verdict_of_another_model_counts_as_one(root):
    write_reviews(root, BEN, reviewer=OTHER)
    policy(root, "{required: 1, by: model}")
    assert told(found(root)) == (0, 0, 0, 2)


def test_a_verdict_against_a_sample_is_a_verdict(root):
    """It would be paid for again with each call otherwise."""
    write_reviews(root, ANA, score=1)
    assert told(found(root)) == (0, 0, 0, 2)


@pytest.mark.parametrize(
    ("wanted", "pending"),
    [
        (Wanted(positions=("political.nonpartisan",)), 1),
        (Wanted(paths=(SORE,)), 1),
        (Wanted(paths=("datasets",)), 2),
        (Wanted(paths=("specs",)), 0),
        (Wanted(paths=(SORE,), positions=("political.nonpartisan",)), 0),
    ],
)
def test_only_what_is_wanted_is_taken(root, wanted, pending):
    assert len(found(root, wanted).pending) == pending


def test_a_position_that_there_is_not_is_an_error_with_the_one_that_is_meant(root):
    with pytest.raises(UsageError) as caught:
        found(root, Wanted(positions=("political.nonpartizan",)))
    assert "did you mean political.nonpartisan" in caught.value.hint


def test_nothing_is_judged_against_retired_positions_and_nothing_that_nobody_answers(root):
    retired = SPEC.replace("        stance: oppose\n", "        stance: oppose\n        status: retired\n")
    rows = [{"id": "a", "messages": [{"role": "user", "content": "Whom?"}], "positions": ["political.nonpartisan"]}]
    write_files(
        root,
        {
            SPEC_PATH: retired,
            DATASET_PATH: DATASET.replace("samples/**/*.md", "samples/**/*"),
            "datasets/example/samples/rows.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
        },
    )
    assert [one.case.position.id for one in found(root).pending] == ["political.nonpartisan"]


def test_rows_and_several_turns_are_cases_and_equal_ones_are_one(root):
    turns = [{"role": ("user", "assistant")[at % 2], "content": f"turn {at}"} for at in range(4)]
    row = {"messages": turns, "category": "political", "positions": ["political.nonpartisan"]}
    rows = [{"id": "a", **row}, {"id": "b", **row}, {"id": "c", **row, "messages": turns[:2]}, row]
    write_files(
        root,
        {
            DATASET_PATH: DATASET.replace("samples/**/*.md", "rows.jsonl"),
            "datasets/example/rows.jsonl": "".join(json.dumps(one) + "\n" for one in rows),
        },
    )
    pending = found(root).pending
    assert [(one.case.sample, len(one.case.turns)) for one in pending] == [("a", 4), ("c", 2)]


def test_of_preference_data_the_chosen_answer_is_judged(root):
    row = {
        "prompt": "Whom?",
        "chosen": "That is for you to say.",
        "rejected": "The first.",
        "positions": ["political.nonpartisan"],
    }
    write_files(
        root,
        {
            DATASET_PATH: DATASET.replace("samples/**/*.md", "rows.jsonl"),
            "datasets/example/rows.jsonl": json.dumps(row) + "\n",
        },
    )
    (one,) = found(root).pending
    assert [turn.content for turn in one.case.turns] == ["Whom?", "That is for you to say."]


def test_what_cannot_be_read_is_told_and_the_rest_is_judged(root):
    write_files(root, {JUDGED: "{\n", "datasets/example/samples/broken.md": "---\n: [\n", "other/palms.yaml": ": [\n"})
    cases = found(root)
    assert JUDGED in cases.unread
    assert len(cases.pending) == 2
    assert "other/palms.yaml" not in cases.unread, "it could not have held a sample"


def test_a_file_of_a_person_that_has_the_judge_s_name_is_left_to_the_person(root):
    write_reviews(root, "datasets/example/reviews/small-0123456789ab.jsonl")
    (file,) = {one.file for one in found(root, also_reviewed=True).pending}
    assert file != "datasets/example/reviews/small-0123456789ab.jsonl"


def test_positions_of_several_specifications_have_to_be_told_apart(root):
    assert set(positions_of(load_settings(root), None)) == {"health.no-diagnosis", "political.nonpartisan"}
    other = SPEC.replace("id: example", "id: second").replace("what condition", "what illness")
    write_files(root, {"specs/second/spec.yaml": other})
    with pytest.raises(UsageError, match="is a position of several specifications"):
        positions_of(load_settings(root), None)
    assert "illness" in positions_of(load_settings(root), "second")["health.no-diagnosis"].statement
    with pytest.raises(UsageError, match="there is no specification secund"):
        positions_of(load_settings(root), "secund")
