"""The documents that docs/formats.md shows are good ones."""

from __future__ import annotations

from tests.docs.pages import DOCS, blocks
from tests.projects import lint, rules, write_files


def test_the_documents_shown_are_clean(tmp_path):
    files = {block.path: block.text for block in blocks(DOCS / "formats.md") if block.path}
    assert {path.rsplit(".", 1)[1] for path in files} == {"yaml", "md", "jsonl"}
    write_files(tmp_path, {"palms.toml": "rules-version = 1\n", **files})
    outcome = lint(tmp_path, ignore=["too-few-test-prompts"])
    assert rules(outcome) == []
    assert outcome.scope.samples == 5
