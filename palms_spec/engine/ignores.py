"""What palms.toml says about some files: rules that are off for them, and findings in them that are accepted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import glob_pattern
from palms_spec.engine.configuration import read_layers
from palms_spec.findings import START_OF_FILE, Finding, Place, Span, Suppression

KEY = "lint.ignores"
_RULE = re.compile(r"""\brule\s*=\s*(["'])(.*?)\1""")


@dataclass(frozen=True, slots=True)
class Ignored:
    """An entry of `lint.ignores`: its number from 0, the rule as it is written there, and what it covers: paths, and in
    these what a pointer leads to, "" for all."""

    number: int
    path: re.Pattern[str]
    pointer: str
    rule: str
    reason: str = ""
    until: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether a finding stands where the entry says."""
        return self.covers_at(finding.path, finding.place.pointer)

    def covers_at(self, path: str, pointer: str) -> bool:
        """Whether the entry says so of a pointer in a file."""
        below = not self.pointer or pointer == self.pointer or pointer.startswith(self.pointer + "/")
        return below and self.path.fullmatch(path) is not None


def ignored(entries: Iterable[Mapping[str, Any]]) -> tuple[Ignored, ...]:
    """The entries of `lint.ignores`, which have the form that `keys` asks for."""
    found = []
    for number, entry in enumerate(entries):
        path, _, pointer = entry["path"].partition("#")
        rule, reason, until = entry["rule"], entry.get("reason", "").strip(), str(entry.get("until", ""))
        found.append(Ignored(number, glob_pattern(path), pointer.rstrip("/"), rule, reason, until))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FileRules:
    """An entry of `lint.per-file-ignores`: which files, and the names of the rules that are off for them."""

    path: re.Pattern[str]
    rules: frozenset[str]


def is_off(entries: Iterable[FileRules], rule: str, path: str) -> bool:
    """Whether a rule is off for a file."""
    return any(rule in entry.rules and entry.path.fullmatch(path) for entry in entries)


def as_suppression(entry: Ignored, configuration: Path | None, root: Path) -> Suppression:
    """An entry as what the file says, so that it can be pointed at: at the line in which its rule stands."""
    pointer = f"/lint/ignores/{entry.number}"
    for layer in read_layers(configuration) if configuration is not None else ():
        if KEY in layer.values:
            start = sum(map(len, layer.text.splitlines(keepends=True)[: max(layer.line_of(KEY) - 1, 0)]))
            rules = list(_RULE.finditer(layer.text, start))[entry.number : entry.number + 1]
            span, text = _line_at(layer.text, rules[0].start() if rules else start)
            is_there = bool(rules) and rules[0][2] == entry.rule
            rule_span = _span(layer.text, *rules[0].span(2)) if is_there else span
            place = Place(relative(layer.path, root), span, pointer)
            return Suppression(entry.rule, entry.reason, entry.until, place, text, rule_span)
    place = Place("palms.toml", START_OF_FILE, pointer)
    return Suppression(entry.rule, entry.reason, entry.until, place, "", START_OF_FILE)


def _line_at(text: str, at: int) -> tuple[Span, str]:
    """The place and the text of the line that an offset is in, without the blanks around it."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start:] if end == -1 else text[start:end]
    start += len(line) - len(line.lstrip())
    line = line.strip()
    return _span(text, start, start + len(line)), line[:200]


def _span(text: str, start: int, end: int) -> Span:
    """The span of a part of one line."""
    number, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    offset = len(text[:start].encode("utf-8"))
    return Span(number, column, number, column + end - start, offset, offset + len(text[start:end].encode("utf-8")))


def relative(path: Path, root: Path) -> str:
    """A path as findings have it."""
    return Path(os.path.relpath(path, root)).as_posix()
