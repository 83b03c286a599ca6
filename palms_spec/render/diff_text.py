"""A comparison for people at a terminal: what changed, document by document, what it makes stale, what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.comparison.telling import counted
from palms_spec.comparison.wording import AROUND, word_pieces
from palms_spec.engine.difference import Difference, Said, Seen
from palms_spec.findings import Place
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
    of_approval,
    of_document,
    of_nothing_shown,
    tally_told,
    version_told,
    weight_of,
)
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output, Part
from palms_spec.render.view import View
from palms_spec.render.wrapping import wrapped_parts

NAMED = 5
MOST_PROSE = 120
_INDENT = "      "


def render_diff(diff: Difference, out: Output, view: View, *, only_breaking: bool = False) -> None:
    """Write a comparison. With `only_breaking` what makes it fail, and nothing else."""
    _Text(diff, out, view, only_breaking).write()


class _Text:
    def __init__(self, diff: Difference, out: Output, view: View, only_breaking: bool) -> None:
        self._diff = diff
        self._out = out
        self._name = view.namer()
        self._most = None if view.limit is None else NAMED
        self._room = view.limit
        self._only_breaking = only_breaking
        self._said = by_change(diff.said)
        self._width = min(out.terminal.width, MOST_PROSE)

    def write(self) -> None:
        self._line([("Compared: ", "faint"), visible(self._diff.base), (" with ", "faint"), visible(self._diff.head)])
        hidden = 0
        for kind, name, seen in grouped(self._diff.seen):
            hidden += self._document(kind, name, [one for one in seen if not self._only_breaking or self._fails(one)])
        others = [one for one in of_nothing_shown(self._diff) if self._wanted([one])]
        if others:
            self._out.line()
            for one in others:
                self._finding(one, with_place=True)
        if not self._only_breaking:
            hidden += self._coverage()
        if hidden:
            self._out.line()
            self._out.line((f"… and {hidden:,} more, shown with --all", "strong"))
        self._out.line()
        self._closing()

    def _wanted(self, said: Iterable[Said]) -> bool:
        return not self._only_breaking or fails(said, self._diff.settings.fail_on)

    def _fails(self, seen: Seen) -> bool:
        return makes_fail(self._diff, seen, self._said.get(seen.change, ()))

    def _document(self, kind: str, name: str, seen: list[Seen]) -> int:
        """Write a document with its changes, those that fail first where there are too many; how many are left out."""
        document = document_of(self._diff, kind, name)
        said = [one for one in of_document(self._diff, document) if self._wanted([one])]
        if not seen and not said:
            return 0
        head: list[Part] = [(visible(name), "strong"), f" {kind}"]
        if document is not None and document.versions[0]:
            version, wanting = version_told(document)
            head.append(f" {version}")
            if wanting:
                head += [", ", (wanting, "error")]
        self._out.line()
        self._line(head, indent="  ")
        shown = self._shown(seen)
        for one in shown:
            self._change(one, self._said.get(one.change, []))
        for finding in said:
            self._finding(finding)
        return len(seen) - len(shown)

    def _shown(self, seen: list[Seen]) -> list[Seen]:
        if self._room is None:
            return seen
        if len(seen) > self._room:
            kept = {id(one) for one in sorted(seen, key=lambda one: not self._fails(one))[: self._room]}
            seen = [one for one in seen if id(one) in kept]
        self._room -= len(seen)
        return seen

    def _change(self, seen: Seen, said: list[Said]) -> None:
        change, accepted = seen.change, acceptance_of(seen, said)
        mark: Part = ("  ✓ ", "good") if accepted else ("  ● ", weight_of(self._diff, seen, said) or "faint")
        line: list[Part] = [(change.kind, "strong"), " ", visible(change.item), " ", (change.fingerprint, "faint")]
        self._line(line, mark=mark, indent=_INDENT)
        for parts in _difference(seen, self._diff.texts(change), whole=self._most is None):
            self._below(parts)
        if seen.head is not None:
            self._out.line((_INDENT + self._at(seen.head), "faint"))
        if seen.base is not None:
            self._out.line((f"{_INDENT}{self._at(seen.base)} in {visible(self._diff.base)}", "faint"))
        for noun, ids in seen.stale.counts:
            shown, more = named(ids, self._most)
            self._below([f"stale: {counted(len(ids), noun)}: {', '.join(map(visible, shown))}{_more(more)}"])
        for one in said:
            if one.finding.rule != change.kind:
                self._below([(one.finding.rule, "strong"), ": ", visible(_told(one))])
        if accepted:
            self._below([("accepted: ", "good"), visible(accepted)])
        elif seen.approved is not None and seen.approved.objection:
            self._below([("an approval does not count: ", "warning"), visible(seen.approved.objection)])

    def _finding(self, said: Said, *, with_place: bool = False) -> None:
        finding = said.finding
        mark: Part = ("  ✓ ", "good") if said.acceptance else ("  ● ", finding.severity)
        self._line([(finding.rule, "strong"), " ", visible(_told(said))], mark=mark, indent=_INDENT)
        if with_place:
            self._out.line((_INDENT + self._at(finding.place), "faint"))
        if said.acceptance:
            self._below([("accepted: ", "good"), visible(said.acceptance.reason)])

    def _coverage(self) -> int:
        if not self._diff.coverage:
            return 0
        shown = self._diff.coverage if self._room is None else self._diff.coverage[: max(self._room, NAMED)]
        self._out.line()
        self._out.line(("Samples a position", "strong"))
        for one in shown:
            after: Part = (f"{one.after}", "error") if one.after == 0 else f"{one.after}"
            self._out.line(f"  {visible(one.position)}  {one.before} → ", after)
        return len(self._diff.coverage) - len(shown)

    def _closing(self) -> None:
        diff = self._diff
        for rule, reason in diff.not_evaluated:
            self._line([("not evaluated", "warning"), f": {visible(rule)}: {visible(reason)}"], indent="  ")
        if not diff.compared:
            self._out.line("Nothing to compare: no specification, prompt set or dataset in either version.")
        elif not diff.seen and not diff.said:
            self._out.line(("Nothing changed in meaning or wording.", "good"))
        else:
            self._line([f"{counted(len(diff.seen), 'change')}: {tally_told(diff)}."])
        wanting = of_approval(diff, diff.said)
        approvers = diff.approvers_of(wanting.change) if wanting is not None else None
        if wanting is not None and approvers is not None:
            owners = ", ".join(map(visible, approvers.owners)) or "there are none in the base"
            self._line([f"An owner ({owners}) approves a change with:"])
            self._out.line(f'  palms approve {wanting.change.fingerprint} --reason "..."')

    def _line(self, parts: Iterable[Part], *, mark: Part = "", indent: str = "") -> None:
        """A line, or several, of a terminal's width, behind a mark."""
        lead = mark if isinstance(mark, str) else mark[0]
        for number, line in enumerate(wrapped_parts(parts, self._width, first=" " * len(lead), indent=indent)):
            self._out.line(*([mark, *line[1:]] if number == 0 and lead else line))

    def _below(self, parts: Iterable[Part]) -> None:
        self._out_lines(wrapped_parts(parts, self._width, first=_INDENT, indent=_INDENT + "  "))

    def _out_lines(self, lines: Iterable[list[Part]]) -> None:
        for line in lines:
            self._out.line(*line)

    def _at(self, place: Place) -> str:
        return f"{self._name(place.path)}:{place.span.line}:{place.span.column}"


def _difference(seen: Seen, texts: tuple[str, str], *, whole: bool) -> Iterator[list[Part]]:
    change = seen.change
    before, after = change.base, change.head
    if any(texts):
        yield _words(*texts, whole=whole)
    elif before is None or after is None or change.field in HASHED:
        return
    elif change.field in WORDED:
        yield _words(before.text, after.text, whole=whole)
    elif before.text or after.text:
        was, now = (visible(text.replace("\n", ", ")) or "nothing" for text in (before.text, after.text))
        yield [f"{change.field or 'category'}: ", (was, "error"), " → ", (now, "good")]


def _words(before: str, after: str, *, whole: bool) -> list[Part]:
    """Two texts as one, with what went and came marked. Of what stayed, only the words near by are shown, unless it is
    the `whole` text that is asked for."""
    parts: list[Part] = []
    for piece in word_pieces(before, after, around=None if whole else AROUND):
        text = visible(piece.text)
        if piece.fate == "kept":
            parts.append(f" {text} ")
        elif text:
            shown = f"[-{text}-]" if piece.fate == "removed" else f"{{+{text}+}}"
            parts += [" ", (shown, "error" if piece.fate == "removed" else "good"), " "]
    return parts


def _told(said: Said) -> str:
    return f"{said.finding.message}; {said.finding.hint}" if said.finding.hint else said.finding.message


def _more(count: int) -> str:
    return f" and {count:,} more" if count else ""
