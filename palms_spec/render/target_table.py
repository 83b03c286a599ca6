"""All targets in a table, as text, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from palms_spec.render.cells import wrapped
from palms_spec.render.terminal import Output, Style
from palms_spec.targets.fact import MARKS, Fact
from palms_spec.targets.lines import LINES
from palms_spec.targets.profile import Limits, Profile
from palms_spec.targets.state import State, Word, state_of

HEADS = ("target", "state", "methods", "rows", "tokens a row", "lines")
STYLES: dict[Word, Style] = {"open": "good", "local": "plain", "closing": "warning", "closed": "error"}


def write_target_table(profiles: Sequence[Profile], today: date, out: Output) -> None:
    """Write a line a target, and below them until when those that are closing take jobs."""
    rows = [_cells(profile, today) for profile in profiles]
    widths = [max(len(row[at]) for row in [HEADS, *rows]) for at in range(len(HEADS) - 1)]
    out.line((_padded(HEADS, widths), "strong"))
    for row, profile in zip(rows, profiles, strict=True):
        name, word, *rest = (f"{cell:<{width}}" for cell, width in zip(row, [*widths, 0], strict=True))
        style = STYLES[state_of(profile, today).word]
        out.line((name, "strong"), "  ", (word, style), "  ", "  ".join(rest).rstrip())
    ending = [(profile, state) for profile in profiles if (state := state_of(profile, today)).summary]
    if ending:
        out.line()
    for profile, state in ending:
        first, *rest = wrapped(state.summary + following(state), max(out.terminal.width - widths[0] - 2, 30))
        out.line((f"{profile.name:<{widths[0]}}  ", "strong"), first)
        for line in rest:
            out.line(" " * (widths[0] + 2) + line)
    out.line()
    out.line((f"As of {profiles[0].as_of}; `palms targets NAME` says how each is known.", "faint"))


def following(state: State) -> str:
    """What happens next, as the end of a sentence."""
    return f"; next, on {state.next.on}: {state.next.what}" if state.next else ""


def targets_markdown(profiles: Sequence[Profile], today: date) -> str:
    """A Markdown table of the targets."""
    lines = [f"| {' | '.join(HEADS)} |", "| --- | --- | --- | --- | --- | --- |"]
    for profile in profiles:
        name, word, *rest = _cells(profile, today)
        summary = state_of(profile, today).summary
        lines.append(f"| {name} | {word}{f': {summary}' if summary else ''} | {' | '.join(rest)} |")
    return "\n".join([*lines, "", f"As of {profiles[0].as_of}."]) + "\n"


def targets_value(profiles: Sequence[Profile], today: date) -> dict[str, Any]:
    """The targets as a JSON value; its version goes up when something is renamed or removed."""
    return {
        "version": 1,
        "today": today.isoformat(),
        "marks": dict(MARKS),
        "targets": [_value(profile, today) for profile in profiles],
    }


def _value(profile: Profile, today: date) -> dict[str, Any]:
    value = asdict(profile)
    for method in ("sft", "dpo"):
        value[method] = [{"shape": shape, "line": LINES[shape]} for shape in value[method]]
    return {**value, "state": state_of(profile, today).word}


def _cells(profile: Profile, today: date) -> tuple[str, ...]:
    return (
        profile.name,
        state_of(profile, today).word,
        ", ".join(profile.methods),
        rows_of(profile.limits),
        tokens_of(profile.limits),
        profile.sft[0],
    )


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(row, [*widths, 0], strict=True))


def rows_of(limits: Limits) -> str:
    """ "100 to 10,000", "10 or more", "-"."""
    least, most = limits.rows_min, limits.rows_max
    if least and most:
        return f"{least.value:,} to {short(most)}"
    if least:
        return f"{least.value:,} or more"
    return f"up to {short(most)}" if most else "-"


def tokens_of(limits: Limits) -> str:
    """ "65,536", "512 by default", "as set", "-"."""
    if limits.row_tokens is None:
        return "as set" if limits.tokens_setting else "-"
    return f"{limits.row_tokens.value:,}" + (" by default" if limits.tokens_setting else "")


def short(fact: Fact[int]) -> str:
    """ "3M", "20,000"."""
    millions, rest = divmod(fact.value, 1_000_000)
    return f"{millions}M" if millions and not rest else f"{fact.value:,}"
