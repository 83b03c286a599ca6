"""Attributes of headings and tags."""

from __future__ import annotations

import pytest

from palms_spec.sources.attribute_list import attribute_list, attributes_in


def _of_heading(text):
    found = attribute_list(text, 0, len(text))
    if found is None:
        return None
    return text[: found[0]], [(one.name, one.value) for one in attributes_in(text, *found[1:])]


@pytest.mark.parametrize(
    ("heading", "title", "attributes"),
    [
        ("A {#a}", "A", [("#", "a")]),
        ("A {#a authority=root}", "A", [("#", "a"), ("authority", "root")]),
        ("A {authority=user #a.b}", "A", [("authority", "user"), ("#", "a.b")]),
        ('A {#a tags="teens, u 18"}', "A", [("#", "a"), ("tags", "teens, u 18")]),
        ("A {#a tags='x {y}'}", "A", [("#", "a"), ("tags", "x {y}")]),
        ("A {#a .warning draft}", "A", [("#", "a"), ("class", "warning"), ("draft", "")]),
        ("A {: #a }", "A", [("#", "a")]),
        ("Use {name} {#a}", "Use {name}", [("#", "a")]),
        ("{#a}", "", [("#", "a")]),
    ],
)
def test_a_heading_ends_with_its_attributes(heading, title, attributes):
    assert _of_heading(heading) == (title, attributes)


@pytest.mark.parametrize("heading", ["A", "Use {name}", "A {#a} b", "A {#a", "A {}", "A #a}"])
def test_other_braces_are_text(heading):
    assert _of_heading(heading) is None


def test_a_value_knows_where_it_stands():
    text = """<user comment="it's here" n=1>"""
    for one in attributes_in(text, 5, len(text) - 1):
        assert text[one.start : one.end] == one.value
