"""A project with compiled files, and somebody who has a provider train on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from palms_spec.providers.provider import Provider, Settings
from palms_spec.training.finetuning import PlannedJob
from palms_spec.training.ledger import read_ledger
from palms_spec.workflows.compile import compile_dataset
from palms_spec.workflows.finetune import start
from palms_spec.workflows.finetune_files import prepared_files
from palms_spec.workflows.finetune_providers import Connection
from palms_spec.workflows.finetune_start import Wanted
from palms_spec.workflows.finetune_upload import Progress
from tests.training.datasets import pairs, write_dataset

SPLITS = "splits: {train: 0.8, validation: 0.1, test: 0.1, seed: 3}\n"
TODAY = date(2026, 11, 25)


def compiled(root: Path, target: str = "openai", rows: int = 40, more: str = SPLITS) -> Path:
    """The folder of a target in a project with one dataset."""
    write_dataset(root, pairs(rows), more)
    result = compile_dataset("small", root, targets=[target], out=root / "build/small", lint=False)
    assert not result.exit_code
    return root / "build/small" / target


@dataclass
class User:
    """Asks for jobs, agrees to them or not, and hears what is said."""

    provider: Provider
    folder: Path
    agrees: bool = True
    plans: list[Any] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    connection: Connection = field(default_factory=lambda: Connection("openai"))
    meanwhile: Callable[[], object] = lambda: None

    def start(self, model: str = "gpt-4.1-mini", settings: Settings | None = None, **given: Any) -> Any:
        prepared = prepared_files(self.folder, self.connection.provider)
        wanted = Wanted(self.connection, prepared, model, settings or Settings(), self.root)
        progress = Progress(self.told.append, lambda name, size: lambda sent: None)
        return start(wanted, self.provider, progress, self.ask, today=TODAY, sleep=self.sleep, **given)

    def sleep(self, seconds: float) -> None:
        """Does not wait; what happens `meanwhile` happens."""
        self.slept.append(seconds)
        self.meanwhile()

    def ask(self, plan: PlannedJob) -> bool:
        self.plans.append(plan)
        return self.agrees

    @property
    def root(self) -> Path:
        return self.folder.parents[2]

    @property
    def ledger(self) -> Any:
        return read_ledger(self.root)


Killed = KeyboardInterrupt


def killed(function: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    """A function during which the process ends: before it does anything, or after it has."""

    def ending(*arguments: Any, **named: Any) -> Any:
        if after:
            function(*arguments, **named)
        raise Killed

    return ending
