"""Reading what was written gives the same sample, for every Unicode text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.documents.context import ANONYMOUS
from palms_spec.documents.sample_files import read_samples
from palms_spec.documents.writing import write_sample

TEXT = st.text(alphabet=st.characters(codec="utf-8"))
ROUGH = st.text(alphabet=st.sampled_from("a#-'\":{}[]&*!|>%@`,? \t\n\r\u2028\u0085\u00ad\ufeff\u0000\u0007😀é\\~"))
VALUES = st.one_of(TEXT, ROUGH)


@given(prompt=VALUES, completion=VALUES, note=VALUES)
def test_question_and_answer_come_back(prompt, completion, note):
    value = {"category": "health", "positions": ["health.a"], "metadata": {"note": note}}
    ending, text = write_sample({**value, "prompt": prompt, "completion": completion})
    _, samples = read_samples("sample" + ending, text.encode(), "sample", ANONYMOUS)
    (sample,) = samples
    assert [turn.content for turn in sample.turns] == [prompt, completion]
    assert (sample.category, sample.positions, sample.metadata) == ("health", ["health.a"], {"note": note})


@given(turns=st.lists(st.tuples(st.sampled_from(["user", "assistant"]), VALUES), min_size=1, max_size=4))
def test_conversations_come_back(turns):
    messages = [{"role": role, "content": content} for role, content in turns]
    ending, text = write_sample({"messages": messages})
    _, samples = read_samples("sample" + ending, text.encode(), "sample", ANONYMOUS)
    assert [(turn.role, turn.content) for turn in samples[0].turns] == turns


def test_what_reads_well_is_markdown():
    ending, text = write_sample({"category": "health", "prompt": "Why?", "completion": "Because.\n\nSo."})
    assert (ending, text) == (".md", "---\ncategory: health\n---\n# Why?\n\nBecause.\n\nSo.\n")


def test_half_of_a_surrogate_pair_is_kept_in_json():
    ending, text = write_sample({"prompt": "half \ud83d", "completion": "x"})
    _, samples = read_samples("sample" + ending, text.encode(), "sample", ANONYMOUS)
    assert (ending, samples[0].turns[0].content) == (".json", "half \ud83d")
