from __future__ import annotations

import json

import pytest

from palms_spec.rulekit.index import read_index
from tests.cli.running import palms


def test_a_rule_is_found_by_name_code_and_spelling(tmp_path):
    pages = {palms("rule", word, cwd=tmp_path).stdout for word in ("role-marker", "SAM004", "sam004", "role_marker")}
    assert len(pages) == 1
    (page,) = pages
    assert page.startswith("role-marker (SAM004)\n")
    assert "Why it matters" in page


def test_without_a_name_all_rules_are_listed(tmp_path):
    done = palms("rule", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [record.code for record in read_index()]


def test_a_family_is_listed(tmp_path):
    codes = {line.split()[0] for line in palms("rule", "dup", cwd=tmp_path).stdout.splitlines()}
    assert codes == {record.code for record in read_index() if record.family == "DUP"}


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize("arguments", [(), ("role-marker",), ("SAM",)], ids=["all", "one", "a family"])
def test_all_forms(tmp_path, form, arguments):
    done = palms("rule", *arguments, "--output-format", form, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "role-marker" in done.stdout
    if form == "json":
        assert json.loads(done.stdout)["version"] == 1


def test_an_unknown_rule(tmp_path):
    done = palms("rule", "role-markr", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("", "error: there is no rule role-markr\nhint: did you mean role-marker?\n")
    assert done.returncode == 2


def test_the_documentation_of_a_rule_in_color(tmp_path):
    assert "\x1b[1mrole-marker\x1b[0m" in palms("rule", "role-marker", "--color", "always", cwd=tmp_path).stdout
