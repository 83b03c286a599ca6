"""The datasets and jobs of Fireworks, as its reference describes them and its client (1.2.30) uses them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from tests.providers.loopback import Answer, Loopback, Refused, Request, route

STAGES = ("VALIDATING", "PENDING", "RUNNING", "RUNNING", "WRITING_RESULTS", "COMPLETED")
ACCOUNT = "acme"
KINDS = {"supervisedFineTuningJobs": "supervisedFineTuningJobId", "dpoJobs": "dpoJobId"}


def problem(status: int, code: str, message: str) -> Refused:
    return Refused(status, {"error": {"code": code, "message": message}, "code": 0, "message": message})


class FireworksServer(Loopback):
    """A job goes one stage further each time it is asked for. Datasets are ready after `looks` looks."""

    def __init__(self) -> None:
        super().__init__()
        self.datasets: dict[str, dict[str, Any]] = {}
        self.contents: dict[str, bytes] = {}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.stages: dict[str, list[str]] = {}
        self.metrics: dict[str, list[dict[str, float]]] = {}
        self.plan: tuple[str, ...] = STAGES
        self.looks = 1
        self.page = 200
        self.invalid = ""

    @property
    def base(self) -> str:
        return self.address

    def refusal(self) -> Answer:
        return Answer(401, {"error": {"code": "UNAUTHORIZED", "message": "The API key you provided is invalid."}})

    @route("POST", f"/v1/accounts/{ACCOUNT}/datasets")
    def create_dataset(self, request: Request) -> Answer:
        name = request.json["datasetId"]
        if not re.fullmatch(r"[a-z0-9-]{1,63}", name):
            raise problem(400, "INVALID_ARGUMENT", f"{name} is no id")
        if name in self.datasets:
            raise problem(409, "ALREADY_EXISTS", f"dataset {name} already exists")
        self.datasets[name] = {
            **request.json["dataset"],
            "name": f"accounts/{ACCOUNT}/datasets/{name}",
            "state": "UPLOADING",
            "status": {"code": "OK", "message": ""},
            "createTime": datetime.now(UTC).isoformat(),
        }
        return Answer(200, self.datasets[name])

    def _dataset(self, name: str) -> dict[str, Any]:
        if name not in self.datasets:
            raise problem(404, "NOT_FOUND", f"dataset {name} not found")
        return self.datasets[name]

    @route("POST", f"/v1/accounts/{ACCOUNT}/datasets/([^/:]+):upload")
    def upload(self, request: Request, name: str) -> Answer:
        self._dataset(name)
        file, self.contents[name] = request.form["file"]
        return Answer(200, {"id": name, "bytes": len(self.contents[name]), "filename": file, "object": "file"})

    @route("POST", f"/v1/accounts/{ACCOUNT}/datasets/([^/:]+):getUploadEndpoint")
    def endpoint(self, request: Request, name: str) -> Answer:
        self._dataset(name)
        ((file, size),) = request.json["filenameToSize"].items()
        url = f"{self.address}/signed/{name}?size={size}&signature=SIGNED-AND-SECRET"
        return Answer(200, {"filenameToSignedUrls": {file: url}})

    @route("PUT", "/signed/([^/]+)", guarded=False)
    def store(self, request: Request, name: str) -> Answer:
        assert "authorization" not in request.headers, "the key went to the storage"
        size = request.query["size"]
        allowed = request.headers.get("x-goog-content-length-range") == f"{size},{size}"
        if not allowed or len(request.body) != int(size):
            return Answer(400, content=b"<Error/>")
        self.contents[name] = request.body
        return Answer(200, content=b"")

    @route("POST", f"/v1/accounts/{ACCOUNT}/datasets/([^/:]+):validateUpload")
    def validate(self, request: Request, name: str) -> Answer:
        if name not in self.contents:
            raise problem(400, "FAILED_PRECONDITION", "nothing was uploaded")
        return Answer(200, {})

    @route("GET", f"/v1/accounts/{ACCOUNT}/datasets/([^/:]+)")
    def get_dataset(self, request: Request, name: str) -> Answer:
        dataset = self._dataset(name)
        if name in self.contents and dataset["state"] == "UPLOADING":
            looks = dataset.setdefault("looks", self.looks)
            dataset["looks"] = looks - 1
            if looks <= 0:
                dataset["state"] = "READY"
                if self.invalid:
                    dataset["status"] = {"code": "INVALID_ARGUMENT", "message": self.invalid}
        return Answer(200, {key: value for key, value in dataset.items() if key != "looks"})

    @route("POST", f"/v1/accounts/{ACCOUNT}/(supervisedFineTuningJobs|dpoJobs)")
    def create_job(self, request: Request, kind: str) -> Answer:
        body = request.json
        own = request.query.get(KINDS[kind]) or f"job-{len(self.jobs) + 1}"
        name = f"accounts/{ACCOUNT}/{kind}/{own}"
        if name in self.jobs:
            raise problem(409, "ALREADY_EXISTS", f"job {own} already exists")
        for field in ("dataset", "evaluationDataset"):
            if field in body and self._dataset(body[field].rpartition("/")[2])["state"] != "READY":
                raise problem(400, "FAILED_PRECONDITION", f"{field} is not ready")
        self.jobs[name] = {
            **body,
            "name": name,
            "state": "JOB_STATE_CREATING",
            "status": {"code": "OK", "message": ""},
            "createTime": datetime.now(UTC).isoformat(),
            "estimatedCost": {"currencyCode": "USD", "units": "1", "nanos": 750_000_000},
        }
        self.stages[name], self.metrics[name] = list(self.plan), []
        return Answer(200, self.jobs[name])

    def _job(self, kind: str, own: str) -> dict[str, Any]:
        name = f"accounts/{ACCOUNT}/{kind}/{own}"
        if name not in self.jobs:
            raise problem(404, "NOT_FOUND", f"job {own} not found")
        return self.jobs[name]

    @route("GET", f"/v1/accounts/{ACCOUNT}/(supervisedFineTuningJobs|dpoJobs)/([^/:]+)")
    def get_job(self, request: Request, kind: str, own: str) -> Answer:
        job = self._job(kind, own)
        if self.stages[job["name"]]:
            self._advance(job, self.stages[job["name"]].pop(0))
        return Answer(200, job)

    def _advance(self, job: dict[str, Any], stage: str) -> None:
        name = job["name"]
        job["state"] = f"JOB_STATE_{stage}"
        if stage == "RUNNING":
            rows = self.metrics[name]
            rows += [{"step": len(rows) + at, "loss": round(2.0 / (len(rows) + at), 4)} for at in (1, 2)]
            job["jobProgress"] = {"percent": min(25 * len(rows), 100), "epoch": 0}
            if "dpo" not in name:
                job["metricsFileSignedUrl"] = f"{self.address}/metrics/{name}?signature=SIGNED-AND-SECRET"
        elif stage in ("COMPLETED", "EARLY_STOPPED"):
            config = job.get("trainingConfig", job)
            config.setdefault("outputModel", f"accounts/{ACCOUNT}/models/{name.rpartition('/')[2]}")
            job["completedTime"] = datetime.now(UTC).isoformat()
        elif stage == "FAILED":
            job["status"] = {"code": "INVALID_ARGUMENT", "message": "the chat template cannot render row 7"}

    @route("GET", "/metrics/(.+)", guarded=False)
    def metrics_file(self, request: Request, name: str) -> Answer:
        assert "authorization" not in request.headers, "the key went to the storage"
        return Answer(200, content="".join(json.dumps(row) + "\n" for row in self.metrics[name]).encode())

    @route("GET", f"/v1/accounts/{ACCOUNT}/dpoJobs/([^/:]+):getMetricsFileEndpoint")
    def metrics_endpoint(self, request: Request, own: str) -> Answer:
        name = self._job("dpoJobs", own)["name"]
        if not self.metrics[name]:
            raise problem(404, "NOT_FOUND", "no metrics yet")
        return Answer(200, {"signedUrl": f"{self.address}/metrics/{name}?signature=SIGNED-AND-SECRET"})

    @route("GET", f"/v1/accounts/{ACCOUNT}/(supervisedFineTuningJobs|dpoJobs)")
    def list_jobs(self, request: Request, kind: str) -> Answer:
        found = [job for name, job in self.jobs.items() if f"/{kind}/" in name][::-1]
        start = int(request.query.get("pageToken") or 0)
        end = start + min(int(request.query.get("pageSize", "50")), self.page)
        return Answer(200, {kind: found[start:end], "nextPageToken": str(end) if end < len(found) else ""})

    @route("POST", f"/v1/accounts/{ACCOUNT}/(supervisedFineTuningJobs|dpoJobs)/([^/:]+):cancel")
    def cancel_job(self, request: Request, kind: str, own: str) -> Answer:
        job = self._job(kind, own)
        if job["state"] in ("JOB_STATE_COMPLETED", "JOB_STATE_FAILED", "JOB_STATE_CANCELLED"):
            raise problem(400, "FAILED_PRECONDITION", "the job is over")
        job["state"] = "JOB_STATE_CANCELLING"
        self.stages[job["name"]] = ["CANCELLED"]
        return Answer(200, {})
