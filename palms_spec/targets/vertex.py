"""Google Vertex AI, supervised tuning of Gemini."""

from __future__ import annotations

from palms_spec.targets.fact import Fact
from palms_spec.targets.lines import VERTEX
from palms_spec.targets.profile import Limits, Profile

PROFILE = Profile(
    name="vertex",
    title="Vertex AI tuning of Gemini",
    sft=(VERTEX,),
    limits=Limits(
        rows_max=Fact(10_000_000, "doc", "about supervised fine-tuning for Gemini"),
        file_bytes=Fact(1_000_000_000, "doc", "about supervised fine-tuning for Gemini"),
        row_tokens=Fact(131_072, "doc", "about supervised fine-tuning for Gemini"),
    ),
    turns="answer-last",
    upload="Copy the file to Cloud Storage, under a name that ends in .jsonl, and name its gs:// address in the job.",
    notes=(Fact("the assistant's role is called model", "doc"),),
)
