"""How votes come to a verdict."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents.reviews import VERDICTS
from palms_spec.errors import UsageError
from palms_spec.judging.answer_form import Unread, Vote
from palms_spec.judging.votes import MOST_VOTES, Ballot, Decision, ballot_of, decide
from tests.judging.cases import case, cases

UNREAD = Unread("it is empty")
BALLOTS = st.integers(1, MOST_VOTES).flatmap(lambda n: st.builds(Ballot, st.integers(n // 2 + 1, n), st.just(n)))


def votes(*scores):
    return [Vote(("rising", "falling")[at % 2], score, f"reason {at}") for at, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("ballot", "scores", "verdict", "score"),
    [
        ("1", (5,), "adheres", 5),
        ("2", (5, 5), "adheres", 5),
        ("2", (5, 4), "adheres", 4),
        ("2", (1, 2), "violates", 2),
        ("2", (5, 1), "unclear", 3),
        ("2", (5, 3), "unclear", 3),
        ("2", (3, 3), "unclear", 3),
        ("3", (5, 1, 1), "violates", 1),
        ("3/4", (5, 5, 1, 1), "unclear", 3),
        ("3/4", (5, 5, 4, 1), "adheres", 4),
        ("4/4", (5, 5, 5, 3), "unclear", 3),
    ],
)
def test_enough_votes_make_a_verdict_and_too_few_make_it_unclear(ballot, scores, verdict, score):
    decision = decide(ballot_of(ballot), votes(*scores), [])
    assert isinstance(decision, Decision)
    assert (decision.verdict, decision.score) == (verdict, score)


def test_the_rationale_has_the_scores_and_is_that_of_the_score_which_counts():
    assert decide(Ballot(2, 2), votes(5, 4), []) == Decision("adheres", 4, "votes 5, 4: reason 1")
    assert decide(Ballot(1, 1), votes(5), []) == Decision("adheres", 5, "reason 0")
    assert decide(Ballot(2, 2), votes(5, 1), []) == Decision("unclear", 3, "votes 5, 1: the votes differ. reason 0")


def test_unclear_is_never_made_of_what_could_not_be_read():
    assert decide(Ballot(2, 2), votes(5), [UNREAD]) is UNREAD
    assert decide(Ballot(2, 2), [], [UNREAD, UNREAD]) is UNREAD
    assert decide(Ballot(3, 4), votes(5, 5, 1), [UNREAD]) is UNREAD, "the fourth might have decided it"
    assert isinstance(decide(Ballot(3, 4), votes(5, 5, 5), [UNREAD]), Decision), "it is decided without the fourth"
    assert isinstance(decide(Ballot(3, 4), votes(5, 3, 1), [UNREAD]), Decision), "no verdict could have had three"


@given(BALLOTS, st.data())
def test_a_verdict_has_the_votes_it_needs_whatever_the_missing_ones_were(ballot, data):
    scores = data.draw(st.lists(st.integers(1, 5), max_size=ballot.votes))
    missing = ballot.votes - len(scores)
    decision = decide(ballot, votes(*scores), [UNREAD] * missing)
    counts = Counter(VERDICTS[score] for score in scores)
    if isinstance(decision, Unread):
        assert missing
        assert max(counts.values(), default=0) < ballot.needed
        return
    assert VERDICTS[decision.score] == decision.verdict
    if counts[decision.verdict] < ballot.needed:
        assert decision.verdict == "unclear"
        assert max(counts.values(), default=0) + missing < ballot.needed


@given(BALLOTS)
def test_both_orders_have_their_half(ballot):
    orders = ballot.orders(case())
    assert len(orders) == ballot.votes
    assert abs(orders.count("rising") - orders.count("falling")) <= 1


def test_of_odd_numbers_of_votes_half_are_on_either_order_over_all_cases():
    first = Counter(Ballot(1, 1).orders(one)[0] for one in cases(400))
    assert 160 < first["rising"] < 240
    assert Ballot(1, 1).orders(case()) == Ballot(1, 1).orders(case()), "it does not hang on chance"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0", "--votes 0 is not between 1 and 20"),
        ("21", "--votes 21 is not between 1 and 20"),
        ("two", "--votes two is no number of votes"),
        ("-1", "--votes -1 is no number of votes"),
        ("2/4", "--votes 2/4: two verdicts could have 2 of 4 votes"),
        ("5/4", "--votes 5/4 asks for more votes than there are"),
        ("1/", "--votes 1/ is no number of votes"),
    ],
)
def test_a_ballot_on_which_two_verdicts_could_win_is_none(text, message):
    with pytest.raises(UsageError) as caught:
        ballot_of(text)
    assert caught.value.message == message


@given(BALLOTS)
def test_a_ballot_reads_back(ballot):
    assert ballot_of(str(ballot)) == ballot
