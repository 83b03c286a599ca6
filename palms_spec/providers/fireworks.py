"""Fireworks AI, by its own API.

Datasets and jobs have ids that we choose, so that nothing is made twice: a dataset's comes from its content, a job's
from its request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from palms_spec.errors import ProviderError, UsageError
from palms_spec.providers.addresses import segment
from palms_spec.providers.answers import Answer, malformed
from palms_spec.providers.fireworks_records import (
    DPO,
    PREFIX,
    SFT,
    UNKNOWN_TIME,
    body_of,
    file_of,
    job_of,
    metrics_rows,
    story_of,
)
from palms_spec.providers.http import Http
from palms_spec.providers.provider import Cost, Event, Job, JobRequest, RemoteFile, ResultFile, Sent, TrainingFile

AT_ONCE = 150_000_000
"""Bytes that are taken with one request; more goes to an address that is asked for first."""
PAGE = 200
MOST_PAGES = 20
EXISTS = 409


class Fireworks:
    """A provider. `account` is the account's id; files above `at_once` bytes go to an address of their own."""

    name = "fireworks"
    paid = True

    def __init__(self, http: Http, account: str, at_once: int = AT_ONCE) -> None:
        self.place = f"{http.base} {account}"
        self._http = http
        self._account = account
        self._at_once = at_once
        self._root = f"/v1/accounts/{segment(account)}"

    def check(self, request: JobRequest) -> None:
        """See Provider."""
        if request.settings.seed is not None:
            raise UsageError("fireworks takes no seed", hint="leave --seed out")
        if request.method == "dpo" and request.validation is not None:
            raise UsageError("fireworks takes no validation file for dpo", hint="--no-validation leaves it out")

    def find_file(self, file: TrainingFile) -> RemoteFile | None:
        """See Provider."""
        found = self.file(_dataset_id(file))
        return found if found is not None and found.ready and not found.problem else None

    def file(self, file_id: str) -> RemoteFile | None:
        """See Provider."""
        try:
            return file_of(self._http.get(f"{self._root}/datasets/{segment(file_id)}", f"dataset {file_id}"))
        except ProviderError as error:
            if error.status == 404:
                return None
            raise

    def upload(self, file: TrainingFile, sent: Sent) -> RemoteFile:
        """See Provider."""
        return self._http.retries.call(lambda: self._upload(file, sent), lambda: self.find_file(file))

    def _upload(self, file: TrainingFile, sent: Sent) -> RemoteFile:
        name, about = _dataset_id(file), f"the upload of {file.name}"
        value = {"datasetId": name, "dataset": {"displayName": file.name, "format": "CHAT", "userUploaded": {}}}
        self._http.once("POST", f"{self._root}/datasets", about, expect=(EXISTS,), json=value)
        place = f"{self._root}/datasets/{name}"
        if file.bytes <= self._at_once:
            self._http.send_form(f"{place}:upload", about, file, sent)
        else:
            sizes = {"filenameToSize": {file.name: str(file.bytes)}}
            given = self._http.post(f"{place}:getUploadEndpoint", about, sizes).object("filenameToSignedUrls")
            headers = {
                "content-type": "application/octet-stream",
                "x-goog-content-length-range": f"{file.bytes},{file.bytes}",
            }
            self._http.send_to(given.required(file.name), about, file, sent, headers)
            self._http.post(f"{place}:validateUpload", about, {})
        found = self.file(name)
        if found is None:
            raise malformed(self.name, about, "no dataset")
        return found

    def estimate(self, request: JobRequest) -> Cost | None:
        """None: an estimate comes with the job, and there is none before."""
        return None

    def start(self, request: JobRequest) -> Job:
        """See Provider."""
        kind, own = (DPO, "dpoJobId") if request.method == "dpo" else (SFT, "supervisedFineTuningJobId")
        query, body = {own: PREFIX + request.token}, body_of(request, self._account)
        about = "the start of a job"

        def attempt() -> Job:
            got = self._http.once("POST", f"{self._root}/{kind}", about, expect=(EXISTS,), params=query, json=body)
            if got.status == EXISTS:
                return self.job(_job_id(request))
            return job_of(self._http.read(got, about))

        return self._http.retries.call(attempt)

    def find_job(self, request: JobRequest) -> Sequence[Job]:
        """See Provider."""
        try:
            return [self.job(_job_id(request))]
        except ProviderError as error:
            if error.status == 404:
                return []
            raise

    def job(self, job_id: str) -> Job:
        """See Provider."""
        return job_of(self._job(job_id))

    def _job(self, job_id: str) -> Answer:
        return self._http.get(self._job_path(job_id), f"job {job_id}")

    def _job_path(self, job_id: str) -> str:
        own = job_id.removeprefix(f"{DPO}/")
        return f"{self._root}/{DPO if own != job_id else SFT}/{segment(own)}"

    def jobs(self, most: int) -> Sequence[Job]:
        """See Provider."""
        found = [job for kind in (SFT, DPO) for job in self._listed(kind)]
        return sorted(found, key=lambda job: job.created or UNKNOWN_TIME, reverse=True)[:most]

    def _listed(self, kind: str) -> Iterator[Job]:
        query = {"pageSize": str(PAGE), "orderBy": "create_time desc"}
        for _ in range(MOST_PAGES):
            answer = self._http.get(f"{self._root}/{kind}", "the jobs", query)
            yield from map(job_of, answer.objects(kind) if answer.get(kind) is not None else [])
            token = answer.text("nextPageToken")
            if not token:
                return
            query = {**query, "pageToken": token}

    def events(self, job_id: str, after: str) -> Sequence[Event]:
        """See Provider."""
        answer = self._job(job_id)
        rows = metrics_rows(self._metrics(job_id, answer))
        return story_of(job_of(answer), rows, datetime.now(UTC).replace(microsecond=0), after)

    def _metrics(self, job_id: str, answer: Answer) -> bytes:
        """The file of metrics as it stands, b"" where there is none yet."""
        try:
            url = answer.text("metricsFileSignedUrl")
            if job_id.startswith(f"{DPO}/"):
                path = self._job_path(job_id) + ":getMetricsFileEndpoint"
                url = self._http.get(path, f"the metrics of {job_id}").text("signedUrl")
            return self._http.fetch(url, f"the metrics of {job_id}") if url else b""
        except ProviderError as error:
            if error.status in (400, 403, 404):  # not written yet, or the address is too old by now
                return b""
            raise

    def cancel(self, job_id: str) -> Job:
        """See Provider."""
        self._http.post(f"{self._job_path(job_id)}:cancel", f"the end of {job_id}", {})
        return self.job(job_id)

    def result_files(self, job: Job) -> Iterator[ResultFile]:
        """See Provider."""
        if content := self._metrics(job.id, self._job(job.id)):
            yield ResultFile("metrics.jsonl", content)


def _dataset_id(file: TrainingFile) -> str:
    return PREFIX + file.sha256[:32]


def _job_id(request: JobRequest) -> str:
    own = PREFIX + request.token
    return f"{DPO}/{own}" if request.method == "dpo" else own
