"""Sixty-four bits that say where a sample stands and in which namespace a key was given.

    bits 60-63   namespace
    bits 40-59   number of the file in the run, in order of path; `ENTITIES` for what is no sample
    bits 0-39    the row's byte offset plus the sample's index in the row; in a file of samples, the sample's index

A row is longer than the number of samples in it, so offset plus index stays inside the row and names one sample only.
Sorted references are in order of report.
"""

from __future__ import annotations

from enum import IntEnum

FILE_SHIFT = 40
NAMESPACE_SHIFT = 60
OFFSET_MASK = (1 << FILE_SHIFT) - 1
PLACE_MASK = (1 << NAMESPACE_SHIFT) - 1
ENTITIES = (1 << (NAMESPACE_SHIFT - FILE_SHIFT)) - 1
MAX_FILES = ENTITIES


class Namespace(IntEnum):
    """What equal keys mean."""

    ID = 1
    SAMPLE = 2
    PROMPT = 3
    BAND = 4
    LIKELY_PAIR = 5
    NEAR_SAMPLE = 6
    OPENING = 7
    RULE = 8
    """What a rule of a pack compares; its name is part of the key."""
    REVIEW = 9
    """What reviews and reviewed samples meet by (`review_keys`). The following ones stand beside it."""
    EARLIER = 10
    POSITION = 11
    AUTHOR = 12


def file_of(reference: int) -> int:
    """Number of the file."""
    return (reference & PLACE_MASK) >> FILE_SHIFT


def offset_of(reference: int) -> int:
    """Offset in the file, or index."""
    return reference & OFFSET_MASK


def place_of(reference: int) -> int:
    """The reference without its namespace."""
    return reference & PLACE_MASK


def namespace_of(reference: int) -> int:
    """The namespace's number."""
    return reference >> NAMESPACE_SHIFT
