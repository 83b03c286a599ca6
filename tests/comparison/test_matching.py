from __future__ import annotations

import random
from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.comparison.matching import ALIKE, match

TEXTS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.lists(st.sampled_from("uvwxyz"), max_size=8).map(" ".join), max_size=5
)
OTHERS = st.dictionaries(
    st.sampled_from("fghijklm"), st.lists(st.sampled_from("uvwxyz"), max_size=8).map(" ".join), max_size=5
)


def likeness(text: str, other: str) -> float:
    words, others = Counter(text.split()), Counter(other.split())
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 0.0


@given(TEXTS, OTHERS)
def test_every_pair_that_is_alike_enough_is_found(base, head):
    """Held against looking at all pairs: whatever is left over on both sides is alike with nothing that is left."""
    found = match(base, head)
    for old, new in found.pairs:
        assert old == new or likeness(base[old], head[new]) >= ALIKE
    for old, new in product(found.gone, found.new):
        assert likeness(base[old], head[new]) < ALIKE


@given(TEXTS, OTHERS)
def test_the_most_alike_come_first(base, head):
    found = match(base, head)
    renamed = {old: new for old, new in found.pairs if old != new}
    for old, new in renamed.items():
        own = likeness(base[old], head[new])
        for other in found.new:
            assert likeness(base[old], head[other]) <= own
        for other in found.gone:
            assert likeness(base[other], head[new]) <= own


@given(TEXTS, OTHERS)
def test_seen_from_the_other_side_the_pairs_are_the_same(base, head):
    there, back = match(base, head), match(head, base)
    assert sorted(there.pairs) == sorted((old, new) for new, old in back.pairs)
    assert (sorted(there.gone), sorted(there.new)) == (sorted(back.new), sorted(back.gone))


def test_thousands_under_new_ids_are_known_again():
    random_ = random.Random(7)
    words = [f"w{number}" for number in range(400)]
    base = {f"a{number}": " ".join(random_.choices(words, k=12)) for number in range(2_000)}
    head = {f"b{name}": text.replace("w1 ", "w2 ", 1) for name, text in base.items()}
    found = match(base, head)
    assert dict(found.pairs) == {name: f"b{name}" for name in base}


def test_thousands_of_equal_texts_are_paired_in_order():
    base = {f"a{number:04}": "the same" for number in range(5_000)}
    found = match(base, {f"b{number:04}": "the same" for number in range(4_999)})
    assert (found.pairs[0], found.gone, found.new) == (("a0000", "b0000"), ("a4999",), ())
