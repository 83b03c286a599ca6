"""`palms diff` and `palms approve`, run as a user runs them, on what `palms init` makes."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from tests.cli.repositories import Repository, new_repository
from tests.cli.running import palms
from tests.projects import write_project

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
SPEC = "specs/palms-2021/spec.yaml"
GONE = "datasets/palms-2021/samples/health/insulin-rationing.md"


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Repository:
    """What `palms init` writes, committed on main."""
    made = new_repository(tmp_path_factory.mktemp("template"))
    made.git("symbolic-ref", "HEAD", "refs/heads/main")
    assert made.run("palms", "init").returncode == 0
    assert made.commit("palms init").returncode == 0
    return made


@pytest.fixture
def repository(template, tmp_path) -> Repository:
    """A copy, on a branch of its own."""
    shutil.copytree(template.root.parent, tmp_path, dirs_exist_ok=True)
    made = Repository(tmp_path / "repository", tmp_path / "home")
    made.git("checkout", "--quiet", "-b", "change")
    return made


def change(repository: Repository, *, version: str = "0.1.0") -> None:
    """Reverse a stance, reword a position, delete a sample."""
    path = repository.root / SPEC
    text = path.read_text("utf-8")
    for old, new in (
        (
            "subject: violence and abuse against people\n        stance: oppose",
            "subject: violence and abuse against people\n        stance: support",
        ),
        ("It points to a clinician or a pharmacist for that", "It refers to a clinician or a pharmacist for that"),
        ("version: 0.1.0", f"version: {version}"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    (repository.root / GONE).unlink(missing_ok=True)


def line_of(repository: Repository, revision: str, part: str) -> int:
    """The line of the specification in which something stands, in a revision or, of "", at hand."""
    text = repository.git("show", f"{revision}:{SPEC}") if revision else (repository.root / SPEC).read_text("utf-8")
    return text[: text.index(part)].count("\n") + 1


def test_a_reversed_stance_a_reworded_position_and_a_deleted_sample(repository):
    change(repository)
    (repository.root / SPEC).write_text("# a line more\n" + (repository.root / SPEC).read_text("utf-8"), "utf-8")
    done = palms("diff", "main", cwd=repository.root)
    assert done.returncode == 1, done.stderr
    said = done.stdout
    subject = "subject: violence and abuse against people"
    before, now = (line_of(repository, revision, subject) + 1 for revision in ("main", ""))
    assert now == before + 1
    assert "● position-reversed abuse-violence-threat.oppose-violence" in said
    assert f"      {SPEC}:{now}:17\n      {SPEC}:{before}:17 in main\n" in said
    assert "● position-reworded health.no-prescription" in said
    assert "It [-points-] {+refers+} to a clinician" in " ".join(said.split())
    assert "● sample-dropped health/insulin-rationing" in said
    assert f"      {GONE}:1:1 in main\n" in said
    assert re.search(r"stale: 4 samples: abuse-violence-threat/chimpanzees-and-bar-fights,", said)
    assert re.search(r"stale: 3 samples: health/flushed-after-the-vigil,\s+health/scout-camp-medicine-table,", said)
    assert "the changes ask for a major step, to 1.0.0" in " ".join(said.split())
    assert "health.no-prescription  4 → 3" in said


def test_with_approvals_and_a_bump_it_passes(repository):
    change(repository, version="1.0.0")
    assert repository.commit("a change").returncode == 0
    shown = json.loads(palms("diff", "main", "--output-format", "json", cwd=repository.root).stdout)
    assert shown["summary"]["exit_code"] == 1
    for one in shown["changes"]:
        if one["kind"] != "dataset-changed":
            done = palms(
                "approve",
                one["fingerprint"],
                "--by",
                "the maintainers",
                "--reason",
                "agreed",
                "--base",
                "main",
                cwd=repository.root,
            )
            assert done.returncode == 0, done.stderr
            assert done.stdout == f"Recorded {one['kind']} of {one['item']} in specs/palms-2021/approvals.jsonl.\n"
    done = palms("diff", "main", cwd=repository.root)
    assert done.returncode == 0, done.stdout
    assert "3 changes: nothing to object, " in done.stdout
    assert "accepted: agreed (the maintainers)" in done.stdout
    assert repository.commit("approved").returncode == 0
    assert palms("diff", "main", "change", cwd=repository.root).returncode == 0


def test_who_made_a_change_cannot_approve_it(repository):
    change(repository)
    path = repository.root / SPEC
    path.write_text(path.read_text("utf-8").replace("the maintainers", "a@AUTHOR.example"), "utf-8")
    repository.git("checkout", "--quiet", "main")
    assert repository.commit("an owner").returncode == 0
    repository.git("checkout", "--quiet", "-b", "later")
    path.write_text(path.read_text("utf-8").replace("stance: support", "stance: neutral", 1), "utf-8")
    assert repository.commit("a change").returncode == 0
    shown = json.loads(palms("diff", "main", "--output-format", "json", cwd=repository.root).stdout)
    mark = shown["changes"][0]["fingerprint"]
    done = palms("approve", mark, "--by", "a@author.example", "--reason", "x", "--base", "main", cwd=repository.root)
    assert done.returncode == 1
    assert "It will not count: a@author.example is an author of the change." in done.stdout


def test_nothing_changed(repository):
    done = palms("diff", cwd=repository.root)
    assert (done.returncode, done.stdout) == (
        0,
        "Compared: main with working tree\n\nNothing changed in meaning or wording.\n",
    )


def test_several_forms_of_one_comparison(repository):
    change(repository)
    done = palms(
        "diff", "main", "--output-format", "json=a.json", "--output-format", "markdown=a.md", "--output-format", "sarif=a.sarif",
        cwd=repository.root,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((repository.root / "a.json").read_text("utf-8"))["summary"]["changes"] == 3
    assert (repository.root / "a.md").read_text("utf-8").startswith("**palms diff:** 3 changes since `main`")
    assert len(json.loads((repository.root / "a.sarif").read_text("utf-8"))["runs"][0]["results"]) == 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["nothing"],
            "error: there is no revision nothing in this repository\nhint: this repository has no remote to get it from\n",
        ),
        (
            ["--output-format", "full"],
            "error: there is no output format full\nhint: one of text, markdown, json, github, sarif\n",
        ),
        (
            ["--select", "CHG999"],
            "error: there is no rule CHG999; did you mean CHG019?\nhint: `palms rule` lists the rules\n",
        ),
        (["--view", "all"], "hint: `palms diff --help` shows how it is called\n"),
        (["--today", "tomorrow"], ""),
        (
            ["main", "--output-format", "json", "--output-format", "text"],
            "error: two reports would be written to one place\n",
        ),
    ],
)
def test_what_cannot_be_served(repository, arguments, told):
    done = palms("diff", *arguments, cwd=repository.root)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "defect of its own" not in done.stderr


def test_the_least_severity_that_fails(repository):
    path = repository.root / SPEC
    path.write_text(
        path.read_text("utf-8")
        .replace("It points to a clinician", "It refers to a clinician")
        .replace("0.1.0", "0.2.0"),
        "utf-8",
    )
    assert palms("diff", cwd=repository.root).returncode == 1
    assert palms("diff", "--fail-on", "error", cwd=repository.root).returncode == 0
    assert palms("diff", "--exit-zero", cwd=repository.root).returncode == 0
    assert palms("diff", "--ignore", "CHG", cwd=repository.root).returncode == 0


def test_outside_of_git_two_folders_are_compared(tmp_path):
    write_project(tmp_path / "old")
    write_project(tmp_path / "new", {"specs/example/spec.yaml": None})
    done = palms("diff", "old", "new", cwd=tmp_path)
    assert done.returncode == 1
    assert "● document-removed example" in done.stdout
    assert "old/specs/example/spec.yaml:1:1 in old" in done.stdout
    done = palms("diff", cwd=tmp_path)
    assert (done.returncode, "hint: name a revision: palms diff REVISION" in done.stderr) == (2, True)
