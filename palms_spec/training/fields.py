"""What a record has besides text, and whether a target has a place for it."""

from __future__ import annotations

from palms_spec.targets.profile import Method, Profile
from palms_spec.training.dialect import Features
from palms_spec.training.record import Record
from palms_spec.training.unfit import Unfit


def features_of(record: Record) -> Features:
    """Which weights of a record differ from 1."""
    return Features(
        any("weight" in message for message in (*record.messages, *record.rejected)),
        record.weight is not None and record.weight != 1,
    )


def without_place(features: Features, profile: Profile, method: Method) -> Unfit | None:
    """Weights that a target knows nothing of: it would train on what is not to be trained on."""
    if features.message_weights and (method == "dpo" or not profile.message_weight):
        return _unfit("the weight of a message", profile.name)
    if features.row_weights and (method == "dpo" or not profile.row_weight):
        return _unfit("the weight of a sample", profile.name)
    return None


def beside_text(record: Record, shape: str) -> Unfit | None:
    """What the messages have besides text; None if there is nothing. Weights are another matter (`without_place`)."""
    if record.plain:
        return None
    if record.tools is not None:
        return _unfit("tools", shape)
    for message in (*record.messages, *record.rejected):
        for name in ("tool_calls", "tool_call_id", "name"):
            if name in message:
                return _unfit(f"{name} of a message", shape)
    return None


def _unfit(what: str, where: str) -> Unfit:
    return Unfit("field-without-place", f"{what} has no place in {where}", "leave it out, or choose another target")
