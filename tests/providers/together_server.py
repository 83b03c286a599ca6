"""The files and fine-tuning endpoints of Together, as its reference describes them and its client (3.1.1) uses them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.providers.loopback import Answer, Loopback, Refused, Request, route

STAGES = ("queued", "running", "running", "uploading", "completed")
BEGAN = datetime(2026, 11, 25, 12, tzinfo=UTC)


def problem(status: int, message: str, kind: str = "invalid_request_error") -> Refused:
    return Refused(status, {"error": {"message": message, "type": kind, "param": None, "code": None}})


class TogetherServer(Loopback):
    """A job goes one stage further each time it is asked for. Files are validated after `looks` looks."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, dict[str, Any]] = {}
        self.contents: dict[str, bytes] = {}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.stages: dict[str, list[str]] = {}
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.metrics: dict[str, list[dict[str, float]]] = {}
        self.plan: tuple[str, ...] = STAGES
        self.looks = 1
        self.invalid = ""
        self.price: float | None = 0.61
        self.limit: float | None = None

    @property
    def base(self) -> str:
        return self.address

    def refusal(self) -> Answer:
        return Answer(401, {"error": {"message": "Invalid API key provided", "type": "invalid_request_error"}})

    @route("POST", "/v1/files")
    def place(self, request: Request) -> Answer:
        form = {name: content.decode() for name, (_, content) in request.form.items()}
        assert form["purpose"] == "fine-tune"
        assert form["file_type"] == "jsonl"
        for file_id, file in self.files.items():
            if file["checksum"] == form["checksum"]:
                return Answer(409, {"file_id": file_id, "error": {"message": "file exists"}})
        file_id = f"file-{len(self.files) + 1:04}"
        self.files[file_id] = {
            "id": file_id,
            "object": "file",
            "bytes": 0,
            "created_at": 1_795_000_000,
            "filename": form["file_name"],
            "FileType": "jsonl",
            "purpose": "fine-tune",
            "processing_status": "PENDING",
            "checksum": form["checksum"],
            "looks": self.looks,
        }
        location = f"{self.address}/storage/{file_id}?signature=SIGNED-AND-SECRET"
        return Answer(302, content=b"", headers={"location": location, "x-together-file-id": file_id})

    @route("PUT", "/storage/([^/]+)", guarded=False)
    def store(self, request: Request, file_id: str) -> Answer:
        assert "authorization" not in request.headers, "the key went to the storage"
        if request.query.get("signature") != "SIGNED-AND-SECRET":
            return Answer(403, content=b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        if hashlib.sha256(request.body).hexdigest() != self.files[file_id]["checksum"]:
            return Answer(400, content=b"<Error><Code>BadDigest</Code></Error>")
        self.contents[file_id] = request.body
        return Answer(200, content=b"")

    @route("POST", "/v1/files/([^/]+)/preprocess")
    def preprocess(self, request: Request, file_id: str) -> Answer:
        file = self._file(file_id)
        if file_id not in self.contents:
            raise problem(400, "nothing was uploaded")
        file["bytes"] = len(self.contents[file_id])
        file["processing_status"] = "QUEUED"
        return Answer(200, self._shown(file))

    def _file(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise problem(404, f"file {file_id} not found")
        return self.files[file_id]

    @staticmethod
    def _shown(file: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in file.items() if name not in ("checksum", "looks")}

    @route("GET", "/v1/files/([^/]+)")
    def get_file(self, request: Request, file_id: str) -> Answer:
        file = self._file(file_id)
        if file["processing_status"] in ("QUEUED", "RUNNING"):
            file["looks"] -= 1
            file["processing_status"] = "RUNNING" if file["looks"] > 0 else "COMPLETED"
            if file["looks"] <= 0 and self.invalid:
                file["processing_status"] = "INVALID_FORMAT"
                file["validation_report"] = {"valid": False, "error": self.invalid, "error_type": "INVALID_FORMAT"}
        return Answer(200, self._shown(file))

    @route("GET", "/v1/files")
    def list_files(self, request: Request) -> Answer:
        return Answer(200, {"data": [self._shown(file) for file in self.files.values()]})

    @route("DELETE", "/v1/files/([^/]+)")
    def delete_file(self, request: Request, file_id: str) -> Answer:
        self._file(file_id)
        del self.files[file_id]
        return Answer(200, {"id": file_id, "deleted": True})

    @route("POST", "/v1/fine-tunes/estimate-price")
    def estimate(self, request: Request) -> Answer:
        self._file(request.json["training_file"])
        if self.price is None:
            return Answer(200, {"estimation_available": False, "unavailable_reason": "train_file_not_validated"})
        allowed = self.limit is None or self.price <= self.limit
        return Answer(
            200,
            {
                "estimation_available": True,
                "estimated_total_price": self.price,
                "allowed_to_proceed": allowed,
                "user_limit": self.limit or 100.0,
                "estimated_train_token_count": 1000,
                "estimated_eval_token_count": 0,
            },
        )

    @route("GET", "/v1/fine-tunes/models/limits")
    def limits(self, request: Request) -> Answer:
        return Answer(
            200,
            {
                "model_name": request.query["model_name"],
                "max_num_epochs": 20,
                "max_num_evals": 100,
                "max_learning_rate": 1.0,
                "min_learning_rate": 1e-8,
                "min_max_seq_length": 8,
                "max_seq_length_sft": 8192,
                "max_seq_length_dpo": 8192,
                "merge_output_lora": True,
                "supports_vision": False,
                "supports_tools": True,
                "supports_reasoning": False,
                "supports_full_training": True,
                "lora_training": {
                    "max_batch_size": 64,
                    "max_batch_size_dpo": 32,
                    "min_batch_size": 1,
                    "max_rank": 64,
                    "default_rank": 8,
                    "target_modules": ["q_proj"],
                },
            },
        )

    @route("POST", "/v1/fine-tunes")
    def create_job(self, request: Request) -> Answer:
        body = request.json
        file = self._file(body["training_file"])
        if file["processing_status"] != "COMPLETED":
            raise problem(400, "the training file is not validated")
        if body.get("validation_file"):
            self._file(body["validation_file"])
            if not body.get("n_evals"):
                raise problem(400, "n_evals must be positive with a validation file")
        job_id = f"ft-{len(self.jobs) + 1:04}"
        now = datetime.now(UTC).isoformat()
        self.jobs[job_id] = {
            "id": job_id,
            "user_id": "user-1",
            "status": "pending",
            "created_at": now,
            "updated_at": now,
            "model": body["model"],
            "training_file": body["training_file"],
            "validation_file": body.get("validation_file"),
            "n_epochs": body.get("n_epochs", 1),
            "training_method": body.get("training_method"),
            "training_type": body.get("training_type"),
            "suffix": body.get("suffix"),
        }
        self.stages[job_id] = list(self.plan)
        self.events[job_id], self.metrics[job_id] = [], []
        self._tell(job_id, "job_pending", "Fine tune request created")
        return Answer(200, dict(self.jobs[job_id]))

    def _tell(self, job_id: str, kind: str, message: str, level: str = "info", **more: Any) -> None:
        at = BEGAN + timedelta(seconds=len(self.events[job_id]))
        event = {"object": "fine-tune-event", "created_at": at.isoformat().replace("+00:00", "Z")}
        self.events[job_id].append({**event, "type": kind, "message": message, "level": level, **more})

    def _job(self, job_id: str) -> dict[str, Any]:
        if job_id not in self.jobs:
            raise problem(404, f"Fine-tune ID {job_id} not found")
        return self.jobs[job_id]

    @route("GET", "/v1/fine-tunes/([^/]+)")
    def get_job(self, request: Request, job_id: str) -> Answer:
        job = self._job(job_id)
        if self.stages[job_id]:
            self._advance(job, self.stages[job_id].pop(0))
        return Answer(200, {**job, "events": self.events[job_id]})

    def _advance(self, job: dict[str, Any], stage: str) -> None:
        job_id = job["id"]
        if stage == "running" and job["status"] != "running":
            self._tell(job_id, "training_start", "Training started", total_steps=4)
        if stage == "running":
            for _ in range(2):
                step = len(self.metrics[job_id]) + 1
                loss = round(2.0 / step, 4)
                self.metrics[job_id].append({"train/global_step": step, "train/loss": loss, "train/epoch": step / 4})
            self._tell(job_id, "checkpoint_save", f"Checkpoint at step {step}", step=step)
        elif stage == "completed":
            self.metrics[job_id].append({"train/global_step": 4, "eval/loss": 0.75})
            self._tell(job_id, "training_complete", "Training complete")
            job |= {"model_output_name": f"me/{job['model'].split('/')[-1]}-{job_id}", "token_count": 1000}
        elif stage == "error":
            self._tell(job_id, "job_error", "the rows could not be tokenized", "error")
        job["status"] = stage
        job["updated_at"] = datetime.now(UTC).isoformat()

    @route("GET", "/v1/fine-tunes")
    def list_jobs(self, request: Request) -> Answer:
        return Answer(200, {"data": list(self.jobs.values())})

    @route("GET", "/v1/fine-tunes/([^/]+)/events")
    def list_events(self, request: Request, job_id: str) -> Answer:
        self._job(job_id)
        return Answer(200, {"data": self.events[job_id]})

    @route("GET", "/v1/fine-tunes/([^/]+)/metrics")
    def list_metrics(self, request: Request, job_id: str) -> Answer:
        self._job(job_id)
        return Answer(200, {"metrics": self.metrics[job_id] or None})

    @route("POST", "/v1/fine-tunes/([^/]+)/cancel")
    def cancel_job(self, request: Request, job_id: str) -> Answer:
        job = self._job(job_id)
        if job["status"] in ("completed", "error", "cancelled"):
            raise problem(400, f"job {job_id} is over")
        self.stages[job_id] = ["cancelled"]
        job["status"] = "cancel_requested"
        return Answer(200, dict(job))
