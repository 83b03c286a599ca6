"""All that is known of one target, as text and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from palms_spec.render.cells import wrapped
from palms_spec.render.target_table import STYLES
from palms_spec.render.terminal import Output
from palms_spec.targets.fact import MARKS, Fact
from palms_spec.targets.lines import LINES
from palms_spec.targets.profile import Family, Profile
from palms_spec.targets.state import state_of

MOST_PROSE = 110


def write_target_page(profile: Profile, today: date, out: Output) -> None:
    """Write what is known of a target."""
    width, state = min(out.terminal.width, MOST_PROSE), state_of(profile, today)
    out.line((profile.name, "strong"), f": {profile.title}")
    out.line((state.word, STYLES[state.word]), *([f": {state.summary}"] if state.summary else []))
    for head, items in _sections(profile):
        out.line()
        out.line((head, "strong"))
        for item in items:
            first, *rest = wrapped(item, width - 4)
            out.line(f"  - {first}")
            for line in rest:
                out.line(f"    {line}")
    out.line()
    out.line((_closing(profile), "faint"))


def target_markdown(profile: Profile, today: date) -> str:
    """The same as Markdown."""
    state = state_of(profile, today)
    parts = [f"# {profile.name}", f"{profile.title}. State on {today}: {state.word}{_colon(state.summary)}."]
    for head, items in _sections(profile):
        parts += [f"## {head}", "\n".join(f"- {_escaped(item)}" for item in items)]
    return "\n\n".join([*parts, _closing(profile)]) + "\n"


def _colon(text: str) -> str:
    return f": {text}" if text else ""


def _escaped(item: str) -> str:
    """An item with its markers and lines shown as code."""
    name, colon, rest = item.partition(": {")
    return f"{name}: `{{{rest}`" if colon else item.replace("<", "&lt;")


def _closing(profile: Profile) -> str:
    return f"As of {profile.as_of}. " + "; ".join(f"{mark}: {words}" for mark, words in MARKS.items()) + "."


def _sections(profile: Profile) -> Iterator[tuple[str, list[str]]]:
    if profile.closing:
        closing = profile.closing
        yield "Dates", [f"{event.on}: {event.what} [{event.mark}]" for event in closing.events] or [closing.summary]
    for method in profile.methods:
        yield f"Lines for {method}", [f"{shape}: {LINES[shape]}" for shape in profile.shapes(method)]
    if limits := list(_limits(profile)):
        yield "Limits", limits
    if rules := list(_rules(profile)):
        yield "Rules", rules
    if profile.notes:
        yield "Good to know", [f"{note.value} [{note.mark}]" for note in profile.notes]
    yield "Upload", [profile.upload]


def _limits(profile: Profile) -> Iterator[str]:
    limits = profile.limits
    for fact, words in (
        (limits.rows_min, "rows to train on, at least"),
        (limits.rows_max, "rows a file, at most"),
    ):
        if fact:
            yield f"{fact.value:,} {words} {_source(fact)}"
    if limits.file_bytes:
        yield f"{limits.file_bytes.value / 1e6:,.0f} MB a file {_source(limits.file_bytes)}"
    over = "" if limits.overflow == "not said" else f"; over it: {limits.overflow}"
    if limits.row_tokens:
        setting = f", the default of {limits.tokens_setting}" if limits.tokens_setting else ""
        yield f"{limits.row_tokens.value:,} tokens a row{setting}{over} {_source(limits.row_tokens)}"
    elif limits.tokens_setting:
        yield f"tokens a row: as {limits.tokens_setting} says{over}"
    yield from (f"{family.name}: {_family(family)}" for family in profile.families)


def _family(family: Family) -> str:
    parts = [f"{family.row_tokens.value:,} tokens a row {_source(family.row_tokens)}"] if family.row_tokens else []
    parts += [f"lines of the shape {family.shape}"] if family.shape else []
    return ", ".join([*parts, *([family.note] if family.note else [])])


def _rules(profile: Profile) -> Iterator[str]:
    orders = {
        "answer-last": "the last message is the assistant's",
        "strict": "user and assistant take turns; the user begins, the assistant has the last word",
    }
    if profile.turns in orders:
        yield orders[profile.turns]
    if profile.system_first:
        yield "a system message comes first"
    if not profile.tools:
        yield "samples with tools are refused"
    if profile.markers:
        yield f"no text holds one of {' '.join(profile.markers)}"
    for name in profile.all_or_none:
        yield f"{name} stands in all rows or in none"


def _source(fact: Fact[int]) -> str:
    return f"[{fact.mark}: {fact.source}]" if fact.source else f"[{fact.mark}]"
