"""Calling rules. A rule that fails costs its own findings and nothing else."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from palms_spec.rulekit.crashed import RULE_CRASHED
from palms_spec.rulekit.index import RuleRecord
from palms_spec.rulekit.problem import Problem

Found = tuple[RuleRecord, Problem]


def run_checks(calls: Iterable[tuple[RuleRecord, Callable[[Any], Iterable[Problem]]]], subject: Any) -> Iterator[Found]:
    """The problems that rules find in a subject, and a problem of `RULE_CRASHED` for every rule that fails."""
    for record, check in calls:
        try:
            for problem in check(subject):
                yield record, problem
        except Exception as error:  # a rule may fail in any way; the run has to go on
            yield RULE_CRASHED, crash(record, error)


def crash(record: RuleRecord, error: Exception) -> Problem:
    """What is said about a rule that failed."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
    message = f"{record.name} failed: {type(error).__name__}: {error} ({where})"
    return Problem(message, f"report it; until then turn it off with --ignore {record.name}")
