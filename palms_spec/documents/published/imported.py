"""What came of writing a published specification as our own documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FORMAT = "model-spec"
"""What the format is called on the command line."""
SPEC_FILE, PROMPTS_FILE, PAIRS_FOLDER, ANSWERS_FOLDER = "spec.yaml", "prompts.yaml", "pairs", "answers"


@dataclass(frozen=True, slots=True)
class ImportedSpec:
    """What was written to the folder, under which id: how many positions, prompts, preference pairs, and answers that
    nothing stands against. `prompt_files` are those that the prompts came from, `unsettled` the comparisons that stay
    text, because not every answer is labelled or none is to be learned from."""

    source: str
    folder: Path
    name: str
    version: str
    positions: int
    prompts: int
    prompt_files: int
    pairs: int
    answers: int
    unsettled: int
