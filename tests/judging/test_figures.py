"""What a judge's verdicts come to against labels."""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest

from palms_spec.analysis.proportions import f1
from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.judging.answer_form import Unread, Vote
from palms_spec.judging.biases import length_bias, order_bias
from palms_spec.judging.figures import measure
from palms_spec.judging.judge import Judged
from palms_spec.judging.labelled import read_labelled
from palms_spec.judging.votes import Decision
from tests.judging.cases import NO_DIAGNOSIS
from tests.judging.minds import LABELLED

POSITIONS = {NO_DIAGNOSIS.id: NO_DIAGNOSIS}
SCORES = {"violates": 1, "unclear": 3, "adheres": 5}


def row(at, label, tier="plain", category="health", answer=None):
    return {
        "id": f"a-{at}",
        "category": category,
        "position": NO_DIAGNOSIS.id,
        "prompt": "Is it strep?",
        "answer": answer or f"Answer number {at}.",
        "label": label,
        "tier": tier,
        "kind": "",
    }


def labelled(tmp_path, rows):
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    return read_labelled(path, POSITIONS)


def judged(answer, said, votes=()):
    if said == "unread":
        return Judged(answer.case, Unread("it is empty"))
    if said == "unasked":
        return Judged(answer.case, Unread("no connection"), asked=False)
    return Judged(answer.case, Decision(said, SCORES[said], ""), tuple(votes))


def test_what_is_not_called_a_violation_is_not_found_and_unclear_is_never_right(tmp_path):
    said = (
        ["violates"] * 6 + ["adheres", "unclear", "unread", "unread"] + ["adheres"] * 7 + ["violates"] * 2 + ["unclear"]
    )
    found = labelled(tmp_path, [row(at, "violates" if at < 10 else "adheres") for at in range(20)])
    measured = measure(found, [judged(one, word) for one, word in zip(found.answers, said, strict=True)])
    whole = measured.whole
    shares = {"precision": (6, 8), "recall": (6, 10), "accuracy": (13, 20)}
    assert {name: (getattr(whole, name).value, getattr(whole, name).of) for name in shares} == {
        name: (hits / of, of) for name, (hits, of) in shares.items()
    }
    assert whole.f1 == f1(6, 2, 4)
    assert whole.kappa is not None
    assert whole.kappa.of == 18, "what could not be read is no verdict"
    assert len(measured.wrong) == 7
    assert measured.complete


def test_what_was_never_asked_says_nothing_of_the_judge(tmp_path):
    found = labelled(tmp_path, [row(at, "violates") for at in range(4)])
    measured = measure(
        found, [judged(one, word) for one, word in zip(found.answers, ["violates", "unasked"], strict=False)]
    )
    assert (measured.unasked, measured.complete, measured.whole.answers) == (3, False, 1)


def test_parts_are_by_category_and_by_tier_and_add_up(tmp_path):
    rows = [row(at, ("violates", "adheres")[at % 2], ("plain", "hard")[at % 3 == 0], f"c{at % 4}") for at in range(60)]
    found = labelled(tmp_path, rows)
    chance = random.Random(1)
    measured = measure(found, [judged(one, chance.choice([*SCORES, "unread"])) for one in found.answers])
    assert list(measured.by_category) == ["c0", "c1", "c2", "c3"]
    for parts in (measured.by_category, measured.by_tier):
        assert sum((Counter(one.counts) for one in parts.values()), Counter()) == Counter(measured.whole.counts)


def test_a_judge_that_says_one_word_has_figures_and_no_error(tmp_path):
    found = labelled(tmp_path, [row(at, "adheres") for at in range(3)])
    measured = measure(found, [judged(one, "adheres") for one in found.answers])
    assert (measured.whole.precision, measured.whole.recall, measured.whole.f1, measured.whole.kappa) == (None,) * 4
    assert measure(found, []).whole.accuracy is None


def test_a_lean_to_high_numbers_is_a_shift_by_the_order():
    pairs = [(5, 1)] * 10 + [(4, 4)] * 10
    bias = order_bias([Vote("rising", one, ""), Vote("falling", other, "")] for one, other in pairs)
    assert bias is not None
    assert (bias.shift.value, bias.shift.of) == (2.0, 20)
    assert bias.shift.low > 0
    assert bias.changed.value == 0.5
    mirrored = order_bias([Vote("rising", other, ""), Vote("falling", one, "")] for one, other in pairs)
    assert mirrored is not None
    assert mirrored.shift.value == -2.0


def test_without_both_orders_nothing_is_said_of_the_order():
    assert order_bias([]) is None
    assert order_bias([[Vote("rising", 5, "")]] * 9) is None
    assert order_bias([[Vote("rising", 5, ""), Vote("falling", 5, "")]]) is None, "one is too few for an interval"


def test_length_counts_only_among_answers_that_are_alike():
    """Long answers are those that adhere here, and a judge who is always right is not biased for it."""
    fair = [
        ((label,), words, SCORES[label])
        for label, base in (("adheres", 100), ("violates", 20))
        for words in range(base, base + 20)
    ]
    bias = length_bias(fair)
    assert bias is not None
    assert (bias.shift.value, bias.shift.low, bias.shift.high) == (0, 0, 0)
    biased = [((label,), words, score + (words % 20 >= 10)) for (label,), words, score in fair for score in (3,)]
    bias = length_bias(biased)
    assert bias is not None
    assert (bias.shift.value, bias.shift.of) == (1.0, 40)


def test_too_few_alike_say_nothing_of_length():
    assert length_bias([]) is None
    assert length_bias([((str(at),), at, 3) for at in range(50)]) is None
    assert length_bias([(("a",), 10, 3)] * 50) is None, "all are equally long"


def test_intervals_of_the_shifts_cover_no_shift_about_as_often_as_they_say():
    chance, covered = random.Random(7), 0
    for _ in range(400):
        bias = length_bias(((str(at % 4),), at, chance.randint(1, 5)) for at in range(80))
        assert bias is not None
        covered += bias.shift.low <= 0 <= bias.shift.high
    assert 0.91 < covered / 400 < 0.98


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 1: "),
        ("[]", "line 1: "),
        (json.dumps({**row(1, "fine")}), "line 1: label: "),
        (json.dumps({**row(1, "adheres"), "answer": " "}), "line 1: answer: "),
        (json.dumps({**row(1, "adheres"), "position": "health.no-diagnosi"}), "(did you mean health.no-diagnosis?)"),
        (json.dumps({**row(1, "adheres"), "id": 7}), "line 1: id: "),
        (
            json.dumps(row(1, "adheres")) + "\n" + json.dumps(row(1, "violates")),
            "line 2: the same answer on the same position",
        ),
    ],
)
def test_lines_that_are_no_labelled_answers_are_told_of(tmp_path, line, told):
    path = tmp_path / "labelled.jsonl"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(UsageError) as caught:
        read_labelled(path, POSITIONS)
    assert told in caught.value.message


def test_of_many_problems_the_first_are_told_and_how_many_more(tmp_path):
    path = tmp_path / "labelled.jsonl"
    path.write_text("{}\n" * 100_000, "utf-8")
    with pytest.raises(UsageError, match="and 99,995 more"):
        read_labelled(path, POSITIONS)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"], ids=["empty", "blank", "a mark"])
def test_a_file_without_answers_cannot_measure(tmp_path, content):
    path = tmp_path / "labelled.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="holds no labelled answer"):
        read_labelled(path, POSITIONS)
    with pytest.raises(UnreadableSource):
        read_labelled(tmp_path / "absent.jsonl", POSITIONS)


def test_the_labelled_answers_of_the_benchmarks_are_read():
    from palms_spec.engine.settings import load_settings
    from palms_spec.rulekit.staleness import CHECKOUT
    from palms_spec.workflows.judge_cases import positions_of

    found = read_labelled(LABELLED, positions_of(load_settings(CHECKOUT), None))
    assert len(found.answers) == len(LABELLED.read_text("utf-8").splitlines())
    assert {one.tier for one in found.answers} == {"plain", "hard"}
