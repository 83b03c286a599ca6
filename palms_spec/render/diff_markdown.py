"""A comparison in Markdown: for a comment on a pull request, the summary of a job, or a changelog.

The verdict comes first, in two lines, then a table; word diffs and what is stale are folded. Nothing of what is quoted
is parsed as Markdown (`markdown_text`). It is cut where a comment would be refused for its length, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from palms_spec.comparison.change import Change
from palms_spec.comparison.telling import counted
from palms_spec.comparison.versioning import STEPS, next_version
from palms_spec.comparison.wording import word_pieces
from palms_spec.render.diff_text import WORDED, by_change, grouped, severity_of
from palms_spec.render.markdown import COMMENT_BYTES, RESERVED_BYTES
from palms_spec.render.markdown_text import code, inline
from palms_spec.render.terminal import Output
from palms_spec.workflows.diff import Diff, Said, Seen

SIGNS = {"error": "🛑", "warning": "⚠️", "note": "·"}
MOST_NAMED = 20


def render_diff_markdown(diff: Diff, out: Output, *, view: Literal["full", "changelog", "breaking"] = "full") -> None:
    """Write a comparison in Markdown."""
    parts = _changelog(diff) if view == "changelog" else _comment(diff, only_breaking=view == "breaking")
    room = COMMENT_BYTES - RESERVED_BYTES
    left_out = 0
    for part in parts:
        size = sum(len(line.encode("utf-8", "replace")) + 1 for line in part)
        if size > room or left_out:
            left_out += 1
            continue
        room -= size
        for line in part:
            out.line(line)
    if left_out:
        out.line()
        out.line(f"… and {counted(left_out, 'more part')}, shown by `palms diff`")


def _comment(diff: Diff, *, only_breaking: bool) -> Iterator[list[str]]:
    yield list(_verdict(diff))
    said = by_change(diff.said)
    rows = [one for one in diff.seen if not only_breaking or severity_of(said.get(one.change, ())) != "note"]
    if rows:
        yield ["", "| | change | where | stale |", "| --- | --- | --- | --- |"]
        for one in rows:
            yield [_row(one, said.get(one.change, []))]
    others = [one for one in diff.said if one.change is None and (one.finding.severity != "note" or not only_breaking)]
    if others:
        yield ["", *(f"- {_sign(one)} `{one.finding.rule}` {inline(_told(one))}" for one in others)]
    for one in rows:
        yield from _details(one, said.get(one.change, []))
    if diff.coverage and not only_breaking:
        lines = [f"- {code(one.position)}: {one.before} → **{one.after}**" for one in diff.coverage]
        yield ["", "<details><summary>Samples a position</summary>", "", *lines, "", "</details>"]


def _verdict(diff: Diff) -> Iterator[str]:
    tally = diff.outcome.tally
    if not diff.seen:
        yield f"**palms diff:** nothing changed in meaning or wording since {code(diff.base)}."
        return
    found = [counted(tally.severities[one], one) for one in ("error", "warning", "note") if tally.severities[one]]
    accepted = f", {tally.accepted.total()} accepted" if tally.accepted.total() else ""
    judged = (", ".join(found) or "nothing to object") + accepted
    yield f"**palms diff:** {counted(len(diff.seen), 'change')} since {code(diff.base)}: {judged}."
    for one in diff.documents:
        if one.kind == "spec" and one.needed != "none":
            was, now = one.versions
            fits = STEPS.index(one.made) >= STEPS.index(one.needed)
            version = was if was == now else f"{was} → {now}"
            asked = "which fits" if fits else f"**and should be {next_version(was, one.needed)}**"
            yield f"{code(one.name)} is {version}, {asked}: the changes ask for a {one.needed} step."


def _row(seen: Seen, said: list[Said]) -> str:
    change = seen.change
    accepted = any(one.acceptance is not None for one in said)
    sign = "✅" if accepted else SIGNS[severity_of(said)] if said else ""
    stale = len(seen.stale.samples), len(seen.stale.prompts)
    told = ", ".join(counted(count, noun) for count, noun in zip(stale, ("sample", "prompt"), strict=True) if count)
    return f"| {sign} | {change.kind} | {code(change.item, cell=True)} | {told} |"


def _sign(said: Said) -> str:
    return "✅" if said.acceptance is not None else SIGNS[said.finding.severity]


def _told(said: Said) -> str:
    return f"{said.finding.message}; {said.finding.hint}" if said.finding.hint else said.finding.message


def _details(seen: Seen, said: list[Said]) -> Iterator[list[str]]:
    change = seen.change
    lines: list[str] = []
    if difference := _difference(change):
        lines += [difference, ""]
    for noun, ids in (("sample", seen.stale.samples), ("prompt", seen.stale.prompts)):
        if ids:
            more = f" and {len(ids) - MOST_NAMED:,} more" if len(ids) > MOST_NAMED else ""
            named = ", ".join(code(one) for one in ids[:MOST_NAMED])
            lines += [f"Stale: {counted(len(ids), noun)}: {named}{more}", ""]
    accepted = next((one.acceptance for one in said if one.acceptance is not None), None)
    if accepted is not None:
        lines += [f"Accepted: {inline(accepted.reason)}", ""]
    elif seen.approved is not None:
        lines += [f"An approval does not count: {inline(seen.approved.objection)}", ""]
    if accepted is None and any(one.finding.severity == "error" for one in said):
        command = f'palms approve {change.fingerprint} --reason "..."'
        lines += ["An owner approves it with", "", "```sh", command, "```", ""]
    if lines:
        summary = f"<details><summary>{change.kind} <code>{_plain(change.item)}</code></summary>"
        yield ["", summary, "", *lines, "</details>"]


def _difference(change: Change) -> str:
    before, after = change.base, change.head
    if before is None or after is None or change.field == "turns":
        return ""
    if change.field not in WORDED:
        was, now = (inline(text.replace("\n", ", ")) or "nothing" for text in (before.text, after.text))
        return f"{change.field or 'category'}: ~~{was}~~ → **{now}**"
    shown = {"kept": "{}", "removed": "~~{}~~", "added": "**{}**"}
    return "> " + " ".join(
        shown[piece.fate].format(inline(piece.text)) for piece in word_pieces(before.text, after.text) if piece.text
    )


def _plain(text: str) -> str:
    """An id for HTML: ids hold letters, digits and a few marks; anything else is left out."""
    return "".join(character for character in text if character.isalnum() or character in "._-/:+")


def _changelog(diff: Diff) -> Iterator[list[str]]:
    """For readers of the documents: what is new, what is different, what is gone."""
    for kind, name, seen in grouped(diff.seen):
        versions = next((one.versions for one in diff.documents if (one.kind, one.name) == (kind, name)), ("", ""))
        version = f" {versions[1]}" if versions[1] else ""
        yield [f"## {inline(name)}{version}", ""]
        for one in seen:
            change = one.change
            difference = _difference(change)
            line = f"- **{change.kind.replace('-', ' ')}** {code(change.item)}"
            yield [f"{line}: {difference.removeprefix('> ')}" if difference else line]
        yield [""]
    if not diff.seen:
        yield [f"Nothing changed in meaning or wording since {code(diff.base)}."]
