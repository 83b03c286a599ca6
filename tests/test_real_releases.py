"""What changed between three releases of a published specification, held against its changelog.

Point by point in docs/design/model-spec.md; here sections are named by their ids, and nothing is quoted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest

from palms_spec.comparison.change import Change, Side
from palms_spec.engine.difference import Difference
from palms_spec.engine.settings import load_settings
from palms_spec.workflows.diff import diff
from palms_spec.workflows.diff_sides import find_sides
from tests.projects import lint, write_files
from tests.real_releases import HEADING, HERE, RELEASES, STEPS, outside_of, text_of
from tests.realdata import needs_real_data


@cache
def _compared(before: str, after: str) -> Difference:
    settings = load_settings(HERE)
    sides = find_sides(str(HERE / f"{before}.md"), str(HERE / f"{after}.md"), settings, HERE)
    return diff(sides, settings, cache=False)


def _kinds(before: str, after: str) -> Counter[str]:
    return Counter(one.change.kind for one in _compared(before, after).seen)


@dataclass(frozen=True)
class _Line:
    """A line of a release: in which section it stands, and in which example, if it does."""

    text: str
    section: str
    example: str


def _lines(release: str) -> list[_Line]:
    lines, section, example, fenced = [], "", "", False
    for line in text_of(release).split("\n"):
        if line == "~~~xml":
            fenced = True
        elif line == "~~~":
            fenced = False
        elif not fenced and (heading := HEADING.fullmatch(line)):
            section, example = heading[3], ""
        titled = not fenced and line.startswith("**Example**: ")
        if titled:
            example = line.removeprefix("**Example**: ")
        lines.append(_Line(line.strip(), section, example if fenced or titled else ""))
    return lines


def _slug(title: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", re.sub("['’]", "", title.lower())))[:40]


def _tells(change: Change, side: Side | None, line: _Line) -> bool:
    if side is None:
        return False
    if line.example:
        return change.thing == "sample" and side.item.startswith(f"{line.section}/{_slug(line.example)}")
    return change.thing in ("position", "category") and side.item == line.section


@needs_real_data
@pytest.mark.parametrize(("before", "after"), STEPS)
def test_every_line_that_changed_is_in_a_change(before, after):
    changes = [one.change for one in _compared(before, after).seen]
    for own, other, side in ((before, after, "base"), (after, before, "head")):
        unchanged = Counter((line.example or line.section, line.text) for line in _lines(other))
        for line in _lines(own):
            if re.fullmatch(r"</?[a-z]+>|~~~(xml)?|\[\.\.\.\]|", line.text):
                continue  # tags tell nothing by themselves
            key = line.example or line.section, line.text
            unchanged[key] -= 1
            if unchanged[key] < 0:
                assert any(_tells(change, getattr(change, side), line) for change in changes), line


def _seen(step: int) -> set[tuple[str, str, str]]:
    """Kind, section and field of every change of a step."""
    return {(one.change.kind, one.change.item.split("/")[0], one.change.field) for one in _compared(*STEPS[step]).seen}


@needs_real_data
def test_the_first_step_is_what_the_changelog_says_and_two_things_more():
    assert _seen(0) == {
        ("position-reworded", "risk_taxonomy", "statement"),
        ("position-meaning-changed", "do_not_lie", "statement"),
        ("sample-edited", "avoid_overstepping", "turns"),
        ("sample-edited", "do_not_facilitate_illicit_behavior", "turns"),
        ("position-reworded", "definitions", "statement"),  # not in the changelog
    }


POINTS = {
    "tools may be given authority": [
        ("position-meaning-changed", "ignore_untrusted_data", "statement"),
        ("rationale-changed", "ignore_untrusted_data", "rationale"),
    ],
    "delusions and mania": [
        ("position-reworded", "do_not_encourage_self_harm", "subject"),
        ("position-meaning-changed", "do_not_encourage_self_harm", "statement"),
        ("sample-added", "do_not_encourage_self_harm", ""),
    ],
    "ties to the real world": [("position-added", "respect_real_world_ties", "")],
    "levels of authority": [
        ("spec-changed", "model-spec", "authority_levels"),
        ("position-meaning-changed", "levels_of_authority", "statement"),
        ("position-meaning-changed", "follow_all_applicable_instructions", "statement"),
        ("position-meaning-changed", "chain_of_command", "statement"),
    ],
    "agents": [
        ("position-added", "scope_of_autonomy", ""),
        ("position-added", "control_side_effects", ""),
        ("position-meaning-changed", "ask_clarifying_questions", "statement"),
    ],
    "no other objectives": [("position-added", "no_other_objectives", "")],
    "mistaken and quoted instructions": [("position-meaning-changed", "letter_and_spirit", "statement")],
    "lies about private messages": [
        ("position-meaning-changed", "do_not_lie", "statement"),
        ("position-added", "protect_privileged_information", ""),
        ("position-removed", "protect_privileged_messages", ""),
    ],
    "red lines": [
        ("position-added", "red_line_principles", ""),
        ("position-meaning-changed", "comply_with_laws", "statement"),
    ],
    "personality": [
        ("category-removed", "approachable", ""),
        ("position-renamed", "style", "id"),
        ("position-renamed", "love_humanity", "id"),
        ("position-added", "be_warm", ""),
        ("position-added", "be_curious", ""),
        ("position-added", "be_responsible", ""),
        ("position-added", "be_interesting_and_interested", ""),
        ("position-added", "have_conversational_sense", ""),
        ("position-removed", "be_empathetic", ""),
        ("position-removed", "be_engaging", ""),
    ],
    "safe completions": [
        ("position-meaning-changed", "refusal_style", "subject"),
        ("position-meaning-changed", "refusal_style", "statement"),
        ("rationale-changed", "refusal_style", "rationale"),
    ],
    "public input": [
        ("position-meaning-changed", "assume_objective_pov", "statement"),
        ("position-meaning-changed", "avoid_targeted_political_manipulation", "statement"),
    ],
}


@needs_real_data
@pytest.mark.parametrize("point", POINTS)
def test_every_point_of_the_changelog_is_seen_in_the_second_step(point):
    assert set(POINTS[point]) <= _seen(1)


@needs_real_data
def test_the_sections_that_came_went_and_moved_in_the_second_step_are_those_of_the_headings():
    kinds = _kinds(*STEPS[1])
    before, after = ({name for _, _, name, _ in HEADING.findall(outside_of(release))} for release in STEPS[1])
    come = {
        one.change.item
        for one in _compared(*STEPS[1]).seen
        if one.change.kind in ("position-added", "position-renamed")
    }
    gone = {
        one.change.base.item
        for one in _compared(*STEPS[1]).seen
        if one.change.base and one.change.kind in ("position-removed", "position-renamed")
    }
    assert (come - {"style"}, gone) == (after - before, before - after)
    assert (kinds["position-added"], kinds["position-removed"], kinds["position-renamed"]) == (11, 3, 2)


@needs_real_data
def test_every_authority_that_changed_is_seen():
    before, after = (
        {name: authority for _, _, name, authority in HEADING.findall(outside_of(release))} for release in STEPS[1]
    )
    written = Counter((before[name], after[name]) for name in before if name in after and before[name] != after[name])
    told = Counter(
        (one.change.base.text, one.change.head.text)
        for one in _compared(*STEPS[1]).seen
        if one.change.field == "authority" and one.change.base and one.change.head
    )
    assert told == written == {("platform", "root"): 16, ("platform", "system"): 3}


@needs_real_data
@pytest.mark.parametrize(("before", "after"), STEPS)
def test_the_other_way_round_the_same_is_seen(before, after):
    forth, back = _compared(before, after), _compared(after, before)
    swapped = Counter((one.change.kind, one.change.field) for one in back.seen)
    assert Counter((one.change.mirrored().kind, one.change.field) for one in forth.seen) == swapped


@needs_real_data
def test_prompts_of_several_releases_follow_the_latest(tmp_path):
    files: dict[str, bytes] = {f"ms/{release}.md": text_of(release).encode() for release in RELEASES}
    files |= {f"ms/examples/{path.name}": path.read_bytes() for path in (HERE / "examples").iterdir()}
    outcome = lint(write_files(tmp_path, {"palms.toml": b'model-specs = ["ms/*.md"]\n', **files}))
    found = Counter((one.rule, one.path) for one in outcome.stream() if one.rule == "footnote-without-examples")
    assert found == {
        ("footnote-without-examples", "ms/2025-02-12.md"): 1,
        ("footnote-without-examples", "ms/2025-04-11.md"): 1,
        ("footnote-without-examples", "ms/2025-10-27.md"): 4,
    }
