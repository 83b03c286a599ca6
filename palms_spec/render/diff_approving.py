"""What an owner needs to approve changes from a comment: the lines of the record, ready to be filled in, and where they
go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from palms_spec.comparison.telling import counted
from palms_spec.engine.difference import Approvers, Difference, Seen
from palms_spec.render.diff_parts import by_change, makes_fail
from palms_spec.render.escaping import json_text
from palms_spec.render.links import Site
from palms_spec.render.markdown_text import code

MOST_LINES = 50


def wanting_approval(diff: Difference, seen: Sequence[Seen]) -> list[Seen]:
    """The changes that make the comparison fail and that an owner can approve."""
    said = by_change(diff.said)
    return [
        one
        for one in seen
        if diff.approvers_of(one.change) is not None and makes_fail(diff, one, said.get(one.change, ()))
    ]


def approval_parts(diff: Difference, seen: Sequence[Seen], today: str, site: Site | None) -> Iterator[list[str]]:
    """A folded part for each specification whose owners are asked."""
    wanting: dict[str, tuple[Approvers, list[Seen]]] = {}
    for one in wanting_approval(diff, seen):
        approvers = diff.approvers_of(one.change)
        if approvers is not None:
            wanting.setdefault(approvers.path, (approvers, []))[1].append(one)
    for path, (approvers, changes) in wanting.items():
        lines = [_line(one, approvers, today) for one in changes[:MOST_LINES]]
        where = code(path)
        if site is not None:
            address = site.edit(path) if approvers.exists else site.create(path, "\n".join(lines) + "\n")
            where = f"[{where}]({address})"
        owners = ", ".join(map(code, approvers.owners)) or "nobody: the base names no owner"
        yield [
            "",
            f"<details><summary>Approve {counted(len(changes), 'change')}</summary>",
            "",
            f"An owner in the base version who did not make the change ({owners}) adds lines to {where}, with a reason"
            + (" and a name in each:" if len(approvers.owners) != 1 else " in each:"),
            "",
            "```json",
            *lines,
            "```",
            "",
            *_more(len(changes) - len(lines)),
            f'In a checkout, `palms approve {changes[0].change.fingerprint} --reason "..."` writes the first of them.',
            "",
            "</details>",
        ]


def _line(seen: Seen, approvers: Approvers, today: str) -> str:
    """A line of the record that lacks its reason; without it the line counts for nothing."""
    return json_text(
        {
            "fingerprint": seen.change.fingerprint,
            "change": seen.change.kind,
            "reason": "",
            "by": approvers.owners[0] if len(approvers.owners) == 1 else "",
            "at": f"{today}T00:00:00Z",
            "spec_version": approvers.version,
        }
    )


def _more(count: int) -> list[str]:
    return (
        [f"… and {counted(count, 'more change')}; `palms diff --output-format json` lists all fingerprints.", ""]
        if count > 0
        else []
    )
