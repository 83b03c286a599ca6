"""The machine that a model is trained on. The only file that imports torch."""

from __future__ import annotations

import platform
import resource
import sys
from typing import Any

import torch
import torch.utils.deterministic

from palms_spec.errors import UsageError
from palms_spec.training.local.settings import TrainingSettings


def prepare(settings: TrainingSettings) -> str:
    """Have torch compute the same each time, with so many threads; what it computes on, `cpu` or `gpu`.

    Raises UsageError where a GPU was asked for and there is none.
    """
    torch.set_num_threads(settings.threads)
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # it guards against defects, at three times the time
    torch.backends.cudnn.benchmark = False
    found = torch.cuda.is_available()
    if settings.device == "gpu" and not found:
        raise UsageError("torch finds no GPU here", hint="set device to cpu, or install a torch built for your GPU")
    return "gpu" if found and settings.device != "cpu" else "cpu"


def number_type(settings: TrainingSettings) -> Any:
    """What weights are loaded as: float32 wherever they are trained, for small steps are lost in fewer digits."""
    frozen = settings.lora_rank is not None
    return torch.bfloat16 if frozen and settings.precision == "bfloat16" else torch.float32


def description(device: str) -> dict[str, Any]:
    """What the machine is, as far as results may depend on it."""
    return {
        "device": device,
        "gpu": torch.cuda.get_device_name() if device == "gpu" else None,
        "processor": platform.machine(),
        "instructions": torch.backends.cpu.get_cpu_capability(),
        "system": platform.system(),
        "torch_build": torch.__config__.show().splitlines(),
    }


def peak_memory(device: str) -> dict[str, int | None]:
    """The most bytes that this process had at once."""
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "process_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit,
        "gpu_bytes": torch.cuda.max_memory_allocated() if device == "gpu" else None,
    }
