"""Conversations in fences."""

from __future__ import annotations

import pytest

from palms_spec.documents.published.dialogue import Comparison, TurnText, read_dialogue


def _read(text):
    return read_dialogue(text, 0, len(text))


def _said(turn: TurnText | Comparison):
    assert isinstance(turn, TurnText)
    return turn.role, turn.content.value


def _turn(text) -> TurnText:
    (turn,) = _read(text).items
    assert isinstance(turn, TurnText)
    return turn


def _answers(text):
    (comparison,) = _read(f"<comparison>\n{text}\n</comparison>").comparisons
    return [
        tuple(node.value if node is not None else None for node in (one.label, one.blames, one.comment, one.content))
        for one in comparison.answers
    ]


def test_turns_come_in_order_with_their_roles():
    found = _read("<system>\na\n</system>\n<developer>b</developer>\n<user> \nc \n</user> \n<tool>\nd\n</tool>")
    assert [_said(turn) for turn in found.items] == [("system", "a"), ("developer", "b"), ("user", "c"), ("tool", "d")]
    assert (found.outside, found.defects) == ([], [])


@pytest.mark.parametrize(
    ("comment", "label", "blames", "remark"),
    [
        ("<!-- GOOD -->", "GOOD", None, None),
        ("<!--OK-->", "OK", None, None),
        ("<!-- BAD: too long -->", "BAD", None, "too long"),
        ("<!-- BAD[#be_brief] -->", "BAD", "be_brief", None),
        ("<!-- BAD[#be_brief]: too long -->", "BAD", "be_brief", "too long"),
        ("<!-- GOOD, if nothing else is known -->", "GOOD", None, "if nothing else is known"),
        ("<!-- GOOD — it says so -->", "GOOD", None, "it says so"),
        ("<!-- better than the other -->", None, None, "better than the other"),
        ("<!-- GOODNESS -->", None, None, "GOODNESS"),
    ],
)
def test_an_answer_has_a_label_with_what_it_blames_and_a_comment(comment, label, blames, remark):
    assert _answers(f"<assistant> {comment}\nYes.\n</assistant>") == [(label, blames, remark, "Yes.")]


def test_labels_stand_in_comparisons_only():
    turn = _turn("<assistant> <!-- GOOD -->\nYes.\n</assistant>")
    assert turn.content.value == "<!-- GOOD -->\nYes."


def test_other_tags_in_a_turn_are_part_of_what_it_says():
    turn = _turn("<user>\nSee <b>this</b>:\n<untrusted>\nx < y\n</untrusted>\n<user>\n</user>")
    assert turn.content.value == "See <b>this</b>:\n<untrusted>\nx < y\n</untrusted>\n<user>"
    assert turn.blocks == ("untrusted",)


def test_entities_are_decoded_and_a_bare_ampersand_stays():
    turn = _turn("<user>&lt;a&gt; &amp;amp; &quot;b&#39; &#x41; &copy; & c</user>")
    assert turn.content.value == "<a> &amp; \"b' A &copy; & c"


def test_a_tag_keeps_its_attributes():
    turn = _turn("""<assistant recipient="browser" end_turn='false'>go</assistant>""")
    assert [(one.name, one.value) for one in turn.attributes] == [("recipient", "browser"), ("end_turn", "false")]


def test_a_comment_in_an_attribute_may_hold_a_closing_angle():
    turn = _turn("""<user comment="a > b">c</user>""")
    assert (turn.content.value, turn.attributes[0].value) == ("c", "a > b")


def test_text_between_turns_is_kept_apart():
    found = _read("<user>\na\n</user>\n[...]\n*<assistant>\nb\n</assistant>\n")
    assert [_said(turn) for turn in found.items] == [("user", "a"), ("assistant", "b")]
    assert [node.value for node in found.outside] == ["[...]\n*"]


def test_comparisons_and_turns_may_alternate():
    found = _read(
        "<user>a</user><comparison><assistant>b</assistant></comparison><user>c</user><comparison></comparison>"
    )
    assert [type(item) for item in found.items] == [TurnText, Comparison, TurnText, Comparison]


def test_indentation_of_the_fence_is_no_part_of_what_is_said():
    text = "  <user>\n  a\n    b\n  </user>\n"
    (turn,) = read_dialogue(text, 0, len(text), 2).items
    assert isinstance(turn, TurnText)
    assert turn.content.value == "a\n  b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<user>\na", "<user> is not closed"),
        ("<user>\na\n<assistant>\nb\n</assistant>", "<user> is not closed"),
        ("a\n</user>", "</user> closes nothing"),
        ("<comparison>\n<assistant>a</assistant>", "<comparison> is not closed"),
        ("</comparison>", "</comparison> closes nothing"),
        ("<comparison><comparison></comparison>", "a comparison stands in another one"),
    ],
)
def test_what_is_out_of_balance_is_told(text, message):
    assert [defect.message for defect in _read(text).defects] == [message]


def test_a_turn_that_is_not_closed_ends_where_the_next_begins():
    found = _read("<user>\na <assistant> in a line\n<assistant>\nb\n</assistant>")
    assert [_said(turn) for turn in found.items] == [("user", "a <assistant> in a line"), ("assistant", "b")]
