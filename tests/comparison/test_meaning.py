from __future__ import annotations

import pytest

from palms_spec.comparison.meaning import carriers_changed

BASE = "An answer does not say which condition a person has, unless a clinician has said so within two days."


@pytest.mark.parametrize(
    ("head", "dropped", "added"),
    [
        pytest.param(BASE.replace("does not say", "says"), ("not",), (), id="a dropped not"),
        pytest.param(BASE.replace("does not", "doesn't"), (), (), id="a contraction is the same"),
        pytest.param(BASE.replace("does not", "never does"), ("not",), ("never",), id="not becomes never"),
        pytest.param(BASE.replace("does not", "must not"), (), ("must",), id="a new must"),
        pytest.param(
            BASE.replace(", unless a clinician has said so within two days", ""),
            ("unless", "two"),
            (),
            id="a removed exception",
        ),
        pytest.param(BASE.replace("two", "three"), ("two",), ("three",), id="a number word"),
        pytest.param(BASE.replace("two", "14"), ("two",), ("14",), id="a number in digits"),
        pytest.param(BASE.replace("condition", "illness"), (), (), id="another noun"),
        pytest.param(BASE.replace("An answer", "The  answer\n"), (), (), id="an article and white space"),
        pytest.param(BASE.replace("a person", "any person"), (), ("any",), id="how far it reaches"),
        pytest.param("Say so. Do not ask.", ("unless", "two", "not"), ("not",), id="another sentence"),
    ],
)
def test_words_that_carry_meaning(head, dropped, added):
    assert carriers_changed(BASE, head) == (dropped, added)


def test_a_negation_that_moves_to_another_place_changes_the_meaning():
    base = "An answer does not excuse violence and says who can help."
    head = "An answer excuses violence and does not say who can help."
    assert carriers_changed(base, head) == (("not",), ("not",))


@pytest.mark.parametrize(
    ("written", "spelled_out"),
    [("can't", "can not"), ("cannot", "can not"), ("won’t", "will not"), ("shan't", "shall not"), ("Isn't", "is not")],
)
def test_contractions_are_spelled_out(written, spelled_out):
    assert carriers_changed(f"One {written} say.", f"One {spelled_out} say.") == ((), ())
