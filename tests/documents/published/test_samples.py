"""Comparisons as samples."""

from __future__ import annotations

import pytest

from palms_spec.documents.published.samples import MOST_PAIRS
from tests.documents.published.reading import positions_of, samples_of


def _text(*parts, title="a case", section="# A {#a authority=user}\n\nDemand.\n"):
    turns = "\n".join(parts)
    return f"{section}\n**Example**: {title}\n\n~~~xml\n{turns}\n~~~\n"


def _answer(label, text):
    return f"<assistant> <!-- {label} -->\n{text}\n</assistant>"


def _compared(*answers):
    return "<comparison>\n" + "\n".join(_answer(*answer) for answer in answers) + "\n</comparison>"


ASKED = "<user>\nq\n</user>"


def _pairs(*answers):
    return [(one["chosen"], one["rejected"]) for one in samples_of(_text(ASKED, _compared(*answers)))]


def test_a_good_and_a_bad_answer_are_a_preference_pair():
    (sample,) = samples_of(_text(ASKED, _compared(("BAD: curt", "no"), ("GOOD", "yes"))))
    assert sample == {
        "id": "a/a-case",
        "category": "a",
        "positions": ["a"],
        "metadata": {"example": "a case", "chosen": {"label": "GOOD"}, "rejected": {"label": "BAD", "comment": "curt"}},
        "prompt": "q",
        "chosen": "yes",
        "rejected": "no",
    }


@pytest.mark.parametrize("label", ["GOOD", "OK"])
def test_an_answer_that_nothing_stands_against_is_a_sample(label):
    (sample,) = samples_of(_text(ASKED, _compared((label, "yes"))))
    assert (sample["prompt"], sample["completion"]) == ("q", "yes")
    assert sample["metadata"] == {"example": "a case", "answer": {"label": label}}


def test_every_better_answer_is_paired_with_every_worse_one():
    assert _pairs(("BAD", "b"), ("OK", "o"), ("GOOD", "g"), ("BAD", "c")) == [
        ("g", "b"),
        ("g", "o"),
        ("g", "c"),
        ("o", "b"),
        ("o", "c"),
    ]


def test_equal_labels_make_no_pair():
    first, second = samples_of(_text(ASKED, _compared(("GOOD", "g"), ("GOOD", "h"))))
    assert (first["completion"], second["completion"]) == ("g", "h")
    assert (first["id"], second["id"]) == ("a/a-case", "a/a-case+2")


def test_with_very_many_answers_each_is_still_in_a_pair():
    answers = [*((("GOOD"), f"g{n}") for n in range(MOST_PAIRS)), *(("OK", f"o{n}") for n in range(3)), ("BAD", "b")]
    pairs = _pairs(*answers)
    assert {text for pair in pairs for text in pair} == {text for _, text in answers}
    assert len(pairs) <= 2 * len(answers)


def test_nothing_is_learned_from_bad_answers_alone_and_the_text_keeps_them():
    text = _text(ASKED, _compared(("BAD", "no")))
    assert samples_of(text) == []
    assert "<!-- BAD -->\nno" in positions_of(text)["a"].statement


def test_a_later_comparison_follows_on_the_best_answer_before():
    text = _text(
        ASKED, _compared(("BAD", "no"), ("GOOD", "yes")), "<user>\nsure?\n</user>", _compared(("GOOD", "sure"))
    )
    first, second = samples_of(text)
    assert (first["id"], second["id"]) == ("a/a-case", "a/a-case.2")
    assert [(one["role"], one["content"]) for one in second["messages"]] == [
        ("user", "q"),
        ("assistant", "yes"),
        ("user", "sure?"),
        ("assistant", "sure"),
    ]


def test_a_bad_answer_is_never_followed_on():
    text = _text(ASKED, _compared(("BAD", "no")), "<user>\nsure?\n</user>", _compared(("GOOD", "sure")))
    (sample,) = samples_of(text)
    assert [one["content"] for one in sample["messages"]] == ["q", "sure?", "sure"]


def test_what_has_no_field_is_in_the_metadata():
    text = _text(
        '<developer comment="short">\nSay it.\n<settings>\nmax_tokens: 9\n</settings>\n</developer>',
        "[...]",
        '<tool name="browser">\npage\n</tool>',
        '<comparison>\n<assistant recipient="browser"> <!-- GOOD -->\ngo\n</assistant>\n'
        "<assistant> <!-- BAD[#b]: lies -->\nno\n</assistant>\n</comparison>",
        "<user>\nthanks\n</user>",
    )
    (sample,) = samples_of(text + "\n# B {#b}\n")
    assert [one["role"] for one in sample["prompt"]] == ["developer", "tool"]
    assert sample["metadata"] == {
        "example": "a case",
        "chosen": {"label": "GOOD", "attributes": {"recipient": "browser"}},
        "rejected": {"label": "BAD", "blames": "b", "comment": "lies"},
        "turns": [
            {"turn": 0, "attributes": {"comment": "short"}, "blocks": ["settings"]},
            {"turn": 1, "attributes": {"name": "browser"}},
        ],
        "after": [{"role": "user", "content": "thanks"}],
        "outside": ["[...]"],
    }


def test_ids_hang_on_section_and_title_alone():
    one = _text(ASKED, _compared(("GOOD", "g")), title="Who's “there” & why?")
    assert samples_of(one)[0]["id"] == "a/whos-there-why"
    before = "# Z {#z}\n\n" + _text(ASKED, _compared(("GOOD", "g")), title="x", section="").lstrip()
    assert samples_of(before + "\n" + one)[-1]["id"] == samples_of(one)[0]["id"]


def test_an_example_without_a_title_has_an_id_all_the_same():
    text = f"# A {{#a}}\n\n~~~xml\n{ASKED}\n{_compared(('GOOD', 'g'))}\n~~~\n\n~~~xml\n{ASKED}\n{_compared(('OK', 'h'))}\n~~~\n"
    assert [one["id"] for one in samples_of(text)] == ["a/example", "a/example-2"]


def test_a_conversation_without_a_comparison_is_part_of_the_text():
    text = _text("<user>\nq\n</user>\n<assistant>\na\n</assistant>")
    assert samples_of(text) == []
    assert "<assistant>\na\n</assistant>" in positions_of(text)["a"].statement


def test_an_answer_without_a_label_gives_no_sample_and_the_text_keeps_it():
    text = _text(ASKED, "<comparison>\n<assistant>\nwhat\n</assistant>\n" + _answer("GOOD", "yes") + "\n</comparison>")
    assert [one["completion"] for one in samples_of(text)] == ["yes"]
    assert "what" in positions_of(text)["a"].statement


def test_a_fence_in_a_list_is_read_as_well():
    turns = "\n".join(f"  {line}" for line in f"{ASKED}\n{_compared(('GOOD', 'g'))}".split("\n"))
    text = f"# A {{#a}}\n\n- item\n\n  **Example**: listed\n\n  ~~~xml\n{turns}\n  ~~~\n"
    (sample,) = samples_of(text)
    assert (sample["id"], sample["prompt"], sample["completion"]) == ("a/listed", "q", "g")
