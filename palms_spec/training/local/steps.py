"""How many steps a training takes, and at which of them something is written."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from palms_spec.training.local.settings import TrainingSettings

MOST_BETWEEN_CHECKPOINTS = 100
POINTS = 500
"""A loss curve has about so many points at most."""


@dataclass(frozen=True, slots=True)
class StepPlan:
    """`checkpoint` and `log` are the steps from one checkpoint, and one point of the loss curve, to the next."""

    total: int
    checkpoint: int
    log: int


def plan_steps(rows: int, settings: TrainingSettings) -> StepPlan:
    """The steps for so many rows."""
    epoch = ceil(rows / settings.batch_size)
    total = epoch * settings.epochs
    checkpoint = settings.checkpoint_steps or min(epoch, MOST_BETWEEN_CHECKPOINTS)
    return StepPlan(total, checkpoint, ceil(total / POINTS))
