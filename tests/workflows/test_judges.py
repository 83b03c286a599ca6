"""Which judge is meant, what it is called, and where its key may travel."""

from __future__ import annotations

import sys

import pytest

from palms_spec.errors import PalmsError
from palms_spec.judging.model_judge import ModelJudge
from palms_spec.workflows.judges import Wish, chosen_judge

KEYS = {"OPENAI_API_KEY": "sk-openai-0123456789", "OTHER_KEY": "sk-other-0123456789"}


def quiet(message):
    """Hears why it takes so long."""


def refused(wish, environment=None):
    with pytest.raises(PalmsError) as caught:
        chosen_judge(wish, environment or {}).connect(quiet)
    assert "sk-" not in caught.value.message + caught.value.hint
    return caught.value.message


def test_a_model_signs_with_its_name_and_the_hash_of_how_it_is_asked():
    chosen = chosen_judge(Wish(model="Qwen/Qwen3-8B"), {})
    name, _, hashed = chosen.reviewer.removeprefix("model:").rpartition("@")
    assert name == "Qwen/Qwen3-8B"
    assert chosen.manner is not None
    assert hashed == chosen.manner.hash[:12]
    assert chosen.paid
    same = chosen_judge(Wish(model="Qwen/Qwen3-8B", base_url="http://localhost:8000/v1", workers=9, per_minute=60), {})
    assert same.reviewer == chosen.reviewer, "where and how fast it is asked changes nothing about it"
    for other in (
        Wish(model="Qwen/Qwen3-8B", votes="4"),
        Wish(model="Qwen/Qwen3-8B", structured="none"),
        Wish(model="Qwen/Qwen3-8B", settings={"seed": 1}),
    ):
        assert chosen_judge(other, {}).reviewer != chosen.reviewer


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (Wish(), "which judge is it to be?"),
        (Wish(model="a", program="command:b"), "--model and --judge are two judges"),
        (Wish(model=" "), "a model's name is one word"),
        (Wish(model="a b"), "a model's name is one word"),
        (Wish(model="a", name="b"), "--judge-name is for programs"),
        (Wish(model="a", version="b"), "--judge-version is for programs"),
        (Wish(model="a", settings={"messages": []}), "--set messages is for palms to set"),
        (Wish(model="a", settings={"stream": True}), "--set stream is for palms to set"),
        (Wish(model="a", workers=0), "--concurrency is a number from 1 to 64"),
        (Wish(model="a", workers=65), "--concurrency is a number from 1 to 64"),
        (Wish(model="a", per_minute=0), "--per-minute is at least 1"),
        (Wish(model="a", seconds=0), "--timeout is at least 1 second"),
        (Wish(model="a", base_url="http://example.org/v1"), "is not encrypted"),
        (Wish(model="a", base_url="https://u:p@example.org"), "has more than a host and a path in it"),
        (Wish(program="python judge.py"), "is no judge"),
        (Wish(program="command:"), "names no program"),
        (Wish(program="command:'"), "no closing quotation"),
        (Wish(program="command:x", name="a b"), "--judge-name is one word"),
        (Wish(program="command:x", votes="2"), "--votes is for models"),
        (Wish(program="command:x", base_url="https://x"), "--base-url is for models"),
        (Wish(program="command:x", settings={"a": 1}), "--set is for models"),
        (Wish(program="command:x", workers=2), "--concurrency is for models"),
    ],
)
def test_a_wish_that_nobody_can_fulfil_is_refused(wish, message):
    assert message in refused(wish)


@pytest.mark.parametrize(
    ("wish", "environment", "key"),
    [
        (Wish(model="a"), KEYS, "sk-openai-0123456789"),
        (Wish(model="a"), {**KEYS, "OPENAI_BASE_URL": "https://own.example/v1"}, "sk-openai-0123456789"),
        (Wish(model="a", base_url="https://own.example/v1", key_variable="OTHER_KEY"), KEYS, "sk-other-0123456789"),
        (Wish(model="a", base_url="https://api.openai.com/v1"), KEYS, "sk-openai-0123456789"),
        (Wish(model="a", base_url="http://127.0.0.1:8000/v1"), {}, "none"),
        (Wish(model="a", base_url="http://localhost/v1"), {}, "none"),
        (Wish(model="a", base_url="http://[::1]:8000/v1"), {}, "none"),
        (Wish(model="a", base_url="http://127.0.0.1:8000/v1"), KEYS, "sk-openai-0123456789"),
    ],
)
def test_the_key_comes_from_the_environment(wish, environment, key):
    judge = chosen_judge(wish, environment).connect(quiet)
    assert isinstance(judge, ModelJudge)
    assert judge._model._client._client.api_key == key


@pytest.mark.parametrize(
    ("wish", "environment", "message"),
    [
        (Wish(model="a"), {}, "OPENAI_API_KEY is not set"),
        (Wish(model="a", base_url="https://evil.example/v1"), KEYS, "which variable holds the key for evil.example?"),
        (Wish(model="a", base_url="https://x.example", key_variable="NONE"), KEYS, "NONE is not set"),
        (Wish(model="a", key_variable="OTHER_KEY"), {"OTHER_KEY": "a b"}, "can be no key"),
    ],
)
def test_a_key_goes_nowhere_that_it_is_not_meant_for(wish, environment, message):
    assert message in refused(wish, environment)


def test_a_program_is_known_by_its_files_on_every_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "judge.py").write_text("print(1)\n")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/judge.py").write_text("print(1)\n")

    def reviewer(program, **given):
        return chosen_judge(Wish(program=f"command:{program}", **given), {}).reviewer

    own = reviewer("python judge.py --low 0.3")
    assert own.startswith("model:judge.py@")
    assert reviewer("python other/judge.py --low 0.3") == own, "wherever it lies"
    assert reviewer(f"{sys.executable} judge.py --low 0.3").rpartition("@")[0] == own.rpartition("@")[0]
    assert reviewer("python judge.py --low 0.4") != own
    assert reviewer("python judge.py --low 0.3", version="2") != own
    assert reviewer("python judge.py --low 0.3", name="nli").startswith("model:nli@")
    (tmp_path / "judge.py").write_text("print(2)\n")
    assert reviewer("python judge.py --low 0.3") != own


def test_a_script_of_its_own_is_known_by_its_content(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    script = tmp_path / "nli"
    script.write_text("#!/bin/sh\ncat\n")
    before = chosen_judge(Wish(program="command:./nli"), {}).reviewer
    assert before.startswith("model:nli@")
    script.write_text("#!/bin/sh\ntac\n")
    assert chosen_judge(Wish(program="command:./nli"), {}).reviewer != before
