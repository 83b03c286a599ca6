from __future__ import annotations

import json
from importlib.util import find_spec

import pytest

from palms_spec.rulekit.index import read_index
from tests.cli.running import palms
from tests.distributions.building import ACME
from tests.projects import write_files, write_project


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


def test_several_rules_are_explained_one_after_another(tmp_path):
    done = palms("rule", "role-marker", "empty-answer", cwd=tmp_path)
    assert [line for line in done.stdout.splitlines() if "(SAM0" in line] == [
        "role-marker (SAM004)",
        "empty-answer (SAM003)",
    ]


PACK = """\
palms: 1
kind: rule-pack
id: house
title: House
version: 1.2.0
rules:
  - name: shout
    code: HOUSE001
    expected: An answer does not shout.
    docs: An answer has an exclamation mark.
    why: It is rude.
    given: samples[*].completion
    check: {kind: absence, words: ["!"]}
    examples: [{bad: "Rest[[!]]", good: Rest.}]
    near_misses: [Rest?]
  - name: lacks-code
    expected: An answer names a clinician.
    given: samples[*].completion
    check: {kind: presence, words: [clinician]}
    examples: [{bad: See a clinician., good: Rest.}]
  - name: very-good
    expected: Nothing is very anything.
    given: samples[*].completion
    check: {kind: tokens, patterns: [[{LOWER: very}, {POS: ADJ}]]}
    examples: [{bad: It is very good., good: It is good.}]
"""


@pytest.fixture
def project(tmp_path):
    return write_project(tmp_path, {"rules/house.yaml": PACK})


def test_a_rule_of_a_pack_explains_itself(project, snapshot):
    done = palms("rule", "shout", "lacks-code", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == snapshot


def test_the_rules_of_a_project_are_listed_with_those_of_palms(project):
    lines = palms("rule", cwd=project).stdout.splitlines()
    assert len(lines) == len(read_index()) + 3
    assert lines[-3].split()[:3] == ["HOUSE001", "shout", "warning"]


@pytest.mark.skipif(find_spec("spacy") is not None, reason="spaCy is installed")
def test_rules_are_run_on_their_own_examples(project, snapshot):
    done = palms("rule", "--test", cwd=project)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == snapshot
    assert palms("rule", "--test", "rules", cwd=project).stdout == done.stdout
    assert palms("rule", "--test", "rules/house.yaml", cwd=project).stdout == done.stdout
    assert palms("rule", "--test", "shout", cwd=project).returncode == 0


def test_a_pack_with_defects_fails(project, snapshot):
    write_files(project, {"house.yaml": PACK.replace("absence", "absense")})
    done = palms("rule", "--test", "house.yaml", cwd=project)
    assert (done.returncode, done.stdout) == (1, snapshot)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "error: this project has no rules of its own\n"),
        (("gone.yaml",), "error: no such file or folder: gone.yaml\n"),
        (("palms.toml",), "error: palms.toml is no pack and no rule\n"),
        (("specs/example/spec.yaml",), "error: specs/example/spec.yaml is no rule pack\n"),
        (("specs",), "error: specs holds no packs and no rules\n"),
        (("shuot",), "error: there is no rule shuot\n"),
        (("broken.py",), "error: broken.py cannot be imported: ZeroDivisionError: division by zero\n"),
        (("empty.py",), "error: empty does not define the rule empty\n"),
    ],
)
def test_what_cannot_be_tested_is_said(tmp_path, words, message):
    write_project(tmp_path, {"broken.py": "1 / 0\n", "empty.py": ""})
    done = palms("rule", "--test", *words, cwd=tmp_path)
    assert done.stderr.startswith(message)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_rule_in_a_file_is_run_where_it_is(tmp_path):
    done = palms("rule", "--test", str(ACME / "acme_rules"), cwd=tmp_path)
    assert done.stdout.endswith("  passed   shouted-words: 1 example, 1 near miss\n\n1 rule passed.\n")
