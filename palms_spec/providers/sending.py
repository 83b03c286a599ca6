"""A file on its way to a provider: counted, and hashed as it is sent, so that what arrives is what was checked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256

from palms_spec.errors import UsageError
from palms_spec.providers.provider import Sent, TrainingFile

PART = 1 << 16


class SentFile(io.FileIO):
    """The bytes of a file, opened for reading from its beginning to its end."""

    def __init__(self, file: TrainingFile, sent: Sent) -> None:
        super().__init__(file.path, "rb")
        self._file = file
        self._sent = sent
        self._hash = sha256()
        self._count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes."""
        data = super().read(-1 if size is None else size) or b""
        self._hash.update(data)
        self._count += len(data)
        if data:
            self._sent(self._count)
        return data

    def parts(self) -> Iterator[bytes]:
        """All bytes, in parts."""
        while data := self.read(PART):
            yield data

    def check(self) -> None:
        """Raise UsageError unless all that was read is the file that was asked for."""
        if self._count != self._file.bytes or self._hash.hexdigest() != self._file.sha256:
            raise UsageError(
                f"{self._file.path.name} was changed while it was sent", hint="compile again, then upload again"
            )
