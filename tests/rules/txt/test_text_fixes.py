"""What the fixes of text rules write, and where they leave it to people."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.analysis.direction import straightened, turned_places
from palms_spec.analysis.invisible import idle_places, is_harmless
from palms_spec.documents.context import ANONYMOUS, SampleContext
from palms_spec.documents.sample import Sample, Turn
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.repair import Repair, Replace
from palms_spec.rulekit.rule import Rule
from palms_spec.rules.txt.bidirectional_override import bidirectional_override
from palms_spec.rules.txt.control_character import control_character
from palms_spec.rules.txt.invisible_character import invisible_character
from palms_spec.rules.txt.mixed_quotes import mixed_quotes
from palms_spec.rules.txt.mojibake import mojibake
from palms_spec.rules.txt.unnormalized_text import unnormalized_text

ENGLISH = SampleContext(dataset="d", language="en-GB")
GERMAN = SampleContext(dataset="d", language="de")


def repair(rule: Rule, text: str, context: SampleContext = ENGLISH) -> Repair | None:
    """How a rule would mend an answer."""
    (problem,) = rule.check(SampleFacts(Sample("s", [Turn("assistant", text, "/completion")]), context))
    found: Repair | None = problem.repair
    return found


def mended(rule: Rule, text: str, context: SampleContext = ENGLISH) -> tuple[str, str]:
    """The safety of a repair and the text after it."""
    found = repair(rule, text, context)
    assert found is not None
    for change in sorted(found.changes, key=lambda change: -(getattr(change, "start", 0) or 0)):
        assert isinstance(change, Replace)
        assert change.start is not None
        assert change.end is not None
        text = text[: change.start] + change.text + text[change.end :]
    return found.safety, text


@pytest.mark.parametrize(
    ("rule", "text", "safety", "after"),
    [
        pytest.param(
            invisible_character, "clini\u00adcian, to\u200bday.\ufeff", "safe", "clinician, today.", id="in words"
        ),
        pytest.param(invisible_character, "So.\n\n\u200bYes", "safe", "So.\n\nYes", id="before a letter on a new line"),
        pytest.param(invisible_character, "So:\n\u200b- yes", "unsafe", "So:\n- yes", id="what would become a list"),
        pytest.param(invisible_character, "1\u200b. Yes", "unsafe", "1. Yes", id="what would become a numbered list"),
        pytest.param(invisible_character, "*\u200bno*", "unsafe", "*no*", id="what would become emphasis"),
        pytest.param(invisible_character, "`a\u200bb`", "unsafe", "`ab`", id="in code"),
        pytest.param(invisible_character, "a  \u200b\nb", "unsafe", "a  \nb", id="what would become a line break"),
        pytest.param(invisible_character, "a\u3164b \u3164c", "unsafe", "a b c", id="a blank letter keeps words apart"),
        pytest.param(control_character, "a\x00b\x07", "unsafe", "ab", id="characters that stand for nothing"),
        pytest.param(control_character, "a\x0bb \x0cc", "unsafe", "a b c", id="page breaks keep words apart"),
        pytest.param(control_character, "\x1b[1;31mred\x1b[0m", "unsafe", "red", id="codes of a terminal"),
        pytest.param(control_character, "\x93so\x94 \x96 5 \x80", "unsafe", "“so” – 5 €", id="marks of Windows"),
        pytest.param(bidirectional_override, "a \u202ecb\u202c d", "unsafe", "a bc d", id="an override"),
        pytest.param(bidirectional_override, "\u202dab\u202c \u2067cd\u2069", "unsafe", "ab cd", id="other marks"),
        pytest.param(bidirectional_override, "\u202bab\ncd\u202c", "unsafe", "ab\ncd\u202c", id="an unclosed mark"),
        pytest.param(unnormalized_text, "Jose\u0301 and u\u0308", "safe", "José and ü", id="accents"),
        pytest.param(mojibake, "itâ€™s a cafÃ©", "unsafe", "it’s a café", id="two encodings"),
        pytest.param(mixed_quotes, '"a" isn\'t ‘b’, ‘c’, ‘d’', "unsafe", "“a” isn’t ‘b’, ‘c’, ‘d’", id="to curly"),
        pytest.param(
            mixed_quotes, "\"a\" isn't, isn't “b” ’til", "unsafe", '"a" isn\'t, isn\'t "b" \'til', id="to straight"
        ),
        pytest.param(mixed_quotes, "‘a’ ‘b’ 'tis 'so'", "unsafe", "‘a’ ‘b’ ’tis ‘so’", id="shortened words"),
    ],
)
def test_what_is_written(rule, text, safety, after):
    assert mended(rule, text) == (safety, after)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(control_character, "a\b", id="a backspace"),
        pytest.param(control_character, "\x1b]0;title\x07", id="another escape of a terminal"),
        pytest.param(control_character, "a\ud83d", id="half of a character"),
        pytest.param(control_character, "a\x85", id="a next line, or three dots"),
        pytest.param(bidirectional_override, "\u202eab", id="an override without an end"),
        pytest.param(bidirectional_override, "\u202e(a)\u202c", id="brackets turn around"),
        pytest.param(bidirectional_override, "\u202ea\u0301\u202c", id="accents would change their letter"),
        pytest.param(bidirectional_override, "\u202e\u2067a\u2069\u202c", id="marks within marks"),
        pytest.param(bidirectional_override, "\u202eab\u202c שלום", id="letters from right to left"),
        pytest.param(mojibake, "a \ufffd", id="a lost character"),
    ],
)
def test_what_is_left_to_people(rule, text):
    assert repair(rule, text) is None


@pytest.mark.parametrize(
    ("rule", "text", "context"),
    [
        pytest.param(invisible_character, "a\u2028b", ENGLISH, id="a line separator"),
        pytest.param(invisible_character, " \u200b ", ENGLISH, id="all there is"),
        pytest.param(mixed_quotes, "‘a’ ‘b’ 'so'", GERMAN, id="quotation marks of another language"),
        pytest.param(mixed_quotes, "‘a’ „b“ 'so'", ANONYMOUS, id="that shows by others"),
    ],
)
def test_what_is_only_shown(rule, text, context):
    found = repair(rule, text, context)
    assert found is not None
    assert found.changes == ()


words = st.text(st.sampled_from("aB1 é.,\n-*`_#(\u00ad\u200b\u2060\ufeff"), max_size=20)


@given(words)
def test_what_is_harmless_opens_no_line_with_a_sign(text):
    places = idle_places(text)
    if not places or not is_harmless(text, places):
        return
    lines = text.split("\n")
    for start, end in reversed(places):
        text = text[:start] + text[end:]
    assert not idle_places(text)
    for before, after in zip(lines, text.split("\n"), strict=True):
        assert before[:1] == after[:1] or after[:1].isalpha()


@given(st.text(st.sampled_from("abc 1-\u202d\u202e\u202b\u2067\u202c\u2069\n"), max_size=16))
def test_what_is_straightened_turns_no_more(text):
    changes = straightened(text)
    if not changes:
        return
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    assert turned_places(text) == []


@given(st.text(st.characters(categories=["Ll", "Mn"]), max_size=12))
def test_composed_text_is_the_same_text(text):
    problems = list(unnormalized_text.check(SampleFacts(Sample("s", [Turn("user", text, "")]), ANONYMOUS)))
    if problems:
        _, after = mended(unnormalized_text, text)
        assert unicodedata.normalize("NFC", after) == unicodedata.normalize("NFC", text)
        assert not list(unnormalized_text.check(SampleFacts(Sample("s", [Turn("user", after, "")]), ANONYMOUS)))
