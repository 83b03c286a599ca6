r"""Bytes that every reader takes: what is written, and whether it is.

UTF-8 without a byte order mark, a line feed behind every row and no other, no blank line, no key twice, no number that
JSON does not have, no half of a surrogate pair, the same keys with the same types in every row. U+2028, U+2029 and
U+0085 are written as escapes, because some readers take them for the end of a line.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from palms_spec.errors import PalmsError
from palms_spec.sources.json import has_duplicate_keys
from palms_spec.sources.jsonl import BLOCK_BYTES
from palms_spec.training.unfit import Unfit

SURROGATE = Unfit("lone-surrogate", "half of a surrogate pair stands in a text, which UTF-8 cannot hold")
NO_JSON = Unfit("value-without-json", "a value that JSON cannot hold: NaN, infinity, or a number beyond 64 bits")
BOM = b"\xef\xbb\xbf"
LINE_ENDS = ((b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029"), (b"\xc2\x85", b"\\u0085"))


def row_bytes(row: dict[str, Any]) -> bytes | Unfit:
    """A row without its line end, or why there is none. `separators_escaped` is still to come."""
    try:
        return orjson.dumps(row)
    except orjson.JSONEncodeError as error:
        return SURROGATE if "surrogate" in str(error) else NO_JSON


def separators_escaped(data: bytes) -> bytes:
    """JSON text with escapes in place of the characters that some take for line ends."""
    if data.isascii():
        return data
    for character, escape in LINE_ENDS:
        if character in data:
            data = data.replace(character, escape)
    return data


class NotPortable(PalmsError):
    """What was read back is not what was to be written. The file is not kept."""


def check_file(path: Path, *, digest: str, rows: int) -> None:
    """Read a file back and check all of the above, its SHA-256 and its number of rows. Raises NotPortable."""
    try:
        _check(path, digest, rows)
    except ValueError as error:
        raise NotPortable(f"{path.name} was not written as it should be: {error}", hint="is the disk sound?") from error


def _check(path: Path, digest: str, rows: int) -> None:
    hashed, counted, carried = sha256(), 0, b""
    form: tuple[Any, ...] | None = None
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            hashed.update(block)
            _refuse(counted == 0 and not carried and block.startswith(BOM), "it starts with a byte order mark")
            _refuse(b"\r" in block, "a carriage return stands in it")
            lines = (carried + block).split(b"\n")
            carried = lines.pop()
            for line in lines:
                counted += 1
                value = orjson.loads(line)
                found = (*value, *map(type, value.values()))
                if found != form:
                    _refuse(form is not None, f"line {counted} has other keys or types than the first")
                    form = found
                if orjson.dumps(value) != line and has_duplicate_keys(line, value):
                    _refuse(True, f"line {counted} has a key twice")
    _refuse(bool(carried), "the last line has no end")
    _refuse(counted != rows, f"it has {counted:,} lines, not {rows:,}")
    _refuse(hashed.hexdigest() != digest, "its bytes are not those that were written")


def _refuse(wrong: bool, message: str) -> None:
    if wrong:
        raise ValueError(message)
