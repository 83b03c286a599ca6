"""OpenAI, Azure OpenAI, and servers that speak as OpenAI does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from palms_spec.errors import ProviderError, UsageError
from palms_spec.providers.answers import Answer, malformed
from palms_spec.providers.lost_answers import SKEW, only_job
from palms_spec.providers.openai_records import body_of, event_of, file_of, job_of
from palms_spec.providers.openai_sdk import Client
from palms_spec.providers.openai_upload import PURPOSE, upload_in_parts, upload_whole
from palms_spec.providers.provider import Cost, Event, Job, JobRequest, RemoteFile, ResultFile, Sent, TrainingFile
from palms_spec.providers.retries import Retries

PAGE = 100
MOST_SUFFIX = 64
_PLAIN = re.compile(r"[.:_-]*[A-Za-z0-9][A-Za-z0-9.:_-]*").fullmatch


class OpenAICompatible:
    """A provider that the openai SDK can talk to. Files of more than `parts_above` bytes are sent in parts."""

    paid = True

    def __init__(self, name: str, client: Client, retries: Retries, parts_above: int) -> None:
        self.name = name
        self.place = client.base + (f" {client.account}" if client.account else "")
        self._client = client
        self._retries = retries
        self._parts_above = parts_above

    def check(self, request: JobRequest) -> None:
        """See Provider."""
        settings = request.settings
        if settings.lora_rank is not None:
            raise UsageError(f"{self.name} has no setting for the rank of LoRA", hint="leave --lora-rank out")
        if settings.learning_rate is not None:
            raise UsageError(
                f"{self.name} takes no learning rate, only a factor to its own",
                hint="for a tenth of it: --set learning_rate_multiplier=0.1",
            )
        if len(settings.suffix) > MOST_SUFFIX:
            raise UsageError(f"the suffix has {len(settings.suffix)} characters; {self.name} takes {MOST_SUFFIX}")

    def find_file(self, file: TrainingFile) -> RemoteFile | None:
        """See Provider. A file is known by its name, which has the start of its hash in it, and its size."""
        try:
            for one in self._pages("the files", lambda sdk: sdk.files.with_raw_response.list, purpose=PURPOSE):
                found = file_of(one)
                if found.name == file.name and found.bytes == file.bytes and not found.problem:
                    return found
        except ProviderError as error:
            if error.status not in (404, 405, 501):  # a server that lists no files is one to upload to
                raise
        return None

    def file(self, file_id: str) -> RemoteFile | None:
        """See Provider."""
        try:
            return file_of(self._file(file_id))
        except ProviderError as error:
            if error.status == 404:
                return None
            raise

    def _file(self, file_id: str) -> Answer:
        about = self._plain(f"file {file_id}", file_id)
        return self._get(about, lambda sdk: sdk.files.with_raw_response.retrieve(file_id))

    def upload(self, file: TrainingFile, sent: Sent) -> RemoteFile:
        """See Provider."""
        send = upload_in_parts if file.bytes > self._parts_above else upload_whole
        return send(self._client, self._retries, file, sent, self.find_file)

    def estimate(self, request: JobRequest) -> Cost | None:
        """None: there is nobody to ask for it."""
        return None

    def start(self, request: JobRequest) -> Job:
        """See Provider."""
        body = body_of(request)

        def attempt() -> Job:
            return job_of(
                self._client.call(
                    "the start of a job", lambda sdk: sdk.fine_tuning.jobs.with_raw_response.create(**body)
                )
            )

        return self._retries.call(attempt, lambda: only_job(self.find_job(request), self.name))

    def find_job(self, request: JobRequest) -> Sequence[Job]:
        """See Provider."""
        found = []
        for job in self._jobs():
            if job.created is not None and job.created < request.asked - SKEW:
                break
            if job.token == request.token:
                return [job]
            if not job.token and job.id not in request.known and _may_be(job, request):
                found.append(job)
        return found

    def job(self, job_id: str) -> Job:
        """See Provider."""
        return job_of(self._job(job_id))

    def _job(self, job_id: str) -> Answer:
        about = self._plain(f"job {job_id}", job_id)
        return self._get(about, lambda sdk: sdk.fine_tuning.jobs.with_raw_response.retrieve(job_id))

    def jobs(self, most: int) -> Sequence[Job]:
        """See Provider."""
        return list(islice(self._jobs(), most))

    def _jobs(self) -> Iterator[Job]:
        return map(job_of, self._pages("the jobs", lambda sdk: sdk.fine_tuning.jobs.with_raw_response.list))

    def events(self, job_id: str, after: str) -> Sequence[Event]:
        """See Provider."""
        found: list[Event] = []
        about = self._plain(f"the events of {job_id}", job_id)
        pages = self._pages(about, lambda sdk: sdk.fine_tuning.jobs.with_raw_response.list_events, job_id)
        for one in pages:
            event = event_of(one)
            if event.id == after:
                break
            found.append(event)
        return found[::-1]

    def cancel(self, job_id: str) -> Job:
        """See Provider."""
        about = self._plain(f"the end of {job_id}", job_id)
        return job_of(self._get(about, lambda sdk: sdk.fine_tuning.jobs.with_raw_response.cancel(job_id)))

    def result_files(self, job: Job) -> Iterator[ResultFile]:
        """See Provider."""
        names = self._job(job.id).get("result_files")
        for file_id in names if isinstance(names, list) else ():
            yield self._result_file(str(file_id))

    def _result_file(self, file_id: str) -> ResultFile:
        about, named = f"file {file_id}", self._file(file_id)
        content = self._retries.call(
            lambda: self._client.content(about, lambda sdk: sdk.files.with_raw_response.content(file_id))
        )
        return ResultFile(named.text("filename") or file_id, content)

    def _plain(self, about: str, name: str) -> str:
        """What is asked about, if its id can be part of an address: not every release of the SDK sees to that."""
        if not _PLAIN(name):
            raise ProviderError(f"{self.name} can have no {about}", status=404)
        return about

    def _get(self, about: str, request: Callable[[Any], Any]) -> Answer:
        return self._retries.call(lambda: self._client.call(about, request))

    def _pages(self, about: str, listing: Callable[[Any], Any], *path: str, **query: Any) -> Iterator[Answer]:
        """The objects of a list, page by page, in the order of the provider: newest first."""
        after, seen = "", set()
        while True:
            page = {**query, "limit": PAGE, **({"after": after} if after else {})}
            answer = self._get(about, lambda sdk: listing(sdk)(*path, **page))  # noqa: B023 - called at once
            items = answer.objects("data")
            yield from items
            if not items or answer.get("has_more") is not True:
                return
            after = items[-1].required("id")
            if after in seen:
                raise malformed(self.name, about, "the same page again and again")
            seen.add(after)


def _may_be(job: Job, request: JobRequest) -> bool:
    """Whether a job without a token could have come of a request; a model's full name begins with its short one."""
    return job.training == request.training and job.model.startswith(request.model)
