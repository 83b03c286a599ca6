"""Reviews in a run: what is wrong with their files, and what they come to, however the work is done."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.documents.reading import read_document
from palms_spec.documents.reviews import VERDICTS, Review
from palms_spec.engine.mapping import Mapper
from palms_spec.engine.settings import load_settings
from palms_spec.findings import to_row
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES, SPEC, SPEC_PATH
from palms_spec.workflows.reviewed import read_reviewed
from tests.projects import found, lint, rules, write_files, write_project
from tests.reviews import ANA, BEN, reviews_of, write_reviews

HEALTH, POLITICAL = SAMPLES
REWORDED = SPEC.replace("does not say what condition", "never says what condition")
REVIEWS = ("review-missing", "review-stale", "review-violates", "reviewers-disagree", "self-review")
ROWS = "datasets/example/rows.jsonl"
WITH_ROWS = DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, '*.jsonl', list.yaml]")


def row(name: str, positions: list[str], answer: str = "Ask a clinician.", **more) -> str:
    value = {"id": name, "category": "health", "positions": positions, "prompt": "Is it flu?", "completion": answer}
    return json.dumps({**value, **more}) + "\n"


def places(outcome) -> list[tuple[str, str, int, int]]:
    return [(one.rule, one.path, one.place.span.line, one.place.span.column) for one in outcome.stream()]


def test_what_is_wrong_with_a_record_is_shown_where_it_stands(tmp_path):
    write_reviews(write_project(tmp_path))
    good = (tmp_path / ANA).read_text()
    broken = [
        good.splitlines()[0].replace('"score": 5', '"score": 1'),
        "{",
        '{"sample": "x", "sample": "y"}',
        '{"note": 1}',
        "x" * 10_000_001,
    ]
    write_files(tmp_path, {ANA: b"\xef\xbb\xbf" + (good + "\r\n" + "\n".join(broken)).encode() + b"\n\xff\n"})
    at = good.splitlines()[0].index('"score": 5') + len('"score": ') + 1
    by_line: dict[int, list[tuple[str, int]]] = {}
    for rule, path, line, column in places(lint(tmp_path, select=("DOC",))):
        assert path == ANA
        by_line.setdefault(line, []).append((rule, column))
    assert by_line[1] == [("byte-order-mark", 1)]
    assert by_line[4] == [("schema-violation", at)]
    assert by_line[5] == [("syntax-error", 2)]
    assert ("duplicate-key", 2) in by_line[6]
    assert ("unknown-field", 2) in by_line[7]
    assert by_line[8] == by_line[9] == [("unreadable-document", 1)]
    assert by_line.keys() == {1, 4, 5, 6, 7, 8, 9}
    assert rules(lint(tmp_path, select=("review-stale",))) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("reviews/ana.jsonl", "{}\n"),
        ("datasets/example/samples/reviews/ana.jsonl", "{}\n"),
        ("datasets/example/reviews/deeper/ana.jsonl", "{}\n"),
        ("datasets/example/reviews/ana.json", "{}\n"),
    ],
    ids=["beside no dataset", "below its samples", "deeper", "no JSONL"],
)
def test_files_that_only_look_like_reviews_are_left_alone(tmp_path, path, text):
    root = write_project(tmp_path, {path: text})
    assert "schema-violation" not in rules(lint(root))


def test_a_folder_of_that_name_can_hold_samples(tmp_path):
    dataset = DATASET.replace("samples/**/*.md", "samples/**/*.md, reviews/*.jsonl")
    root = write_project(tmp_path, {DATASET_PATH: dataset, "datasets/example/reviews/a.jsonl": row("a", [])})
    outcome = lint(root, select=("DOC",))
    assert (rules(outcome), outcome.scope.samples) == ([], 3)


def test_a_packed_file_of_reviews_says_that_it_is_to_be_unpacked(tmp_path):
    import gzip

    root = write_project(tmp_path, {ANA: gzip.compress(b"{}\n")})
    assert found(lint(root)) == [
        ("unreadable-document", ANA, "packed, and records are appended to a file of text"),
    ]


def test_one_word_of_a_position_makes_exactly_its_reviews_stale(tmp_path):
    write_reviews(write_project(tmp_path))
    assert rules(lint(tmp_path)) == []
    write_files(tmp_path, {SPEC_PATH: REWORDED})
    assert rules(lint(tmp_path)) == ["review-stale"]
    (finding,) = lint(tmp_path, select=("review-stale",)).stream()
    assert (finding.path, finding.place.span.line, finding.excerpt) == (HEALTH, 3, "health.no-diagnosis")
    assert finding.message == "the review of human:Ana (5) was given before health.no-diagnosis was changed"
    assert [(one.place.path, one.place.span.line) for one in finding.related] == [(ANA, 1), (SPEC_PATH, 18)]
    assert rules(lint(tmp_path / SPEC_PATH, select=("review-stale",))) == ["review-stale"], "it is what brings it about"


def test_one_word_of_a_position_looks_at_no_sample_again(tmp_path, monkeypatch):
    write_reviews(write_project(tmp_path))
    assert rules(lint(tmp_path, cache=True)) == []
    write_files(tmp_path, {SPEC_PATH: REWORDED})
    read: list[str] = []

    def noting(path, data):
        read.append(path)
        return read_document(path, data)

    def refuses(*given):
        raise AssertionError("a sample is looked at again")

    monkeypatch.setattr("palms_spec.engine.survey.read_document", noting)
    monkeypatch.setattr(Mapper, "map_file", refuses)
    assert rules(lint(tmp_path, cache=True)) == ["review-stale"]
    assert read == [SPEC_PATH]


def test_a_new_review_looks_at_no_sample_again(tmp_path, monkeypatch):
    root = write_project(tmp_path, {DATASET_PATH: DATASET + "reviews: {required: 1}\n"})
    assert [rule for rule, _, _ in found(lint(root, cache=True), notes=True)].count("review-missing") == 2
    write_reviews(root)
    monkeypatch.setattr(Mapper, "__init__", lambda *given: pytest.fail("a sample is looked at again"))
    assert "review-missing" not in [rule for rule, _, _ in found(lint(root, cache=True), notes=True)]


def test_reviews_are_matched_by_what_was_judged(tmp_path):
    write_reviews(write_project(tmp_path))
    moved = {HEALTH: None, "datasets/example/samples/elsewhere/throat.md": SAMPLES[HEALTH]}
    renamed = {path: text and text.replace("no-diagnosis", "diagnosis") for path, text in moved.items()}
    write_files(tmp_path, {**renamed, SPEC_PATH: SPEC.replace("no-diagnosis", "diagnosis")})
    write_files(tmp_path, {DATASET_PATH: DATASET + "reviews: {required: 1}\n"})
    assert [one for one in places(lint(tmp_path)) if one[0].startswith("review")] == []


def test_an_id_that_two_datasets_use_leads_to_the_reviews_of_its_own(tmp_path):
    other = {
        "datasets/other/dataset.yaml": DATASET.replace("id: example\n", "id: other\n"),
        "datasets/other/samples/sore-throat.md": SAMPLES[HEALTH].replace("strep", "viral"),
    }
    write_reviews(write_project(tmp_path))
    write_files(tmp_path, other)
    assert rules(lint(tmp_path, select=REVIEWS)) == []


def test_rows_and_lists_are_reviewed_like_files(tmp_path):
    listed = json.dumps([json.loads(row("b", ["health.no-diagnosis"], "Ask a nurse."))])
    files = {DATASET_PATH: WITH_ROWS, ROWS: row("a", ["health.no-diagnosis"]), "datasets/example/list.yaml": listed}
    write_reviews(write_project(tmp_path, files), score=2)
    outcome = lint(tmp_path, select=REVIEWS)
    assert [(path, line) for _, path, line, _ in places(outcome)] == [
        ("datasets/example/list.yaml", 1),
        (ROWS, 1),
        (HEALTH, 3),
        (POLITICAL, 3),
    ]
    assert {finding.excerpt for finding in outcome.stream()} == {
        '"health.no-diagnosis"',
        "health.no-diagnosis",
        "political.nonpartisan",
    }


def test_a_sample_with_two_positions_is_reviewed_against_each(tmp_path):
    files = {DATASET_PATH: WITH_ROWS, ROWS: row("a", ["health.no-diagnosis", "political.nonpartisan"])}
    write_project(tmp_path, files)
    lines = [review.as_line() for review in reviews_of(tmp_path) if review.position == "health.no-diagnosis"]
    write_files(tmp_path, {ANA: "".join(lines), DATASET_PATH: WITH_ROWS + "reviews: {required: 1}\n"})
    outcome = lint(tmp_path, select=("review-missing",))
    assert sorted((one.path, one.excerpt) for one in outcome.stream()) == [
        (ROWS, '"political.nonpartisan"'),
        (POLITICAL, "political.nonpartisan"),
    ]


def test_of_one_reviewer_the_last_review_counts_by_its_moment(tmp_path):
    write_project(tmp_path)
    early, late = list(reviews_of(tmp_path, score=1)), list(reviews_of(tmp_path, at="2027-01-01T10:00:00-05:00"))
    write_files(tmp_path, {ANA: "".join(review.as_line() for review in [*late, *early])})
    assert rules(lint(tmp_path, select=REVIEWS)) == []


def test_people_who_wrote_a_row_are_no_reviewers_of_it(tmp_path):
    rows = row("a", ["health.no-diagnosis"], authors=["Ben"]) + row(
        "b", ["health.no-diagnosis"], "No.", authors=["ANA"]
    )
    write_project(tmp_path, {DATASET_PATH: WITH_ROWS + "authors: [Ana]\n", ROWS: rows, HEALTH: None, POLITICAL: None})
    write_reviews(tmp_path)
    assert places(lint(tmp_path, select=("self-review",)))[0][1:3] == (ROWS, 2)
    assert len(places(lint(tmp_path, select=("self-review",)))) == 1


def test_a_rule_that_fails_costs_no_other(tmp_path, monkeypatch):
    from dataclasses import replace

    from palms_spec.engine import rulebook
    from palms_spec.rulekit.loading import load_rule

    def fails(facts):
        raise ZeroDivisionError("by design")

    def load(module):
        rule = load_rule(module)
        return replace(rule, check=fails) if rule.name == "review-stale" else rule

    monkeypatch.setattr(rulebook, "load_rule", load)
    write_reviews(write_project(tmp_path), score=1)
    write_files(tmp_path, {SPEC_PATH: REWORDED})
    assert sorted(rules(lint(tmp_path, select=REVIEWS))) == ["review-violates", "rule-crashed"]


NAMES = ["health.no-diagnosis", "political.nonpartisan"]
GIVEN = st.lists(
    st.tuples(
        st.integers(0, 5),  # the sample it names
        st.integers(0, 5),  # the sample whose text it judged, of which some are not there
        st.sampled_from(NAMES),
        st.sampled_from([*NAMES, ""]),  # the position whose wording it judged
        st.integers(1, 5),
        st.sampled_from(["human:Ana", "human:Ben", "model:m@1"]),
        st.integers(1, 3),
    ),
    max_size=12,
)
POLICIES = st.tuples(st.integers(0, 2), st.sampled_from(["any", "human", "model"]), st.integers(3, 5))


@given(given=GIVEN, policy=POLICIES, partitions=st.sampled_from([1, 4]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_a_run_comes_to_what_the_reviews_in_memory_come_to(tmp_path, given, policy, partitions):
    required, by, minimum = policy
    dataset = WITH_ROWS + f"reviews: {{required: {required}, by: {by}, minimum: {minimum}}}\n"
    texts = [row(f"r{number}", NAMES[: 1 + number % 2], f"Answer {number // 2}.") for number in range(4)]
    write_project(tmp_path, {DATASET_PATH: dataset, ROWS: "".join(texts), HEALTH: None, POLITICAL: None, ANA: ""})
    current = {(one.sample, one.position): one for one in reviews_of(tmp_path)}
    lines = []
    for number, text, position, wording, score, reviewer, day in given:
        judged = current.get((f"r{text}", NAMES[0]))
        review = Review(
            sample=f"r{number}",
            sample_hash=judged.sample_hash if judged else f"{text:064}",
            position=position,
            position_hash=current["r1", wording].position_hash if wording else "0" * 64,
            verdict=VERDICTS[score],
            score=score,
            reviewer=reviewer,
            at=f"2027-01-0{day}T10:00:00Z",
        )
        lines.append(review.as_line())
    write_files(tmp_path, {ANA: "".join(lines[::2]), BEN: "".join(lines[1::2])})
    project = read_reviewed(load_settings(tmp_path), cache=False)
    (entry,) = project.version.project.datasets
    expected = set()
    words = dict(zip(("missing", "stale", "violates", "disagreed"), REVIEWS, strict=False))
    for sample in project.version.version.datasets["example"].samples.values():
        for position in sample.positions:
            standing = project.verdicts.standing("example", sample.id, sample.turns_hash, "example", position)
            expected |= {(words[word], sample.id, position) for word in standing.remarks(entry.model.reviews)}
    expected -= {("review-violates", *rest) for rule, *rest in expected if rule == "reviewers-disagree"}
    outcome = lint(tmp_path, select=REVIEWS, partitions=partitions)
    assert {(one.rule, one.place.document, one.excerpt.strip('"')) for one in outcome.stream()} == expected
    assert [to_row(one) for one in outcome.stream()] == [
        to_row(one) for one in lint(tmp_path, select=REVIEWS, gated=False, jobs=2, shard_bytes=200).stream()
    ]
