"""Hypothesis strategies for text and values that are hard to write down."""

from __future__ import annotations

from hypothesis import strategies as st

TRICKY = "ab1 \t\n\r:#-'\"\\|>&*!%@`,[]{}?<=~.\x00\x07\x7f\x85\xa0\u2028\u2029\ufeff\ufffe\ud7ff\ue000é😀\u0301"

texts = st.one_of(st.text(), st.text(alphabet=TRICKY), st.text(alphabet="ab \n"))
keys = st.one_of(texts, st.sampled_from(["<<", "no", "1", "null", "a: b", "k" * 1100, "\n" * 600]))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=-(10**40), max_value=10**40),
    st.floats(allow_nan=False),
    texts,
    st.sampled_from(["yes", "012", "1:30", "1_000", "0o17", "2021-06-10", ".inf", "1e3", "null", "~", "<<", "=", "y"]),
)
plain_values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(keys, inner, max_size=5)),
    max_leaves=20,
)


def same(one: object, other: object) -> bool:
    """Equal with equal types, order of keys and signs of zero."""
    return repr(one) == repr(other)
