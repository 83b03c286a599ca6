"""Providers of ours that talk to servers of the tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from palms_spec.providers.fireworks import Fireworks
from palms_spec.providers.http import Http
from palms_spec.providers.openai_compatible import OpenAICompatible
from palms_spec.providers.openai_sdk import Client
from palms_spec.providers.provider import JobRequest, Provider, Settings, TrainingFile
from palms_spec.providers.retries import Retries
from palms_spec.providers.secrets import Secret
from palms_spec.providers.together import Together
from tests.providers.fireworks_server import ACCOUNT, FireworksServer
from tests.providers.loopback import Loopback
from tests.providers.openai_server import OpenAIServer
from tests.providers.together_server import TogetherServer


@dataclass
class Waits:
    """Notes waits in place of waiting, and what is told meanwhile."""

    seconds: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def retries(self, **changes: Any) -> Retries:
        return Retries(sleep=self.seconds.append, chance=lambda: 0.0, tell=self.told.append, **changes)


@dataclass(frozen=True)
class Kind:
    """A kind of provider: its server, and how requests to it look. `uploads`, `starts` and `jobs` are the paths of the
    requests that send a file, start a job and ask about one."""

    name: str
    server: Callable[[], Loopback]
    uploads: str
    starts: str
    jobs: str
    model: str
    key: str

    def connect(self, server: Any, waits: Waits, key: str | None = None, answer_seconds: float = 20.0) -> Provider:
        secret = Secret(key or server.KEY)
        if self.name == "openai":
            client = Client("openai", server.base, secret, self.key, answer_seconds)
            return OpenAICompatible("openai", client, waits.retries(), 10**9)
        http = Http(self.name, server.base, secret, self.key, waits.retries(), answer_seconds)
        return Together(http) if self.name == "together" else Fireworks(http, ACCOUNT)


KINDS = (
    Kind("openai", OpenAIServer, r"/files$", r"/jobs$", r"/jobs/", "gpt-4.1-mini-2025-04-14", "OPENAI_API_KEY"),
    Kind(
        "together", TogetherServer, r"/storage/", r"/fine-tunes$", r"/fine-tunes/", "Qwen/Qwen3-8B", "TOGETHER_API_KEY"
    ),
    Kind(
        "fireworks",
        FireworksServer,
        r":upload$",
        r"Jobs$",
        r"Jobs/",
        "accounts/fireworks/models/qwen3-8b",
        "FIREWORKS_API_KEY",
    ),
)


def training_file(folder: Path, rows: int = 20, split: str = "train") -> TrainingFile:
    """A small file of conversations."""
    turns = '{"messages":[{"role":"user","content":"%d"},{"role":"assistant","content":"%s"}]}\n'
    path = folder / f"{split}.jsonl"
    path.write_bytes("".join(turns % (at, split) for at in range(rows)).encode())
    data = path.read_bytes()
    digest = sha256(data).hexdigest()
    return TrainingFile(path, f"small-{split}-{digest[:12]}.jsonl", digest, len(data))


def request_for(kind: Kind, training: str, validation: str | None = None, **changes: Any) -> JobRequest:
    """A request for a job."""
    given: dict[str, Any] = {
        "token": "0123456789abcdef01234567",
        "model": kind.model,
        "method": "sft",
        "training": training,
        "validation": validation,
        "settings": Settings(epochs=2),
        "asked": datetime.now(UTC),
    }
    return JobRequest(**{**given, **changes})


def ready(provider: Provider, file_id: str) -> None:
    """Look until a file can be used."""
    for _ in range(5):
        found = provider.file(file_id)
        assert found is not None
        if found.ready:
            return
    raise AssertionError("the file is never ready")
