"""What is found when something comes is found when it goes."""

from __future__ import annotations

import pytest

from palms_spec.comparison.change import MIRRORS, Change, Side
from palms_spec.comparison.facts import ChangeFacts, ComparisonFacts
from palms_spec.rulekit.index import read_index
from palms_spec.rulekit.loading import load_rule

PAIRS = {tuple(sorted(pair)) for pair in MIRRORS.items()}
WAIVERS = {
    "authority-changed": "it has no direction, and so is its own mirror",
    "position-meaning-changed": "a word that came is as grave as one that went: it is its own mirror",
    "record-tampered": "records that are added are what is wanted",
}
"""Rules that find one direction of a change, or none in particular, with the reason."""


def reporters(kind: str) -> set[str]:
    """The rules that say something of a change of a kind, alone or together with others."""
    thing = "spec" if kind.startswith("document") else kind.split("-", maxsplit=1)[0]
    thing = "position" if thing == "authority" else thing
    side = Side("a", "a.yaml", "/a", "x")
    change = Change(kind, "d", thing, side, side)  # type: ignore[arg-type]
    alone = ChangeFacts(change, splits=frozenset(("test",)))
    together = ComparisonFacts("dataset", "d", "d.yaml", (change,))
    found = set()
    for record in read_index():
        if record.family == "CHG":
            facts = alone if record.subject == "change" else together
            if list(load_rule(record.module).check(facts)):
                found.add(record.name)
    return found


@pytest.mark.parametrize("pair", sorted(PAIRS), ids="-".join)
def test_both_directions_have_a_rule(pair):
    one, other = map(reporters, pair)
    assert one, f"no rule reports {pair[0]}"
    assert other, f"no rule reports {pair[1]}"


def test_a_rule_that_is_named_for_a_direction_has_a_mirror_or_a_reason():
    opposites = {"added": ("removed", "dropped"), "removed": ("added",), "dropped": ("added",), "raised": ("lowered",)}
    opposites |= {"lowered": ("raised",), "retired": ("restored",), "restored": ("retired",)}
    names = {record.name for record in read_index() if record.family == "CHG"}
    for name in names:
        stem, _, end = name.rpartition("-")
        if end in opposites:
            assert any(f"{stem}-{other}" in names for other in opposites[end]) or name in WAIVERS, name
    assert set(WAIVERS) <= names


@pytest.mark.parametrize("record", [one for one in read_index() if one.family == "CHG"], ids=lambda one: one.name)
def test_a_page_that_names_a_mirror_is_named_by_it(record):
    for other in read_index():
        if f"Its mirror is `{other.name}`" in record.doc:
            assert f"Its mirror is `{record.name}`" in other.doc
