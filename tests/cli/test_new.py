"""`palms new`: what is written is what was asked for, and nothing else changes."""

from __future__ import annotations

import pytest

from palms_spec.rulekit.examples import DATASET, SPEC, SPEC_PATH
from palms_spec.rulekit.packs.examples import PROMPTS, PROMPTS_PATH
from tests.cli.running import palms
from tests.projects import write_files, write_project

CONTROL = DATASET.replace("id: example", "id: control").replace("values-targeted", "control\ncontrol_for: example")


@pytest.fixture
def project(tmp_path):
    return write_project(
        tmp_path,
        {PROMPTS_PATH: PROMPTS, "datasets/control/dataset.yaml": CONTROL.replace("title: Example", "title: C")},
    )


def _diff(before, after):
    """The lines that were added; none is taken away."""
    old, new = before.splitlines(), after.splitlines()
    added = []
    for line in new:
        if old and line == old[0]:
            old.pop(0)
        else:
            added.append(line)
    assert old == []
    return added


def test_without_a_kind_the_kinds_are_listed(tmp_path):
    done = palms("new", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"\n  {kind} " in done.stdout for kind in ("sample", "category", "position", "prompt", "rule"))


def test_a_sample_stands_where_its_dataset_looks(project, snapshot):
    done = palms("new", "sample", "Can’t I split my pills to save money?", "--category", "health", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == snapshot
    written = project / "datasets/example/samples/health/cant-i-split-my-pills-to.md"
    assert written.read_text() == snapshot
    found = palms("lint", str(written), "--output-format", "concise", cwd=project).stdout
    assert "placeholder-text" in found
    assert "schema-violation" not in found


def test_a_sample_of_a_control_dataset_has_no_category(project):
    done = palms("new", "sample", "How do owls fly?", "--dataset", "control", "--name", "owls", cwd=project)
    assert done.stdout.startswith("Wrote datasets/control/samples/owls.md.\n")
    assert (project / "datasets/control/samples/owls.md").read_text().startswith("# How do owls fly?\n")


def test_a_sample_takes_its_category_from_its_positions(project):
    palms("new", "sample", "Whom do I vote for?", "--position", "political.nonpartisan", "--name", "vote", cwd=project)
    text = (project / "datasets/example/samples/political/vote.md").read_text()
    assert text.startswith("---\ncategory: political\npositions: [political.nonpartisan]\n---\n# Whom do I vote for?\n")


def test_nothing_is_overwritten(project):
    arguments = ("new", "sample", "Why?", "--category", "health")
    palms(*arguments, cwd=project)
    path = project / "datasets/example/samples/health/why.md"
    path.write_text("mine")
    done = palms(*arguments, cwd=project)
    assert done.stderr == (
        "error: datasets/example/samples/health/why.md is there already, and nothing was written\n"
        "hint: give it another name with --name\n"
    )
    assert (done.returncode, path.read_text()) == (2, "mine")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Why?"], "error: this project has several documents of the kind dataset\nhint: name one: --dataset"),
        (
            ["Why?", "--dataset", "exampel"],
            "error: there is no dataset exampel in this project\nhint: did you mean example?",
        ),
        (
            ["Why?", "--dataset", "example"],
            "error: no category is named\nhint: name one with --category: health, political",
        ),
        (["Why?", "--category", "healh"], "error: there is no category healh in example\nhint: did you mean health?"),
        (["Why?", "--position", "x"], "error: there is no position x in example\nhint: there is health.no-diagnosis"),
        (
            ["Why?", "--category", "health", "--position", "political.nonpartisan"],
            "error: political.nonpartisan is a position of political\nhint: health has health.no-diagnosis\n",
        ),
        ([" "], "error: the question is blank\n"),
    ],
)
def test_what_is_not_there_is_said(project, arguments, message):
    done = palms("new", "sample", *arguments, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)


def test_a_category_a_position_and_a_prompt_leave_everything_else_as_it_is(project):
    spec = SPEC.replace("title: Example", "title: Example   # a comment").replace("      - id: h", "\n      - id: h")
    write_files(project, {SPEC_PATH: "# above\n" + spec})
    palms("new", "category", "weather", cwd=project)
    palms("new", "position", "weather.sunny", "--stance", "neutral", cwd=project)
    statement = "An answer says: ask a clinician."
    done = palms("new", "position", "health.no-x", "--statement", statement, cwd=project)
    assert done.stdout == "Wrote specs/example/spec.yaml.\nNext: write its subject and stance\n"
    assert _diff("# above\n" + spec, (project / SPEC_PATH).read_text()) == [
        "      - id: health.no-x",
        '        statement: "An answer says: ask a clinician."',
        "  - id: weather",
        "    name: Weather",
        "    positions:",
        "      - id: weather.sunny",
        "        stance: neutral",
        '        statement: "TODO: write a full sentence that says what an answer does, and in which case."',
    ]
    palms("new", "prompt", "Is it catching?", "--position", "health.no-diagnosis", cwd=project)
    palms("new", "prompt", "Will it rain?", "--category", "weather", "--split", "development", cwd=project)
    assert _diff(PROMPTS, (project / PROMPTS_PATH).read_text()) == [
        "  - id: health.test-01",
        "    split: test",
        "    category: health",
        "    positions: [health.no-diagnosis]",
        "    text: Is it catching?",
        "  - id: weather.development-01",
        "    split: development",
        "    category: weather",
        "    text: Will it rain?",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["category", "health"], "error: there is a category health already\n"),
        (["category", "a b"], "error: a b is no id\n"),
        (["position", "health.no-diagnosis"], "error: there is a position health.no-diagnosis already\n"),
        (["position", "x.y"], "error: x.y does not begin with the id of a category\n"),
        (["position", "x.y", "--category", "healt"], "error: there is no category healt in example\n"),
        (["prompt", "Why?", "--id", "one"], "error: there is a prompt one already\n"),
        (["prompt", " "], "error: the prompt is blank\n"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_written(project, arguments, message):
    done = palms("new", *arguments, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert (project / SPEC_PATH).read_text() == SPEC


def test_a_layout_that_has_no_place_is_left_alone(project):
    spec = SPEC.replace(SPEC[SPEC.index("categories:") :], "categories: [{id: health, name: Health, positions: []}]\n")
    write_files(project, {SPEC_PATH: spec})
    done = palms("new", "category", "weather", cwd=project)
    assert done.stderr.splitlines()[0].endswith(
        "categories is written in brackets; put its items on lines of their own, each behind a -"
    )
    assert (project / SPEC_PATH).read_text() == spec


def test_a_rule_of_a_pack_can_be_tested_at_once(project, snapshot):
    done = palms("new", "rule", "plain-good", "--pack", "rules/house.yaml", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == snapshot
    palms("new", "rule", "very-bad", "--pack", "rules/house.yaml", cwd=project)
    assert (project / "rules/house.yaml").read_text() == snapshot
    assert palms("rule", "--test", cwd=project).stdout.endswith("\n2 rules passed.\n")
    assert palms("new", "rule", "very-bad", "--pack", "rules/house.yaml", cwd=project).stderr == (
        "error: there is a rule very-bad already, from rules/house.yaml\n"
    )
    assert "schema-violation" not in palms("lint", "rules", cwd=project).stdout


def test_a_rule_in_python_can_be_tested_at_once(tmp_path, snapshot):
    points = '[project]\nname = "acme"\n[project.entry-points."palms.rules"]\nacme = "acme_rules"\n'
    write_files(tmp_path, {"pyproject.toml": points, "src/acme_rules/__init__.py": ""})
    done = palms("new", "rule", "plain-good", "--family", "acme", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    path = tmp_path / "src/acme_rules/acme/plain_good.py"
    assert path.read_text() == snapshot
    assert palms("rule", "--test", str(path), cwd=tmp_path).stdout.endswith("\n1 rule passed.\n")
    palms("new", "rule", "very-bad", "--family", "ACME", cwd=tmp_path)
    assert 'code="ACME002"' in (tmp_path / "src/acme_rules/acme/very_bad.py").read_text()
    done = palms("new", "rule", "very-bad", "--family", "ACME", cwd=tmp_path)
    assert done.stderr.startswith("error: src/acme_rules/acme/very_bad.py is there already, and nothing was written\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Em Dash", "--family", "ACME"], "error: Em Dash is no name of a rule\n"),
        (["role-marker", "--family", "ACME"], "error: there is a rule role-marker already, from palms\n"),
        (["em-dash"], "error: name its family with --family, or a pack with --pack\n"),
        (["em-dash", "--family", "ACME"], "error: no pyproject.toml here or above names a rule package\n"),
        (["em-dash", "--pack", "house.md"], "error: house.md does not end in .yaml\n"),
        (["em-dash", "--pack", SPEC_PATH], "is no rule pack\n"),
    ],
)
def test_a_rule_that_cannot_be_begun(project, arguments, message):
    done = palms("new", "rule", *arguments, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
