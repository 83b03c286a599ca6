"""What a trainer wants beside the rows: LLaMA-Factory's `dataset_info.json`, Axolotl's stanza."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from palms_spec.sources.yaml_writing import write_yaml
from palms_spec.targets.lines import ALPACA, ALPACA_HISTORY, OPENAI_CHAT, QUESTION_ANSWER, SHAREGPT
from palms_spec.targets.plan import Plan

_ALPACA_COLUMNS = {
    "prompt": "instruction",
    "query": "input",
    "response": "output",
    "system": "system",
    "history": "history",
}
_LLAMA_FACTORY: dict[str, dict[str, Any]] = {
    ALPACA_HISTORY: {"formatting": "alpaca", "columns": _ALPACA_COLUMNS},
    SHAREGPT: {"formatting": "sharegpt", "columns": {"messages": "conversations", "system": "system"}},
    OPENAI_CHAT: {
        "formatting": "sharegpt",
        "columns": {"messages": "messages"},
        "tags": {
            "role_tag": "role",
            "content_tag": "content",
            "user_tag": "user",
            "assistant_tag": "assistant",
            "system_tag": "system",
        },
    },
}
_AXOLOTL: dict[str, dict[str, Any]] = {
    OPENAI_CHAT: {"type": "chat_template", "field_messages": "messages", "roles_to_train": ["assistant"]},
    ALPACA: {"type": "alpaca"},
    QUESTION_ANSWER: {"type": "alpaca_chat.load_qa"},
}


def side_files(plan: Plan, dataset: str, files: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """The side files of a target by name; `files` are the splits and the files with their rows."""
    if plan.profile.name == "llama-factory":
        entries = {_entry(dataset, split): {"file_name": file, **_LLAMA_FACTORY[plan.shape]} for split, file in files}
        return {"dataset_info.json": (json.dumps(entries, ensure_ascii=False, indent=2) + "\n").encode()}
    if plan.profile.name == "axolotl":
        return {"axolotl.yaml": write_yaml(_stanza(plan, files)).encode()}
    return {}


def _entry(dataset: str, split: str) -> str:
    return dataset if split == "train" else f"{dataset}-{split}"


def _stanza(plan: Plan, files: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What goes into the configuration of a run. Axolotl calls every split of a file train."""
    sources = {
        split: {"path": file, "ds_type": "json", "split": "train", **_AXOLOTL[plan.shape]} for split, file in files
    }
    stanza: dict[str, Any] = {}
    if "train" in sources:
        stanza["datasets"] = [sources["train"]]
    if "validation" in sources:
        stanza["test_datasets"] = [sources["validation"]]
    if plan.max_tokens is not None:
        stanza["sequence_len"] = plan.max_tokens
    return stanza
