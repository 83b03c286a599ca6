"""Findings and suppressions in order come to the same as looking at all of both."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.engine.suppressing import Suppressing
from palms_spec.findings import START_OF_FILE, Finding, Place, Span, Suppression

NAMES = {"one": "one", "O1": "one", "two": "two"}
PATHS = st.sampled_from(["a.md", "b.md", "c.md"])


def _finding(rule: str, path: str, offset: int) -> Finding:
    place = Place(path, Span(1, 1, 1, 1, offset, offset))
    return Finding(rule, "X", "error", "high", place, "", "")


def _suppression(rule: str, path: str, start: int, length: int, until: str) -> Suppression:
    return Suppression(rule, "", until, Place(path, START_OF_FILE), "", START_OF_FILE, start, start + length)


FINDINGS = st.lists(
    st.builds(_finding, st.sampled_from(["one", "two", "three"]), PATHS, st.integers(0, 20)), max_size=20
)
SUPPRESSIONS = st.lists(
    st.builds(
        _suppression,
        st.sampled_from(["one", "O1", "two", "unknown"]),
        PATHS,
        st.integers(0, 20),
        st.integers(0, 12),
        st.sampled_from(["", "", "2026-01-01", "2026-01-02", "no day"]),
    ),
    max_size=12,
)


def covers(one: Suppression, finding: Finding, today: str) -> bool:
    in_force = not one.until or (one.until != "no day" and one.until > today)
    offset = finding.place.span.offset
    return (
        NAMES.get(one.rule) == finding.rule
        and in_force
        and one.place.path == finding.path
        and one.start <= offset < one.end
    )


@given(findings=FINDINGS, suppressions=SUPPRESSIONS)
def test_what_is_covered_is_covered(findings, suppressions):
    findings = sorted(findings, key=lambda finding: finding.sort_key)
    suppressions = sorted(suppressions, key=lambda one: one.sort_key)
    done: list[tuple[Suppression, bool]] = []
    suppressing = Suppressing(iter(suppressions), NAMES, "2026-01-01", lambda one, used: done.append((one, used)))
    used = []
    for finding in findings:
        candidates = [one for one in suppressions if covers(one, finding, "2026-01-01")]
        found = suppressing.covering(finding)
        assert (found is not None) == bool(candidates)
        if found is not None:
            assert found.start == max(one.start for one in candidates), "the one that begins last"
            used.append(id(found))
    suppressing.finish()
    assert sorted(id(one) for one, _ in done) == sorted(map(id, suppressions)), "each is told of once"
    assert {id(one) for one, was_used in done if was_used} == set(used)
