from __future__ import annotations

import pytest

from palms_spec.sources.yaml_scalars import legacy_meaning, resolve


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        *[(text, "a boolean") for text in ("yes", "No", "ON", "off", "y", "N")],
        *[(text, "a number") for text in ("012", "-07", "1_000", "1:30", "190:20:30.15", "0b10", "+1_0.5")],
        *[(text, "a date") for text in ("2021-06-10", "2021-6-1 12:00:00Z")],
        ("<<", "a merge of mappings"),
        ("=", "a default value"),
        *[(text, "") for text in ("true", "12", "1.5", "0x1F", "null", "word", "1.2.3", "12a", "yess", "", "08x")],
    ],
)
def test_text_that_yaml_1_1_reads_otherwise_is_told_from_other_text(text, meaning):
    assert legacy_meaning(text) == meaning


@pytest.mark.parametrize(
    "text", ["-", "+", ".", "-.", "1.2.3", "0x", "0o8", "1e", "+.nan", "-.Inf.", "NULL.", "nul", "e5", "١٢"]
)
def test_what_only_begins_like_a_number_or_word_is_text(text):
    assert resolve(text) == text
