from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.errors import UsageError
from palms_spec.targets.registry import TARGETS
from palms_spec.workflows.compile import compile_dataset
from palms_spec.workflows.verify import verify
from tests.projects import write_files
from tests.training.datasets import pairs, rows_of, write_dataset


def compiled(root: Path, *targets: str, **given):
    return compile_dataset("small", root, targets=targets, out=root / "out", lint=False, **given)


def refusals(done) -> list[tuple[str, str]]:
    return [(one.plan.profile.name, refusal.reason.rule) for one in done.targets for refusal in one.refusals]


def test_every_target_in_one_run_and_the_one_whose_minimum_is_not_met_refused(tmp_path, snapshot):
    write_dataset(tmp_path, pairs(40))
    done = compiled(tmp_path, *TARGETS)
    assert refusals(done) == [("bedrock-llama", "too-few-examples")]
    assert done.exit_code == 1
    assert not (tmp_path / "out/bedrock-llama").exists()
    first = {
        name: (tmp_path / "out" / name / "train.jsonl").read_text("utf-8").split("\n")[0]
        for name in TARGETS
        if name != "bedrock-llama"
    }
    assert first == snapshot


def test_conversations_with_a_system_prompt(tmp_path, snapshot):
    turns = [{"role": role, "content": f"{role} {at}"} for at in range(2) for role in ("user", "assistant")]
    write_dataset(tmp_path, [{"messages": turns}] * 40, "system_prompt: Be brief.\n")
    done = compiled(tmp_path, *TARGETS)
    assert {rule for _, rule in refusals(done)} <= {"too-few-examples", "system-without-place"}
    written = [one.plan.folder for one in done.targets if not one.refusals]
    assert {name: rows_of(tmp_path / "out" / name / "train.jsonl")[0] for name in written} == snapshot


def test_preference_data(tmp_path, snapshot):
    write_dataset(tmp_path, [{"prompt": "Q?", "chosen": "Good.", "rejected": "Bad."}] * 12)
    done = compiled(tmp_path, "openai", "azure", "together", "fireworks", "trl", method="dpo")
    assert refusals(done) == []
    assert {
        one.plan.folder: rows_of(tmp_path / "out" / one.plan.folder / "train.jsonl")[0] for one in done.targets
    } == snapshot


def test_side_files(tmp_path, snapshot):
    write_dataset(tmp_path, pairs(40), "splits: {train: 0.7, validation: 0.3}\n")
    compiled(tmp_path, "llama-factory", "axolotl")
    assert {
        name: (tmp_path / "out" / name).read_text("utf-8")
        for name in ("llama-factory/dataset_info.json", "axolotl/axolotl.yaml")
    } == snapshot


def test_weights_stand_in_all_rows_or_in_none(tmp_path):
    turns = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "weight": 0}]
    write_dataset(tmp_path, [*pairs(11), {"messages": [*turns, *turns[:1], {"role": "assistant", "content": "c"}]}])
    done = compiled(tmp_path, "openai", "tinker", "unsloth")
    assert refusals(done) == [("unsloth", "field-without-place")]
    weights = [
        [message.get("weight") for message in row["messages"]] for row in rows_of(tmp_path / "out/openai/train.jsonl")
    ]
    assert weights == [[None, 1]] * 11 + [[None, 0, None, 1]]
    assert all(
        "trainable" in message for row in rows_of(tmp_path / "out/tinker/train.jsonl") for message in row["messages"]
    )


def test_tools_become_text_and_ids_as_long_as_mistral_wants_them(tmp_path):
    call = {"id": "call_1234567890", "type": "function", "function": {"name": "look", "arguments": {"at": "ä"}}}
    messages = [
        {"role": "user", "content": "?"},
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "content": "seen", "tool_call_id": "call_1234567890"},
        {"role": "assistant", "content": "!"},
    ]
    tools = [{"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}]
    write_dataset(tmp_path, [{"messages": messages, "tools": tools}] * 10)
    done = compiled(tmp_path, "mistral", "openai", "vertex")
    assert refusals(done) == [("vertex", "field-without-place")]
    row = rows_of(tmp_path / "out/mistral/train.jsonl")[0]
    written = row["messages"][1]["tool_calls"][0]
    assert written["function"]["arguments"] == '{"at":"ä"}'
    assert len(written["id"]) == 9
    assert row["messages"][2]["tool_call_id"] == written["id"]
    assert rows_of(tmp_path / "out/openai/train.jsonl")[0]["messages"][1]["content"] == ""


def test_some_with_tools_and_some_without_are_refused(tmp_path):
    tools = [{"type": "function", "function": {"name": "look"}}]
    turns = [{"role": "user", "content": "?"}, {"role": "assistant", "content": "!"}]
    write_dataset(tmp_path, [*pairs(10), {"messages": turns, "tools": tools}])
    assert refusals(compiled(tmp_path, "openai")) == [("openai", "mixed-columns")]


@pytest.mark.parametrize(
    ("target", "sample", "rule"),
    [
        ("bedrock-nova", {"prompt": "User: hi", "completion": "Hi."}, "reserved-marker"),
        ("openai", {"messages": [{"role": "user", "content": "?"}]}, "no-answer"),
        ("openai", {"prompt": "half \ud800", "completion": "a"}, "lone-surrogate"),
        (
            "trl",
            {"messages": [{"role": "assistant", "content": "a"}, {"role": "user", "content": "?"}]},
            "answer-not-last",
        ),
        ("bedrock-nova", {"messages": [{"role": "assistant", "content": "a"}]}, "broken-alternation"),
    ],
)
def test_a_sample_that_a_target_would_reject_is_named(tmp_path, target, sample, rule):
    write_dataset(tmp_path, [*pairs(20), sample])
    done = compiled(tmp_path, target)
    (refusal,) = done.targets[0].refusals
    assert (refusal.reason.rule, refusal.samples) == (rule, ["s20"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), min_size=1, max_size=4))
def test_whatever_the_text_it_comes_back_and_each_row_is_one_line(tmp_path_factory, texts):
    root = tmp_path_factory.mktemp("odd")
    write_dataset(root, [{"prompt": question, "completion": answer} for question, answer in texts])
    assert refusals(compiled(root, "together")) == []
    data = (root / "out/together/train.jsonl").read_bytes()
    assert len(data.decode("utf-8").splitlines()) == len(texts)
    rows = rows_of(root / "out/together/train.jsonl")
    assert [tuple(message["content"] for message in row["messages"]) for row in rows] == texts
    assert verify(root / "out/together").exit_code == 0


def test_the_same_bytes_wherever_and_in_whatever_order_the_files_were_made(tmp_path):
    written = []
    for name, order in (("one", range(12)), ("other", reversed(range(12)))):
        root = write_dataset(tmp_path / name, [])
        (root / "data/samples/rows.jsonl").unlink()
        for at in order:
            write_files(root, {f"data/samples/{at}.md": f"# Question {at}?\n\nAnswer {at}.\n"})
        compiled(root, "openai")
        written.append({path.name: path.read_bytes() for path in (root / "out/openai").iterdir()})
    assert written[0] == written[1]


def test_splits_follow_the_ids_and_a_split_can_be_written_alone(tmp_path):
    write_dataset(tmp_path, pairs(60), "splits: {train: 0.8, validation: 0.2, seed: 3}\n")
    compiled(tmp_path, "trl")
    manifest = json.loads((tmp_path / "out/trl/manifest.json").read_text())
    before = {file["name"]: set(file["samples"]) for file in manifest["splits"]["files"]}
    assert before.keys() == {"train", "validation"}
    write_dataset(tmp_path, pairs(80), "splits: {train: 0.8, validation: 0.2, seed: 3}\n")
    compiled(tmp_path, "trl", splits=["validation"])
    assert sorted(path.name for path in (tmp_path / "out/trl").iterdir()) == [
        "lines.jsonl",
        "manifest.json",
        "validation.jsonl",
    ]
    manifest = json.loads((tmp_path / "out/trl/manifest.json").read_text())
    assert before["validation"] <= set(manifest["splits"]["files"][0]["samples"])


def test_one_byte_of_an_output_or_a_source_is_named(tmp_path):
    write_dataset(tmp_path, pairs(12))
    compiled(tmp_path, "openai")
    assert verify(tmp_path / "out/openai").made_again
    for about, path in (
        ("output", "out/openai/train.jsonl"),
        ("output", "out/openai/lines.jsonl"),
        ("source", "data/samples/rows.jsonl"),
        ("source", "data/dataset.yaml"),
    ):
        file = tmp_path / path
        data = file.read_bytes()
        file.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
        found = verify(tmp_path / "out/openai")
        assert about in {one.about for one in found.differences}
        assert found.differences[0].path.endswith(file.name)
        file.write_bytes(data)
    assert verify(tmp_path / "out/openai").exit_code == 0


def test_a_manifest_that_was_made_to_agree_does_not_verify(tmp_path):
    write_dataset(tmp_path, pairs(12))
    compiled(tmp_path, "openai")
    train, manifest = tmp_path / "out/openai/train.jsonl", tmp_path / "out/openai/manifest.json"
    old = train.read_bytes()
    train.write_bytes(old.replace(b"Answer", b"Onswer"))
    from hashlib import sha256

    digests = (sha256(old).hexdigest(), sha256(train.read_bytes()).hexdigest())
    manifest.write_text(manifest.read_text().replace(*digests))
    assert [(one.about, one.path) for one in verify(manifest).differences] == [("making", "train.jsonl")]


def test_a_sample_that_came_later_is_named(tmp_path):
    write_dataset(tmp_path, pairs(12))
    compiled(tmp_path, "openai")
    write_files(tmp_path, {"data/samples/new.md": "# New?\n\nYes.\n"})
    assert [one.path for one in verify(tmp_path / "out/openai").differences] == ["data/samples/new.md"]


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    write_dataset(tmp_path, pairs(12))
    write_files(tmp_path, {"out/openai/notes.txt": "mine"})
    with pytest.raises(UsageError, match="did not write"):
        compiled(tmp_path, "openai")
    assert (tmp_path / "out/openai/notes.txt").read_text() == "mine"


def test_a_sample_that_cannot_be_read_stops_it_even_without_the_linter(tmp_path):
    write_dataset(tmp_path, [*pairs(12), {"prompt": "no completion"}])
    with pytest.raises(UsageError, match=r"rows\.jsonl:13 cannot be read as a sample"):
        compiled(tmp_path, "openai")


def test_a_killed_run_leaves_the_old_files_or_the_new_ones(tmp_path):
    write_dataset(tmp_path, pairs(3000))
    compiled(tmp_path, "openai")
    states = set()
    command = [
        sys.executable,
        "-m",
        "palms_spec",
        "compile",
        "small",
        "--target",
        "openai",
        "--no-lint",
        "--out",
        "out",
    ]
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    for turn in range(8):
        write_dataset(tmp_path, [{"prompt": f"{turn} {at}?", "completion": "!"} for at in range(3000)])
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(0.25 + turn * 0.06)
        process.send_signal(signal.SIGKILL)
        process.wait()
        outputs = [one for one in verify(tmp_path / "out/openai").differences if one.about == "output"]
        assert outputs == []
        states.add((tmp_path / "out/openai/train.jsonl").read_bytes()[:60])
    assert states
