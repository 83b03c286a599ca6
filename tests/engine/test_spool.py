"""Findings come back in order, from memory and from disk."""

from __future__ import annotations

import random

import pytest

from palms_spec.engine.packing import pack, unpack
from palms_spec.engine.spool import Spool
from palms_spec.findings import Edit, Finding, Fix, Place, Related, Span


def _finding(path: str, offset: int, message: str = "m") -> Finding:
    place = Place(path, Span(1, 1, 1, 2, offset, offset + 1), "/a", "d\ud800")
    return Finding(
        "rule",
        "R1",
        "error",
        "high",
        place,
        "E.",
        message,
        "h",
        "x\n\u2028y",
        (Related(place, "l"),),
        ("p",),
        Fix("write é", "unsafe", (Edit(1, 3, "é", "é"), Edit(5, 5, ""))),
    )


@pytest.mark.parametrize("in_memory", [10, 1_000_000])
def test_streams_are_merged_in_order(in_memory):
    random_ = random.Random(1)
    findings = [
        _finding(f"f{random_.randrange(3)}", random_.randrange(1000), "m" * random_.randrange(3000)) for _ in range(300)
    ]
    spool = Spool(in_memory=in_memory)
    for stream in range(5):
        ordered = sorted(findings[stream::5], key=lambda finding: finding.sort_key)
        for start in range(0, len(ordered), 7):
            spool.add(str(stream), pack(ordered[start : start + 7]))
    expected = sorted(findings, key=lambda finding: finding.sort_key)
    assert list(spool.findings()) == expected
    assert list(spool.findings()) == expected, "it can be read again"
    spool.close()


def test_packing_keeps_every_field():
    finding = _finding("a\udcff.md", 3, "half \ud83d")
    assert list(unpack(pack([finding]))) == [finding]
