"""How a file gets to OpenAI and those like it: at once, or in parts where it is large."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import md5

from palms_spec.providers.answers import Answer
from palms_spec.providers.openai_records import file_of
from palms_spec.providers.openai_sdk import Client
from palms_spec.providers.provider import RemoteFile, Sent, TrainingFile
from palms_spec.providers.retries import Retries
from palms_spec.providers.sending import SentFile

PART_BYTES = 64 * 2**20
"""What the Uploads API takes at once."""
PURPOSE = "fine-tune"
KIND = "application/jsonl"
Find = Callable[[TrainingFile], RemoteFile | None]


def upload_whole(client: Client, retries: Retries, file: TrainingFile, sent: Sent, find: Find) -> RemoteFile:
    """Send a file with one request. `find` tells whether it has arrived after all, where the answer was lost."""

    def attempt() -> RemoteFile:
        with SentFile(file, sent) as content:
            answer = client.upload(
                f"the upload of {file.name}",
                lambda sdk: sdk.files.with_raw_response.create(file=(file.name, content, KIND), purpose=PURPOSE),
            )
            content.check()
        return file_of(answer)

    return retries.call(attempt, lambda: find(file))


def upload_in_parts(client: Client, retries: Retries, file: TrainingFile, sent: Sent, find: Find) -> RemoteFile:
    """Send a file with a request a part; a part that is lost is sent again by itself."""
    about = f"the upload of {file.name}"

    def begin() -> Answer:
        return client.call(
            about,
            lambda sdk: sdk.uploads.with_raw_response.create(
                bytes=file.bytes, filename=file.name, mime_type=KIND, purpose=PURPOSE
            ),
        )

    def send(data: bytes) -> Answer:
        return client.upload(about, lambda sdk: sdk.uploads.parts.with_raw_response.create(upload, data=data))

    def complete() -> RemoteFile:
        answer = client.call(
            about,
            lambda sdk: sdk.uploads.with_raw_response.complete(upload, part_ids=parts, md5=hashed.hexdigest()),
        )
        return file_of(answer.object("file"))

    upload = retries.call(begin).required("id")
    parts: list[str] = []
    hashed = md5(usedforsecurity=False)
    with SentFile(file, sent) as content:
        while data := content.read(PART_BYTES):
            hashed.update(data)
            parts.append(retries.call(lambda data=data: send(data)).required("id"))  # type: ignore[misc]
        content.check()
    return retries.call(complete, lambda: find(file))
