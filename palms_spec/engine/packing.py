"""Findings as bytes: one JSON row a line, in order. Workers send them, the cache keeps them, long runs spill them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from palms_spec.findings import Finding, Suppression, from_row, suppression_row, to_row


def dumps(value: Any) -> bytes:
    """JSON of one value, on one line. Lone surrogates, as names of files can hold them, are escaped."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def loads(line: bytes) -> Any:
    """What `dumps` wrote."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line)


def pack(findings: Iterable[Finding]) -> bytes:
    """Findings, in order of report."""
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    return b"".join(dumps(to_row(finding)) + b"\n" for finding in ordered)


def pack_suppressions(suppressions: Iterable[Suppression]) -> bytes:
    """Suppressions, in order of what they cover."""
    ordered = sorted(suppressions, key=lambda one: one.sort_key)
    return b"".join(dumps(suppression_row(one)) + b"\n" for one in ordered)


def unpack(packed: bytes) -> Iterator[Finding]:
    """The findings of `pack`."""
    return (from_row(loads(line)) for line in packed.splitlines())
