"""Findings and suppressions brought together, both in order of path and place, so that neither is held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from palms_spec.facts.suppression import has_expired
from palms_spec.findings import Finding, Suppression


@dataclass(slots=True)
class _Open:
    suppression: Suppression
    used: bool = False


class Suppressing:
    """Asked about findings in order, says which suppression covers each: of several, the one that begins last.

    `names` maps what people call rules to their names. `done` is told of every suppression, once nothing that follows
    can be covered by it, and whether it was used.
    """

    def __init__(
        self,
        suppressions: Iterator[Suppression],
        names: Mapping[str, str],
        today: str,
        done: Callable[[Suppression, bool], None] | None = None,
    ) -> None:
        self._waiting = suppressions
        self._next = next(suppressions, None)
        self._names = names
        self._today = today
        self._done = done
        self._path = ""
        self._open: dict[str, list[_Open]] = {}

    def covering(self, finding: Finding) -> Suppression | None:
        """The suppression that covers a finding, if one does."""
        path, offset = finding.place.path, finding.place.span.offset
        while self._next is not None and (self._next.place.path, self._next.start) <= (path, offset):
            self._take(self._next)
            self._next = next(self._waiting, None)
        if path != self._path:
            self._close()
        stack = self._open.get(finding.rule)
        while stack:
            if stack[-1].suppression.end > offset:
                stack[-1].used = True
                return stack[-1].suppression
            self._tell(stack.pop())
        return None

    def finish(self) -> None:
        """There are no more findings."""
        self._close()
        while self._next is not None:
            self._tell(_Open(self._next))
            self._next = next(self._waiting, None)

    def _take(self, suppression: Suppression) -> None:
        if suppression.place.path != self._path:
            self._close()
            self._path = suppression.place.path
        name = self._names.get(suppression.rule)
        if name is None or has_expired(suppression.until, self._today):
            self._tell(_Open(suppression))
        else:
            self._open.setdefault(name, []).append(_Open(suppression))

    def _close(self) -> None:
        for stack in self._open.values():
            for one in stack:
                self._tell(one)
        self._open.clear()

    def _tell(self, one: _Open) -> None:
        if self._done is not None:
            self._done(one.suppression, one.used)
