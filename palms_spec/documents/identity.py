"""What makes two texts the same: hashes over normalized content, stable across files, machines and versions."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable

from palms_spec.documents.sample import Turn
from palms_spec.documents.spec import Position


def normalized(text: str) -> str:
    """NFC, trimmed, runs of white space made one space."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def canonical_hash(value: object) -> str:
    """SHA-256, in hex, over canonical JSON (RFC 8785) of text, lists and mappings whose keys are ASCII."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def sample_hash(turns: Iterable[Turn]) -> str:
    """Identity of a conversation: the hash over the list of its `{role, content}`."""
    return canonical_hash([{"role": turn.role, "content": normalized(turn.content)} for turn in turns])


def position_hash(position: Position) -> str:
    """Identity of a position's meaning: the hash over `{subject, stance, statement}`, with `attributes` if there are
    some."""
    narrowed = sorted([normalized(name), normalized(value)] for name, value in position.attributes.items())
    return canonical_hash(
        {
            "subject": normalized(position.subject or ""),
            "stance": position.stance or "",
            "statement": normalized(position.statement),
            **({"attributes": narrowed} if narrowed else {}),
        }
    )


def content_id(turns: Iterable[Turn]) -> str:
    """The id of a sample that has none of its own."""
    return "sha256-" + sample_hash(turns)[:12]
