"""The files, uploads and fine-tuning endpoints of OpenAI, as its API reference describes them."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from tests.providers.loopback import Answer, Loopback, Refused, Request, route

STAGES = ("validating_files", "queued", "running", "running", "running", "succeeded")


def problem(status: int, message: str, code: str | None = None, kind: str = "invalid_request_error") -> Refused:
    return Refused(status, {"error": {"message": message, "type": kind, "param": None, "code": code}})


class OpenAIServer(Loopback):
    """A job goes one stage further each time it is asked for. `keeps_metadata`: OpenAI does, others may not. `azure`: its
    words for the state of files."""

    def __init__(self, *, keeps_metadata: bool = True, azure: bool = False) -> None:
        super().__init__()
        self.files: dict[str, dict[str, Any]] = {}
        self.contents: dict[str, bytes] = {}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.stages: dict[str, list[str]] = {}
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self.numbers = 0
        self.keeps_metadata = keeps_metadata
        self.azure = azure
        self.plan: tuple[str, ...] = STAGES
        self.failure: dict[str, str] | None = None
        self.shut_out = False
        self.steps_a_stage = 2
        self.page = 20

    @property
    def base(self) -> str:
        return f"{self.address}/openai/v1" if self.azure else f"{self.address}/v1"

    def refusal(self) -> Answer:
        message = f"Incorrect API key provided: {self.KEY}. You can find your API key at the settings page."
        return Answer(
            401,
            {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": "invalid_api_key"}},
        )

    @route("POST", "(?:/openai)?/v1/files")
    def create_file(self, request: Request) -> Answer:
        form = request.form
        if form["purpose"][1] != b"fine-tune":
            raise problem(400, "purpose is not fine-tune")
        return Answer(200, self._add_file(*form["file"]))

    def _add_file(self, name: str, content: bytes) -> dict[str, Any]:
        self.numbers += 1
        file_id = f"file-{self.numbers:04}"
        self.contents[file_id] = content
        self.files[file_id] = {
            "id": file_id,
            "object": "file",
            "bytes": len(content),
            "created_at": int(time.time()),
            "filename": name,
            "purpose": "fine-tune",
            "status": "pending" if self.azure else "processed",
        }
        return dict(self.files[file_id])

    @route("GET", "(?:/openai)?/v1/files")
    def list_files(self, request: Request) -> Answer:
        wanted = request.query.get("purpose")
        found = [one for one in self.files.values() if wanted in (None, one["purpose"])]
        return self._page(found, request)

    def _page(self, items: list[dict[str, Any]], request: Request) -> Answer:
        """Newest first, from behind `after`."""
        items = items[::-1]
        if after := request.query.get("after"):
            ids = [one["id"] for one in items]
            items = items[ids.index(after) + 1 :] if after in ids else []
        limit = min(int(request.query.get("limit", "20")), self.page)
        return Answer(200, {"object": "list", "data": items[:limit], "has_more": len(items) > limit})

    def _file(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise problem(404, f"No such File object: {file_id}")
        return self.files[file_id]

    @route("GET", "(?:/openai)?/v1/files/([^/]+)")
    def get_file(self, request: Request, file_id: str) -> Answer:
        file = dict(self._file(file_id))
        if file["status"] == "pending":
            self.files[file_id]["status"] = "processed"
        return Answer(200, file)

    @route("GET", "(?:/openai)?/v1/files/([^/]+)/content")
    def get_content(self, request: Request, file_id: str) -> Answer:
        self._file(file_id)
        return Answer(200, content=self.contents[file_id])

    @route("POST", "(?:/openai)?/v1/uploads")
    def create_upload(self, request: Request) -> Answer:
        upload_id = f"upload_{len(self.uploads) + 1}"
        self.uploads[upload_id] = {**request.json, "parts": {}}
        return Answer(200, {"id": upload_id, "object": "upload", "status": "pending"})

    @route("POST", "(?:/openai)?/v1/uploads/([^/]+)/parts")
    def add_part(self, request: Request, upload_id: str) -> Answer:
        parts = self.uploads[upload_id]["parts"]
        part_id = f"part_{len(parts) + 1}"
        parts[part_id] = request.form["data"][1]
        return Answer(200, {"id": part_id, "object": "upload.part", "upload_id": upload_id})

    @route("POST", "(?:/openai)?/v1/uploads/([^/]+)/complete")
    def complete(self, request: Request, upload_id: str) -> Answer:
        upload = self.uploads[upload_id]
        content = b"".join(upload["parts"][part] for part in request.json["part_ids"])
        if len(content) != upload["bytes"] or hashlib.md5(content).hexdigest() != request.json["md5"]:
            raise problem(400, "the parts are not the file")
        file = self._add_file(upload["filename"], content)
        return Answer(200, {"id": upload_id, "object": "upload", "status": "completed", "file": file})

    @route("POST", "(?:/openai)?/v1/fine_tuning/jobs")
    def create_job(self, request: Request) -> Answer:
        if self.shut_out:
            raise problem(
                403,
                "Fine-tuning is no longer available for your organization.",
                "training_not_available",
            )
        body = request.json
        for name in ("training_file", "validation_file"):
            if body.get(name):
                self._file(body[name])
        job_id = f"ftjob-{len(self.events) + 1:04}"
        self.jobs[job_id] = {
            "id": job_id,
            "object": "fine_tuning.job",
            "created_at": int(time.time()),
            "error": None,
            "fine_tuned_model": None,
            "finished_at": None,
            "hyperparameters": {"n_epochs": "auto"},
            "method": body.get("method"),
            "model": body["model"],
            "organization_id": "org-1",
            "result_files": [],
            "seed": body.get("seed", 1),
            "status": "validating_files",
            "trained_tokens": None,
            "training_file": body["training_file"],
            "validation_file": body.get("validation_file"),
            "metadata": body.get("metadata") if self.keeps_metadata else None,
        }
        self.stages[job_id] = list(self.plan)
        self.events[job_id] = []
        self._tell(job_id, f"Created fine-tuning job: {job_id}")
        return Answer(200, dict(self.jobs[job_id]))

    def _tell(self, job_id: str, message: str, level: str = "info", data: dict[str, Any] | None = None) -> None:
        events = self.events[job_id]
        events.append(
            {
                "object": "fine_tuning.job.event",
                "id": f"ftevent-{job_id[-4:]}-{len(events) + 1:05}",
                "created_at": 1_795_000_000 + len(events),
                "level": level,
                "message": message,
                "data": data,
                "type": "metrics" if data else "message",
            }
        )

    def _job(self, job_id: str) -> dict[str, Any]:
        if job_id not in self.jobs:
            raise problem(404, f"Could not find fine tune: {job_id}", "fine_tune_not_found")
        return self.jobs[job_id]

    @route("GET", "(?:/openai)?/v1/fine_tuning/jobs/([^/]+)")
    def get_job(self, request: Request, job_id: str) -> Answer:
        job = self._job(job_id)
        if self.stages[job_id]:
            self._advance(job, self.stages[job_id].pop(0))
        return Answer(200, dict(job))

    def _advance(self, job: dict[str, Any], stage: str) -> None:
        job_id = job["id"]
        if stage != job["status"]:
            self._tell(job_id, f"The job is {stage}", "error" if stage == "failed" else "info")
        job["status"] = stage
        if stage == "running":
            done = sum(event["type"] == "metrics" for event in self.events[job_id])
            total = self.steps_a_stage * self.plan.count("running")
            for step in range(done + 1, done + self.steps_a_stage + 1):
                data = {"step": step, "total_steps": total, "train_loss": round(2.5 / step**0.5, 4)}
                if step % 4 == 0:
                    data["valid_loss"] = round(2.7 / step**0.5, 4)
                self._tell(job_id, f"Step {step}/{total}: training loss={data['train_loss']}", data=data)
        elif stage == "succeeded":
            result = self._add_file("step_metrics.csv", b"step,train_loss\n1,2.5\n")
            self.files[result["id"]]["purpose"] = "fine-tune-results"
            job |= {
                "fine_tuned_model": f"ft:{job['model']}:org::{job_id}",
                "finished_at": int(time.time()),
                "trained_tokens": 4242,
                "result_files": [result["id"]],
            }
        elif stage == "failed":
            job["error"] = self.failure or {
                "code": "invalid_training_file",
                "message": "line 3 is no example",
                "param": None,
            }

    @route("GET", "(?:/openai)?/v1/fine_tuning/jobs")
    def list_jobs(self, request: Request) -> Answer:
        return self._page(list(self.jobs.values()), request)

    @route("GET", "(?:/openai)?/v1/fine_tuning/jobs/([^/]+)/events")
    def list_events(self, request: Request, job_id: str) -> Answer:
        self._job(job_id)
        return self._page(self.events[job_id], request)

    @route("POST", "(?:/openai)?/v1/fine_tuning/jobs/([^/]+)/cancel")
    def cancel_job(self, request: Request, job_id: str) -> Answer:
        job = self._job(job_id)
        if job["status"] in ("succeeded", "failed", "cancelled"):
            raise problem(400, f"Job {job_id} is already {job['status']}", "invalid_state")
        self.stages[job_id] = []
        self._advance(job, "cancelled")
        return Answer(200, dict(job))
