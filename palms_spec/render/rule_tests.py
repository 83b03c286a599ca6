"""What came of running rules on their own examples."""

from __future__ import annotations

from collections.abc import Iterable

from palms_spec.render.cells import wrapped
from palms_spec.render.closing import counted
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output
from palms_spec.rulekit.tested import RuleTest


def write_rule_tests(tests: Iterable[RuleTest], out: Output) -> bool:
    """Write a line a rule, below what brought it, and what failed, as tests come; whether nothing failed."""
    origin, passed, failed, unknown = None, 0, 0, 0
    for test in tests:
        if test.origin != origin:
            origin = test.origin
            out.line((visible(origin), "strong"))
        if test.reason:
            unknown += 1
            out.line("  ", ("not run", "warning"), f"  {visible(test.name)}")
            _remark(test.reason, out)
        elif test.failures:
            failed += 1
            out.line("  ", ("failed ", "error"), f"  {visible(test.name)}")
            for failure in test.failures:
                _remark(failure, out)
        else:
            passed += 1
            out.line("  ", ("passed ", "good"), f"  {visible(test.name)}", (_ran(test), "faint"))
    out.line()
    parts = [f"{counted(passed, 'rule')} passed"]
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{unknown} not run"] if unknown else []
    out.line(", ".join(parts) + ".")
    return not failed


def _ran(test: RuleTest) -> str:
    near = f", {test.near_misses} near miss{'es' if test.near_misses != 1 else ''}" if test.near_misses else ""
    return f": {counted(test.examples, 'example')}{near}"


def _remark(text: str, out: Output) -> None:
    first, *rest = wrapped(visible(text), max(out.terminal.width - 13, 30))
    out.line(" " * 11 + first)
    for line in rest:
        out.line(" " * 13 + line)
