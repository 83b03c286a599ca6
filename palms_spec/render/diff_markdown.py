"""A comparison in Markdown: for a comment on a pull request, the summary of a job, or a changelog.

The verdict comes first, in two lines, then a table; word diffs, what is stale and what to approve are folded. Nothing
of what is quoted is parsed as Markdown (`markdown_text`). It is cut where a comment would be refused for its length,
and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.telling import counted
from palms_spec.comparison.versioning import next_version
from palms_spec.comparison.wording import AROUND, word_pieces
from palms_spec.engine.difference import Difference, Said, Seen
from palms_spec.render.diff_approving import approval_parts, wanting_approval
from palms_spec.render.diff_parts import (
    HASHED,
    WORDED,
    acceptance_of,
    by_change,
    document_of,
    fails,
    grouped,
    makes_fail,
    named,
    of_document,
    tally_told,
    version_told,
    weight_of,
)
from palms_spec.render.links import Site, site_of
from palms_spec.render.markdown import COMMENT_BYTES, RESERVED_BYTES
from palms_spec.render.markdown_text import code, inline
from palms_spec.render.terminal import Output
from palms_spec.render.view import View, checkout_folder

SIGNS = {"error": "🛑", "warning": "⚠️", "note": "·"}
ACCEPTED = "✅"
MOST_ROWS = 100
MOST_NAMED = 20
Shown = Literal["full", "changelog", "breaking"]


def render_diff_markdown(
    diff: Difference, out: Output, view: View, *, today: str, shown: Shown = "full", room: int | None = COMMENT_BYTES
) -> None:
    """Write a comparison in Markdown, in at most `room` bytes unless the view has no limit."""
    if shown == "changelog":
        parts = _changelog(diff)
    else:
        prefix = view.paths_from(checkout_folder())("x")[:-1]
        parts = _Comment(diff, view, today, shown == "breaking", site_of(prefix)).parts()
    left, left_out = room - RESERVED_BYTES if room is not None and view.limit is not None else None, 0
    for part in parts:
        size = sum(len(line.encode("utf-8", "replace")) + 1 for line in part)
        if left is not None and size > left:
            left_out += 1
            continue
        left = left - size if left is not None else None
        for line in part:
            out.line(line)
    if left_out:
        out.line()
        out.line(f"… and {counted(left_out, 'more part')}, shown by `palms diff --all`")


class _Comment:
    def __init__(self, diff: Difference, view: View, today: str, only_breaking: bool, site: Site | None) -> None:
        self._diff = diff
        self._today = today
        self._site = site
        self._name = view.paths_from(checkout_folder())
        self._most = MOST_NAMED if view.limit is not None else None
        self._rows = MOST_ROWS if view.limit is not None else None
        self._said = by_change(diff.said)
        self._seen = [one for one in diff.seen if not only_breaking or self._fails(one)]
        self._only_breaking = only_breaking

    def parts(self) -> Iterator[list[str]]:
        """Blocks that are written whole or not at all."""
        yield list(self._verdict())
        yield from self._not_known()
        order = sorted(self._seen, key=lambda one: not self._fails(one))
        shown = {one.change for one in order[: self._rows]}
        rows = [one for one in self._seen if one.change in shown]
        if rows:
            table = [
                "",
                "| | change | what | where | stale |",
                "| --- | --- | --- | --- | --- |",
                *map(self._row, rows),
            ]
            if more := len(self._seen) - len(rows):
                table += ["", f"… and {counted(more, 'more change')}, shown by `palms diff --all`"]
            yield table
        others = [one for one in self._diff.said if one.change is None]
        others = [one for one in others if not self._only_breaking or fails([one], self._diff.settings.fail_on)]
        if others:
            yield ["", *map(self._finding, others)]
        yield from approval_parts(self._diff, self._seen, self._today, self._site)
        for one in rows:
            yield from self._details(one)
        if self._diff.coverage and not self._only_breaking:
            lines = [f"- {code(one.position)}: {one.before} → **{one.after}**" for one in self._diff.coverage]
            yield ["", "<details><summary>Samples a position</summary>", "", *lines, "", "</details>"]

    def _fails(self, seen: Seen) -> bool:
        return makes_fail(self._diff, seen, self._said.get(seen.change, ()))

    def _verdict(self) -> Iterator[str]:
        diff, since = self._diff, code(self._diff.base)
        if not diff.compared:
            yield "**palms diff:** nothing to compare, no specification, prompt set or dataset in either version."
        elif not diff.seen and not diff.said:
            yield f"**palms diff:** nothing changed in meaning or wording since {since}."
        else:
            yield f"**palms diff:** {counted(len(diff.seen), 'change')} since {since}: {tally_told(diff)}.<br>"
            yield self._asked()

    def _asked(self) -> str:
        """What is to be done, in one line."""
        wanted = []
        for one in self._diff.documents:
            if any(said.finding.rule == "version-not-bumped" and not said.acceptance for said in self._of(one)):
                version = next_version(one.versions[0], one.needed)
                wanted.append(f"make {code(one.name)} **{version}**, for the changes ask for a {one.needed} step")
        if approving := wanting_approval(self._diff, self._seen):
            wanted.append(f"have an owner approve {counted(len(approving), 'change')}")
        if wanted:
            return f"To do: {'; '.join(wanted)}."
        if self._diff.outcome.exit_code:
            return "To do: see below."
        specs = [one for one in self._diff.documents if one.kind == "spec"]
        steps = ", ".join(f"{code(one.name)} is {version_told(one)[0]}" for one in specs)
        return f"Nothing is left to do: {steps}." if steps else "Nothing is left to do."

    def _of(self, document: ComparisonFacts) -> list[Said]:
        return of_document(self._diff, document)

    def _not_known(self) -> Iterator[list[str]]:
        if self._diff.not_evaluated:
            told = [f"- {inline(rule)}: {inline(reason)}" for rule, reason in self._diff.not_evaluated]
            yield ["", "Not evaluated:", "", *told]

    def _row(self, seen: Seen) -> str:
        change, said = seen.change, self._said.get(seen.change, [])
        severity = weight_of(self._diff, seen, said)
        sign = ACCEPTED if acceptance_of(seen, said) else SIGNS[severity] if severity else ""
        told = ", ".join(counted(len(ids), noun) for noun, ids in seen.stale.counts)
        return f"| {sign} | {change.kind} | {code(change.item, cell=True)} | {self._where(seen)} | {told} |"

    def _where(self, seen: Seen) -> str:
        place = seen.head or seen.base
        if place is None:
            return ""
        told = code(f"{self._name(place.path)}:{place.span.line}", cell=True)
        if seen.head is None:
            return f"{told} before"
        return f"[{told}]({self._site.line(place.path, place.span.line)})" if self._site else told

    def _finding(self, said: Said) -> str:
        finding = said.finding
        sign = ACCEPTED if said.acceptance else SIGNS[finding.severity]
        hint = f"; {inline(finding.hint)}" if finding.hint else ""
        accepted = f" (accepted: {inline(said.acceptance.reason)})" if said.acceptance else ""
        return f"- {sign} `{finding.rule}` {inline(finding.message)}{hint}{accepted}"

    def _details(self, seen: Seen) -> Iterator[list[str]]:
        change, said = seen.change, self._said.get(seen.change, [])
        lines: list[str] = []
        if difference := _difference(self._diff, seen):
            lines += [difference, ""]
        for one in said:
            if one.finding.rule != change.kind:
                lines += [self._finding(one), ""]
        for noun, ids in seen.stale.counts:
            shown, more = named(ids, self._most)
            told = ", ".join(code(one) for one in shown) + (f" and {more:,} more" if more else "")
            lines += [f"Stale: {counted(len(ids), noun)}: {told}", ""]
        if accepted := acceptance_of(seen, said):
            lines += [f"Accepted: {inline(accepted)}", ""]
        elif seen.approved is not None and seen.approved.objection:
            lines += [f"An approval does not count: {inline(seen.approved.objection)}", ""]
        if lines:
            summary = f"<details><summary>{change.kind} <code>{_plain(change.item)}</code></summary>"
            yield ["", summary, "", *lines, "</details>"]


def _difference(diff: Difference, seen: Seen) -> str:
    change = seen.change
    before, after = diff.texts(change)
    if before or after:
        return _words(before, after)
    if change.base is None or change.head is None or change.field in HASHED:
        return ""
    if change.field in WORDED:
        return _words(change.base.text, change.head.text)
    was, now = (inline(side.text.replace("\n", ", ")) or "nothing" for side in (change.base, change.head))
    return f"{change.field or 'category'}: ~~{was}~~ → **{now}**"


def _words(before: str, after: str) -> str:
    shown = {"kept": "{}", "removed": "~~{}~~", "added": "**{}**"}
    pieces = (piece for piece in word_pieces(before, after, around=AROUND) if piece.text)
    return "> " + " ".join(shown[piece.fate].format(inline(piece.text)) for piece in pieces)


def _plain(text: str) -> str:
    """An id for HTML: ids hold letters, digits and a few marks; anything else is left out."""
    return "".join(character for character in text if character.isalnum() or character in "._-/:+")


def _changelog(diff: Difference) -> Iterator[list[str]]:
    """For readers of the documents: what is new, what is different, what is gone."""
    for kind, name, seen in grouped(diff.seen):
        document = document_of(diff, kind, name)
        version = f" {document.versions[1]}" if document is not None and document.versions[1] else ""
        yield [f"## {inline(name)}{version}", ""]
        for one in seen:
            difference = _difference(diff, one)
            line = f"- **{one.change.kind.replace('-', ' ')}** {code(one.change.item)}"
            yield [f"{line}: {difference.removeprefix('> ')}" if difference else line]
        yield [""]
    if not diff.seen:
        yield [f"Nothing changed in meaning or wording since {code(diff.base)}."]
