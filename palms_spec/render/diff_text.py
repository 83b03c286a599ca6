"""A comparison for people at a terminal: what changed, document by document, what it makes stale, what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palms_spec.comparison.change import Change
from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.telling import counted
from palms_spec.comparison.versioning import STEPS, next_version
from palms_spec.comparison.wording import word_pieces
from palms_spec.findings import Severity
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output, Part
from palms_spec.render.view import View
from palms_spec.workflows.diff import Diff, Said, Seen

WORDED = frozenset(("subject", "statement", "rationale", "wording", "name", "title", "context"))
"""Fields whose values are prose: a change of one is shown word by word."""
NAMED = 5


def render_diff(diff: Diff, out: Output, view: View, *, only_breaking: bool = False) -> None:
    """Write a comparison. With `only_breaking` what is found to fail the run, and nothing else."""
    out.line(("Compared: ", "faint"), visible(diff.base), (" with ", "faint"), visible(diff.head))
    paths = view.namer()
    said = by_change(diff.said)
    for kind, name, seen in grouped(diff.seen):
        shown = [one for one in seen if not only_breaking or severity_of(said.get(one.change, ())) != "note"]
        if not shown:
            continue
        out.line()
        out.line((visible(name), "strong"), f"  {kind}", *_version(diff.documents, kind, name))
        for one in shown:
            _write_change(one, said.get(one.change, ()), out, paths)
        path = next((one.path for one in diff.documents if (one.kind, one.name) == (kind, name)), "")
        for finding in (one for one in diff.said if one.change is None and one.finding.path == path):
            if finding.finding.severity != "note" or not only_breaking:
                _write_finding(finding, out)
    _write_rest(diff, out, only_breaking)


def grouped(seen: Iterable[Seen]) -> Iterator[tuple[str, str, list[Seen]]]:
    """The changes by the kind and the id of their document."""
    groups: dict[tuple[str, str], list[Seen]] = {}
    kinds = {"category": "spec", "position": "spec", "prompt": "prompt-set", "sample": "dataset"}
    for one in seen:
        kind = kinds.get(one.change.thing, one.change.thing)
        groups.setdefault((kind, one.change.document), []).append(one)
    for (kind, name), members in groups.items():
        yield kind, name, members


def by_change(said: Iterable[Said]) -> dict[Change, list[Said]]:
    """What is said of each change."""
    found: dict[Change, list[Said]] = {}
    for one in said:
        if one.change is not None:
            found.setdefault(one.change, []).append(one)
    return found


def severity_of(said: Iterable[Said]) -> Severity:
    """The highest severity among what is not accepted."""
    order: tuple[Severity, ...] = ("note", "warning", "error")
    return max((one.finding.severity for one in said if one.acceptance is None), key=order.index, default="note")


def _version(documents: Iterable[ComparisonFacts], kind: str, name: str) -> Iterator[Part]:
    for one in documents:
        if (one.kind, one.name) == (kind, name) and one.kind == "spec":
            was, now = one.versions
            yield f"  {was}" if was == now else f"  {was} → {now}"
            if one.needed == "none":
                return
            fits = STEPS.index(one.made) >= STEPS.index(one.needed)
            text = f"  the changes ask for a {one.needed} step"
            yield (text, "faint") if fits else (f"{text}: {next_version(was, one.needed)}", "error")


def _write_change(seen: Seen, said: Iterable[Said], out: Output, paths: object) -> None:
    change = seen.change
    said = list(said)
    accepted = next((one.acceptance for one in said if one.acceptance is not None), None)
    style: Severity = severity_of(said)
    mark: Part = ("  ✓ ", "good") if accepted is not None else ("  ● ", style if said else "faint")
    out.line(mark, (change.kind, "strong"), "  ", visible(change.item), ("  " + change.fingerprint, "faint"))
    for line in _difference(change):
        out.line("      ", *line)
    if place := next((one.finding.place for one in said), None):
        out.line(("      " + f"{place.path}:{place.span.line}:{place.span.column}", "faint"))
    for text in _consequences(seen):
        out.line("      ", text)
    if accepted is not None:
        out.line(("      accepted: ", "good"), visible(accepted.reason))
    elif seen.approved is not None:
        out.line(("      an approval does not count: ", "warning"), visible(seen.approved.objection))


def _difference(change: Change) -> Iterator[list[Part]]:
    before, after = change.base, change.head
    if before is None or after is None or change.field == "turns":
        return
    if change.field in WORDED:
        parts: list[Part] = []
        for piece in word_pieces(before.text, after.text):
            text = visible(piece.text)
            if piece.fate == "kept":
                parts.append(text + " ")
            elif piece.fate == "removed":
                parts += [(f"[-{text}-]", "error"), " "]
            else:
                parts += [(f"{{+{text}+}}", "good"), " "]
        yield parts
        return
    was, now = (visible(text.replace("\n", ", ")) or "nothing" for text in (before.text, after.text))
    if before.text or after.text:
        yield [f"{change.field or 'category'}: ", (was, "error"), " → ", (now, "good")]


def _consequences(seen: Seen) -> Iterator[str]:
    for noun, ids in (("sample", seen.stale.samples), ("prompt", seen.stale.prompts)):
        if ids:
            shown = ", ".join(map(visible, ids[:NAMED])) + (
                f" and {len(ids) - NAMED:,} more" if len(ids) > NAMED else ""
            )
            yield f"stale: {counted(len(ids), noun)}: {shown}"


def _write_finding(said: Said, out: Output) -> None:
    finding = said.finding
    mark: Part = ("  ✓ ", "good") if said.acceptance is not None else ("  ● ", finding.severity)
    hint = f"; {finding.hint}" if finding.hint else ""
    out.line(mark, (finding.rule, "strong"), "  ", visible(finding.message), visible(hint))


def _write_rest(diff: Diff, out: Output, only_breaking: bool) -> None:
    paths = {one.path for one in diff.documents}
    rest = [one for one in diff.said if one.change is None and one.finding.path not in paths]
    for one in rest:
        _write_finding(one, out)
    if diff.coverage and not only_breaking:
        out.line()
        out.line(("Samples a position", "strong"))
        for covered in diff.coverage:
            style: Severity = "error" if covered.after == 0 else "note"
            out.line(f"  {visible(covered.position)}  {covered.before} → ", (str(covered.after), style))
    for path in diff.unread:
        out.line(("not compared: ", "warning"), visible(path), " cannot be read to its end")
    out.line()
    _write_closing(diff, out)


def _write_closing(diff: Diff, out: Output) -> None:
    tally = diff.outcome.tally
    if not diff.seen:
        out.line(("Nothing changed in meaning or wording.", "good"))
        return
    found = [counted(tally.severities[one], one) for one in ("error", "warning", "note") if tally.severities[one]]
    accepted = f"; {tally.accepted.total()} accepted" if tally.accepted.total() else ""
    out.line(f"{counted(len(diff.seen), 'change')}: " + (", ".join(found) or "nothing to object") + accepted + ".")
    open_changes = [
        one
        for one in diff.said
        if one.change is not None and one.acceptance is None and one.finding.severity == "error"
    ]
    if open_changes:
        first = open_changes[0].change
        assert first is not None, "chosen by having one"
        out.line(f'An owner approves a change with: palms approve {first.fingerprint} --reason "..."')
