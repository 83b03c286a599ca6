"""Samples as files: Markdown where it holds a sample exactly, else YAML, else JSON."""

from __future__ import annotations

from typing import Any

from palms_spec.sources.json_writing import write_json
from palms_spec.sources.markdown import write_sample_markdown
from palms_spec.sources.yaml_writing import write_yaml


def write_sample(value: dict[str, Any]) -> tuple[str, str]:
    """The ending of the file and its text, for a sample in one of the written forms (`sample`); reading gives it back.

    Raises ValueError where two halves of a surrogate pair stand side by side as two characters, which no format can
    hold.
    """
    if "completion" in value:
        front = {name: item for name, item in value.items() if name not in ("prompt", "completion")}
        text = write_sample_markdown(front, value["prompt"], value["completion"])
        if text is not None:
            return ".md", text
    try:
        return ".yaml", write_yaml(value)
    except ValueError:
        return ".json", write_json(value)
