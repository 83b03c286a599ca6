from __future__ import annotations

import re

import pytest

from palms_spec.errors import UsageError
from palms_spec.providers.provider import Settings
from palms_spec.rulekit.staleness import CHECKOUT
from palms_spec.training.local.settings import TrainingSettings, settings_of
from palms_spec.training.local.steps import plan_steps


def test_what_is_left_out_has_a_value():
    settings = settings_of(Settings())
    assert (settings.epochs, settings.batch_size, settings.seed, settings.threads) == (3, 8, 0, 1)
    assert (settings.peak_learning_rate, settings.lora_rank) == (2e-5, None)


def test_adapters_learn_faster_and_weigh_twice_their_rank():
    settings = settings_of(Settings(lora_rank=8))
    assert (settings.peak_learning_rate, settings.adapter_weight) == (2e-4, 16)
    assert settings_of(Settings(lora_rank=8, extra={"lora-alpha": 4})).adapter_weight == 4


def test_names_are_taken_with_hyphens_too():
    given = {"checkpoint-steps": 5, "save_memory": True, "warmup": 0}
    settings = settings_of(Settings(extra=given))
    assert (settings.checkpoint_steps, settings.save_memory, settings.warmup) == (5, True, 0)


@pytest.mark.parametrize(
    ("settings", "message", "hint"),
    [
        (Settings(epochs=0), "epochs is 0, and should be 1 or more", ""),
        (Settings(learning_rate=-1.0), "learning_rate is -1.0, and should be more than 0.0", ""),
        (Settings(learning_rate=float("nan")), "learning_rate is nan, and should be a finite number", ""),
        (Settings(seed=2**32), "seed is 4294967296, and should be less than 4294967296", ""),
        (Settings(suffix="a/b"), "suffix is 'a/b', and should be letters, digits and hyphens, at most 40", ""),
        (Settings(extra={"precision": "half"}), "precision is 'half', and should be 'float32' or 'bfloat16'", ""),
        (Settings(extra={"warmup": "long"}), "warmup is 'long', and should be a number", ""),
        (Settings(extra={"threads": 1.5}), "threads is 1.5, and should be a whole number", ""),
        (Settings(extra={"save-memory": "yes"}), "save_memory is 'yes', and should be true or false", ""),
        (Settings(extra={"separator": 1}), "separator is 1, and should be text", ""),
        (Settings(extra={"epoch": 1}), "training on this machine has no setting epoch", "did you mean epochs?"),
        (Settings(extra={"rows_at_once": 3}), "rows_at_once is 3, which does not divide 8", ""),
        (
            Settings(extra={"lora-dropout": 0.1}),
            "lora_alpha and lora_dropout are about adapters",
            "set lora_rank as well",
        ),
        (
            Settings(epochs=0, batch_size=0),
            "epochs is 0, and should be 1 or more; batch_size is 0, and should be 1 or more",
            "",
        ),
    ],
    ids=lambda value: "" if isinstance(value, Settings) else None,
)
def test_what_cannot_be_is_said(settings, message, hint):
    with pytest.raises(UsageError) as caught:
        settings_of(settings)
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("rows", "given", "total", "checkpoint", "log"),
    [
        (80, {}, 30, 10, 1),
        (81, {}, 33, 11, 1),
        (1, {}, 3, 1, 1),
        (100_000, {}, 37_500, 100, 75),
        (100_000, {"checkpoint_steps": 1000}, 37_500, 1000, 75),
    ],
)
def test_steps(rows, given, total, checkpoint, log):
    plan = plan_steps(rows, TrainingSettings(**given))
    assert (plan.total, plan.checkpoint, plan.log) == (total, checkpoint, log)


def test_the_page_lists_all_settings_with_their_defaults():
    page = (CHECKOUT / "docs/how-to/fine-tune-locally.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? ?\| (.*) \|$", page, re.MULTILINE)
    fields = TrainingSettings.model_fields.items()
    assert listed == [(name, _written(field.default), field.description) for name, field in fields]


def _written(default):
    if default is None:
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    return {"\n": r'"\n"'}.get(default, str(default))
