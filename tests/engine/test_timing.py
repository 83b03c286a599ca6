"""Times are counted where they belong."""

from __future__ import annotations

import pickle
import time

import pytest

from palms_spec.engine.rulebook import Rulebook
from palms_spec.engine.timing import Timing, phase
from palms_spec.rulekit.index import read_index
from tests.projects import lint, write_project


def test_time_of_a_phase_within_a_phase_counts_once():
    timing = Timing()
    with timing.phase("outer"):
        time.sleep(0.02)
        with timing.phase("inner"):
            time.sleep(0.04)
    assert list(timing.phases) == ["outer", "inner"]
    assert timing.phases["inner"] > 0.03
    assert 0.01 < timing.phases["outer"] < timing.phases["inner"] + 0.015


def test_a_phase_that_fails_is_counted():
    timing = Timing()

    def fail():
        with timing.phase("failing"):
            time.sleep(0.01)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert timing.phases["failing"] >= 0.01


def test_without_timing_nothing_is_measured():
    with phase(None, "any"):
        pass


def test_the_time_of_a_rule_is_its_own():
    def check(subject):
        time.sleep(0.01)
        yield subject
        time.sleep(0.01)

    timing = Timing()
    for _ in timing.timed("rule", check)("subject"):
        time.sleep(0.1)
    calls, seconds = timing.rules["rule"]
    assert calls == 1
    assert 0.02 <= seconds < 0.1
    assert timing.taken_rules() == {"rule": (calls, seconds)}
    assert timing.rules == {}


def test_what_a_rule_found_before_it_failed_stays():
    def check(subject):
        yield subject
        raise ZeroDivisionError

    timing = Timing()
    found = timing.timed("rule", check)("subject")
    assert next(found) == "subject"
    with pytest.raises(ZeroDivisionError):
        next(found)
    assert timing.rules["rule"][0] == 1


def test_another_process_measures_for_itself():
    timing = Timing(phases={"map": 1.0}, rules={"rule": (1, 1.0)})
    copy = pickle.loads(pickle.dumps(Rulebook(read_index()[:2], timing=timing)))
    assert copy.timing == Timing()
    assert pickle.loads(pickle.dumps(Rulebook(read_index()[:2]))).timing is None


def test_measuring_changes_nothing(tmp_path):
    files = {f"datasets/example/samples/{n}.md": "---\ncategory: health\n---\n# Why?\n\nHuman: x\n" for n in range(5)}
    root = write_project(tmp_path, files)
    timing = Timing()
    assert list(lint(root, timing=timing).stream()) == list(lint(root).stream())
    assert timing.rules["role-marker"][0] == 5
