"""Together AI, by its own API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from palms_spec.errors import ProviderError, UsageError
from palms_spec.providers.addresses import segment
from palms_spec.providers.answers import Answer, answer_of, malformed
from palms_spec.providers.http import Http
from palms_spec.providers.lost_answers import SKEW, only_job
from palms_spec.providers.provider import Cost, Event, Job, JobRequest, RemoteFile, ResultFile, Sent, TrainingFile
from palms_spec.providers.together_records import UNKNOWN_TIME, body_of, file_of, job_of, story_of

MOST_SUFFIX = 40
PURPOSE = "fine-tune"


class Together:
    """A provider. It knows files by their SHA-256, and refuses one that it has."""

    name = "together"
    paid = True

    def __init__(self, http: Http) -> None:
        self.place = http.base
        self._http = http

    def check(self, request: JobRequest) -> None:
        """See Provider."""
        if len(request.settings.suffix) > MOST_SUFFIX:
            raise UsageError(f"the suffix has {len(request.settings.suffix)} characters; together takes {MOST_SUFFIX}")

    def find_file(self, file: TrainingFile) -> RemoteFile | None:
        """See Provider."""
        found = map(file_of, self._http.get("/v1/files", "the files").objects("data"))
        return next((one for one in found if _is(one, file) and not one.problem), None)

    def file(self, file_id: str) -> RemoteFile | None:
        """See Provider."""
        try:
            return file_of(self._http.get(f"/v1/files/{segment(file_id)}", f"file {file_id}"))
        except ProviderError as error:
            if error.status == 404:
                return None
            raise

    def upload(self, file: TrainingFile, sent: Sent) -> RemoteFile:
        """See Provider."""
        return self._http.retries.call(lambda: self._upload(file, sent), lambda: self.find_file(file))

    def _upload(self, file: TrainingFile, sent: Sent) -> RemoteFile:
        about = f"the upload of {file.name}"
        place = self._place(file, about)
        if isinstance(place, RemoteFile):
            return place
        file_id, url = place
        self._http.send_to(url, about, file, sent, {})
        return file_of(self._http.post(f"/v1/files/{segment(file_id)}/preprocess", about, {}))

    def _place(self, file: TrainingFile, about: str, again: bool = True) -> RemoteFile | tuple[str, str]:
        """The file if it is there, else the id it will have and the address to send it to."""
        fields = {"purpose": PURPOSE, "file_name": file.name, "file_type": "jsonl", "checksum": file.sha256}
        form = {name: (None, value) for name, value in fields.items()}
        got = self._http.once("POST", "/v1/files", about, expect=(302, 409), files=form)
        if got.status == 409:
            there_id = answer_of(got.body, self.name, about).text("file_id")
            there = self.file(there_id) if there_id else self.find_file(file)
            if there is not None and (_is(there, file) or not again):
                return there
            if there is not None:  # the record of an upload that was cut off
                self._http.once("DELETE", f"/v1/files/{segment(there.id)}", about, expect=(404,))
            return self._place(file, about, again=False)
        url, file_id = got.headers.get("location", ""), got.headers.get("x-together-file-id", "")
        if not url or not file_id:
            raise malformed(self.name, about, "no address to send it to")
        return file_id, url

    def estimate(self, request: JobRequest) -> Cost | None:
        """See Provider. None also where the files are not validated yet."""
        wanted = (
            "model",
            "training_file",
            "validation_file",
            "n_epochs",
            "n_evals",
            "training_method",
            "training_type",
        )
        body = body_of(request)
        value = {name: body[name] for name in wanted if name in body}
        found = self._http.post("/v1/fine-tunes/estimate-price", "the price of a job", value)
        price, limit = found.get("estimated_total_price"), found.get("user_limit")
        if found.get("estimation_available") is False or isinstance(price, bool) or not isinstance(price, int | float):
            return None
        note = ""
        if found.get("allowed_to_proceed") is False:
            of = f" of ${limit:,.2f}" if isinstance(limit, int | float) else ""
            note = f"it is above the limit{of} of the account, so that the job is likely to be cancelled"
        return Cost(float(price), "together's own estimate", note)

    def start(self, request: JobRequest) -> Job:
        """See Provider."""
        body = body_of(request)
        return self._http.retries.call(
            lambda: job_of(self._http.post_once("/v1/fine-tunes", "the start of a job", body)),
            lambda: only_job(self.find_job(request), self.name),
        )

    def find_job(self, request: JobRequest) -> Sequence[Job]:
        """See Provider. Together keeps no tokens."""
        return [
            job
            for job in self._jobs()
            if job.id not in request.known
            and (job.training, job.model) == (request.training, request.model)
            and (job.created is None or job.created >= request.asked - SKEW)
        ]

    def job(self, job_id: str) -> Job:
        """See Provider."""
        return job_of(self._http.get(f"/v1/fine-tunes/{segment(job_id)}", f"job {job_id}"))

    def jobs(self, most: int) -> Sequence[Job]:
        """See Provider."""
        return self._jobs()[:most]

    def _jobs(self) -> list[Job]:
        found = map(job_of, self._http.get("/v1/fine-tunes", "the jobs").objects("data"))
        return sorted(found, key=lambda job: job.created or UNKNOWN_TIME, reverse=True)

    def events(self, job_id: str, after: str) -> Sequence[Event]:
        """See Provider."""
        events = self._http.get(f"/v1/fine-tunes/{segment(job_id)}/events", f"the events of {job_id}").objects("data")
        return story_of(events, self._metrics(job_id), after)

    def _metrics(self, job_id: str) -> list[Answer]:
        try:
            found = self._http.get(f"/v1/fine-tunes/{segment(job_id)}/metrics", f"the metrics of {job_id}")
        except ProviderError as error:
            if error.status in (400, 404):  # there are none yet
                return []
            raise
        return found.objects("metrics") if found.get("metrics") is not None else []

    def cancel(self, job_id: str) -> Job:
        """See Provider."""
        return job_of(self._http.post(f"/v1/fine-tunes/{segment(job_id)}/cancel", f"the end of {job_id}", {}))

    def result_files(self, job: Job) -> Iterator[ResultFile]:
        """See Provider."""
        if rows := self._metrics(job.id):
            lines = "".join(json.dumps(dict(row)) + "\n" for row in rows)
            yield ResultFile("metrics.jsonl", lines.encode())


def _is(found: RemoteFile, file: TrainingFile) -> bool:
    return found.name == file.name and found.bytes == file.bytes
