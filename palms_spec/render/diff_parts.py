"""What all forms of a comparison share: how changes are grouped, and how grave what is said of them is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from palms_spec.comparison.change import Change
from palms_spec.comparison.facts import ComparisonFacts
from palms_spec.comparison.telling import counted
from palms_spec.comparison.versioning import STEPS, next_version
from palms_spec.engine.difference import OF_DOCUMENT, Difference, Said, Seen
from palms_spec.findings import SEVERITIES, SEVERITY_RANK, Severity

WORDED = frozenset(("subject", "statement", "rationale", "wording", "name", "title", "context", "metadata"))
"""Fields whose values are prose: a change of one is shown word by word."""
HASHED = frozenset(("turns",))
"""Fields of which only a hash is known."""
WITHOUT_REASON = "by an exception in the base, without a reason"
JUDGED_TOGETHER = {"sample-dropped": "samples-dropped", "sample-added": "samples-added"}
"""Kinds of changes of which there may be many, by the rule that reports them all at once."""


def grouped(seen: Iterable[Seen]) -> Iterator[tuple[str, str, list[Seen]]]:
    """The changes by the sort and the id of their document."""
    groups: dict[tuple[str, str], list[Seen]] = {}
    for one in seen:
        kind = OF_DOCUMENT.get(one.change.thing, one.change.thing)
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


def severity_of(said: Iterable[Said]) -> Severity | None:
    """The highest severity among what is not accepted; None where there is nothing."""
    open_ = (one.finding.severity for one in said if one.acceptance is None)
    return max(open_, key=lambda severity: SEVERITY_RANK[severity], default=None)


def fails(said: Iterable[Said], fail_on: Severity) -> bool:
    """Whether something is said that makes the comparison fail."""
    severity = severity_of(said)
    return severity is not None and SEVERITY_RANK[severity] >= SEVERITY_RANK[fail_on]


def acceptance_of(seen: Seen, said: Collection[Said]) -> str:
    """Why a change is accepted, with all that is said of it; "" if it is not."""
    if seen.approved is not None and not seen.approved.objection:
        return f"{seen.approved.approval.reason} ({seen.approved.approval.by})"
    acceptances = [one.acceptance for one in said]
    return next((one.reason or WITHOUT_REASON for one in acceptances if one), "") if all(acceptances) else ""


def weight_of(diff: Difference, seen: Seen, said: Iterable[Said]) -> Severity | None:
    """The highest severity among what is said of a change, alone or together with others of its kind."""
    together = JUDGED_TOGETHER.get(seen.change.kind)
    if together is None:
        return severity_of(said)
    document = document_of(diff, OF_DOCUMENT[seen.change.thing], seen.change.document)
    return severity_of(one for one in of_document(diff, document) if one.finding.rule == together)


def makes_fail(diff: Difference, seen: Seen, said: Iterable[Said]) -> bool:
    """Whether a change makes the comparison fail, alone or together with others of its kind."""
    weight = weight_of(diff, seen, said)
    accepted = seen.approved is not None and not seen.approved.objection
    return weight is not None and not accepted and SEVERITY_RANK[weight] >= SEVERITY_RANK[diff.settings.fail_on]


def document_of(diff: Difference, kind: str, name: str) -> ComparisonFacts | None:
    """What is known of a document that is in both versions."""
    return next((one for one in diff.documents if (one.kind, one.name) == (kind, name)), None)


def of_document(diff: Difference, document: ComparisonFacts | None) -> list[Said]:
    """What is said of a document as a whole."""
    if document is None:
        return []
    return [one for one in diff.said if one.change is None and one.document == (document.kind, document.name)]


def of_nothing_shown(diff: Difference) -> list[Said]:
    """What is said neither of a change nor of a document with changes: of records, and of what cannot be read."""
    paths = {one.path for one in diff.documents}
    return [one for one in diff.said if one.change is None and one.finding.path not in paths]


def version_told(document: ComparisonFacts) -> tuple[str, str]:
    """The versions of a specification, and what its changes ask for where that was not done, else ""."""
    was, now = document.versions
    told = was if was == now else f"{was} → {now}"
    if STEPS.index(document.made) >= STEPS.index(document.needed):
        return told, ""
    return told, f"the changes ask for a {document.needed} step, to {next_version(was, document.needed)}"


def tally_told(diff: Difference) -> str:
    """How much was found, in words."""
    tally = diff.outcome.tally
    found = [counted(tally.severities[one], one) for one in reversed(SEVERITIES) if tally.severities[one]]
    accepted = f", {tally.accepted.total():,} accepted" if tally.accepted.total() else ""
    return (", ".join(found) or "nothing to object") + accepted


def named(names: Sequence[str], most: int | None) -> tuple[list[str], int]:
    """The first names, and how many more there are."""
    shown = list(names) if most is None else list(names[:most])
    return shown, len(names) - len(shown)


def of_approval(diff: Difference, said: Iterable[Said]) -> Seen | None:
    """The first change that somebody has to approve."""
    wanting = {one.change for one in said if one.change and one.acceptance is None and one.finding.severity == "error"}
    return next((one for one in diff.seen if one.change in wanting), None)
