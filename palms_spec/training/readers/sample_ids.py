"""Ids of samples that follow from what is said in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from palms_spec.documents.identity import sample_hash
from palms_spec.documents.sample import USER, Turn
from palms_spec.documents.slugs import slug

DIGITS = 12


class SampleIds:
    """Gives ids: the first words of the question and a hash of the conversation; to what was said before, a number.

    What was given lies on disk, so memory does not grow with it.
    """

    def __init__(self) -> None:
        self._seen = sqlite3.connect("")  # a file without a name, gone once it is closed
        self._seen.execute("create table seen (hash integer primary key, times integer)")

    def __enter__(self) -> SampleIds:
        return self

    def __exit__(self, *_: object) -> None:
        self._seen.close()

    def give(self, turns: Iterable[Turn]) -> str:
        """The id of a conversation. The same conversations in the same order get the same ids, whatever is between."""
        turns = list(turns)
        digest = sample_hash(turns)[:DIGITS]
        (times,) = self._seen.execute(
            "insert into seen values (?, 1) on conflict do update set times = times + 1 returning times",
            (int(digest, 16),),
        ).fetchone()
        question = next((turn.content for turn in turns if turn.role == USER), "")
        return f"{slug(question)}-{digest}" + (f"-{times}" if times > 1 else "")
