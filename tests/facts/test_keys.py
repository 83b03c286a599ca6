"""Groups of equal keys are the same however the keys were held."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.facts.keys import KeyColumns, equal_keys, key_of, partition_of

PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 30)), max_size=60)


def _plain_groups(pairs):
    groups: dict[int, set[int]] = {}
    for key, reference in pairs:
        groups.setdefault(key, set()).add(reference)
    return {key: sorted(members) for key, members in groups.items() if len(members) > 1}


@given(pairs=PAIRS, partitions=st.sampled_from([1, 2, 8]), spill_after=st.integers(1, 70))
def test_groups_are_those_of_a_dictionary(tmp_path_factory, pairs, partitions, spill_after):
    folder = tmp_path_factory.mktemp("keys")
    columns = KeyColumns(partitions)
    for number, (key, reference) in enumerate(pairs):
        columns.add(key, reference)
        if number == spill_after:
            columns.spill(folder, "worker")
    groups: dict[int, list[int]] = {}
    for number in range(partitions):
        column = partition_of(folder, number)
        column.extend(columns.columns[number])
        groups.update(equal_keys(column))
    assert groups == _plain_groups(pairs)


@given(PAIRS)
def test_groups_come_in_order_of_their_first_member(pairs):
    groups = list(equal_keys(array("Q", [number for pair in pairs for number in pair])))
    firsts = [(members[0], key) for key, members in groups]
    assert firsts == sorted(firsts)


def test_keys_are_the_same_on_every_machine():
    assert key_of("Why?") == 0x37B2F43DEB1C8AD4
    assert key_of("half \ud83d") != key_of("half \ud83e")
