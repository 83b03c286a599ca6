"""Whether finished files are within the limits of a target."""

from __future__ import annotations

from palms_spec.documents.splits import SplitName
from palms_spec.targets.plan import Plan
from palms_spec.training.row_file import Written
from palms_spec.training.unfit import Refusals, Unfit


def check_limits(plan: Plan, wanted: frozenset[SplitName], files: dict[SplitName, Written], refusals: Refusals) -> None:
    """Note where the training rows are too few or too many, and where a file is too large. `wanted` are the splits that
    were to be written; one for validation or test may be as short as one likes."""
    limits, name = plan.limits, plan.profile.name
    train = files["train"].rows or 0 if "train" in files else 0
    if not files:
        refusals.add(Unfit("no-rows", "no sample belongs to what is to be written"))
    elif limits.rows_min and "train" in wanted and train < limits.rows_min.value:
        refusals.add(
            Unfit(
                "too-few-examples",
                f"{train:,} rows to train on, and {name} takes {limits.rows_min.value:,} at least",
                f"write {limits.rows_min.value - train:,} more samples, or choose another target",
            )
        )
    for split, written in files.items():
        if limits.rows_max and (written.rows or 0) > limits.rows_max.value:
            refusals.add(
                Unfit(
                    "too-many-examples",
                    f"{written.rows:,} rows in {split}, and {name} takes {limits.rows_max.value:,} at most",
                )
            )
        if limits.file_bytes and written.bytes > limits.file_bytes.value:
            refusals.add(
                Unfit(
                    "file-too-large",
                    f"{written.file} has {written.bytes / 1e6:,.1f} MB, and {name} takes "
                    f"{limits.file_bytes.value / 1e6:,.0f} MB at most",
                )
            )
