"""Triggers save time and nothing else: a rule that is called everywhere finds the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from palms_spec.documents.context import SampleContext
from palms_spec.documents.sample import Sample, Turn
from palms_spec.engine.dispatch import SampleDispatch
from palms_spec.engine.rulebook import Rulebook
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import CLOSE, OPEN
from palms_spec.rulekit.index import read_index
from palms_spec.rulekit.loading import load_rule

RECORDS = tuple(record for record in read_index() if record.subject == "sample")
CONTEXT = SampleContext(dataset="example", role="values-targeted", language="en", min_words=5, max_words=50)


def _texts():
    for record in RECORDS:
        rule = load_rule(record.module)
        sides = [side for example in rule.examples for side in (example.bad, example.good)]
        for side in [*sides, *rule.near_misses]:
            for text in [side] if isinstance(side, str) else [text for text in side.values() if text]:
                yield from text.replace(OPEN, "").replace(CLOSE, "").split("\n")


PIECES = sorted({text.strip("# ") for text in _texts()} - {"", "---"})
GATED = SampleDispatch(Rulebook(RECORDS))
UNGATED = SampleDispatch(Rulebook(RECORDS), gated=False)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Pieces of the examples of all rules, in all cases, and other text."""
    pieces = draw(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=4))
    change = draw(st.sampled_from([str.swapcase, str.upper, str.lower, str.title, None]))
    text = draw(st.sampled_from([" ", "\n", "\n\n", ""])).join(pieces)
    return change(text) if change else text


def _problems(dispatch: SampleDispatch, sample: Sample) -> list[tuple[str, object]]:
    facts = SampleFacts(sample, CONTEXT)
    return [(record.name, problem) for record, check in dispatch.calls(facts) for problem in check(facts)]


@settings(max_examples=400, deadline=None)
@given(question=texts(), answer=texts(), rejected=st.none() | texts())
def test_a_rule_that_is_called_everywhere_finds_the_same(question, answer, rejected):
    turns = [Turn("user", question, "/prompt"), Turn("assistant", answer, "/chosen")]
    other = [] if rejected is None else [turns[0], Turn("assistant", rejected, "/rejected")]
    sample = Sample(None, turns, other)
    assert _problems(GATED, sample) == _problems(UNGATED, sample)
