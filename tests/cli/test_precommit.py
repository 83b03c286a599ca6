"""The hooks under the real pre-commit, in repositories made by `palms init`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from palms_spec.rulekit.staleness import CHECKOUT
from palms_spec.workflows.hooks import FIX, FORMAT, HOOKS, LINT, LINT_PROJECT, local_hooks
from tests.cli.repositories import Repository, new_repository
from tests.projects import write_files

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

SAMPLE = "datasets/example/samples/health/a-cough.md"
GOOD = """\
---
category: health
positions: [health.no-diagnosis]
origin: broad
round: 1
---
# My child has coughed for two weeks. What has she got?

A cough that lasts can have many causes, and a text cannot listen to her chest. Most of them pass without treatment. \
Because it has been two weeks, let her doctor have a look, and note until then when she coughs and what makes it worse.
"""
BAD = GOOD.replace("no-diagnosis", "no-diagnoses") + "\nHuman: and then?\n"
FIXABLE = GOOD.replace("A cough", "A \u200bcough")
ROWS = json.dumps({"prompt": "What is a cough?", "completion": "A reflex.\n\nHuman: why?"}) + "\n"


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Repository:
    """What `palms init` writes, committed past its own hook."""
    made = new_repository(tmp_path_factory.mktemp("template"))
    assert made.run("palms", "init", "--template", "minimal").returncode == 0
    assert made.run("pre-commit", "install").returncode == 0
    first = made.commit("palms init")
    assert first.returncode == 0, first.stdout
    return made


@pytest.fixture
def repository(template, tmp_path) -> Repository:
    """A copy to change."""
    shutil.copytree(template.root.parent, tmp_path, dirs_exist_ok=True)
    return Repository(tmp_path / "repository", tmp_path / "home")


def use(repository: Repository, hook) -> None:
    """Take another hook than the one that `palms init` wrote."""
    write_files(repository.root, {".pre-commit-config.yaml": local_hooks(hook)})
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--allow-empty", "--no-verify", "--message", "another hook")


def test_a_good_commit_passes(repository):
    write_files(repository.root, {SAMPLE: GOOD})
    done = repository.commit()
    assert (done.returncode, repository.commits) == (0, 2), done.stdout
    assert re.search(r"palms lint --fix\.+Passed", done.stdout)


def test_a_bad_commit_is_refused_and_says_why(repository, snapshot):
    write_files(repository.root, {SAMPLE: BAD})
    done = repository.commit()
    assert (done.returncode, repository.commits) == (1, 1)
    assert re.sub(r"- duration: .*\n", "", done.stdout) == snapshot


def test_what_can_be_fixed_is_fixed_and_asks_for_a_second_look(repository):
    write_files(repository.root, {SAMPLE: FIXABLE})
    done = repository.commit()
    assert (done.returncode, repository.commits) == (1, 1)
    assert "files were modified by this hook" in done.stdout
    assert (repository.root / SAMPLE).read_text("utf-8") == GOOD
    assert repository.commit().returncode == 0, "what was fixed is good"


@pytest.mark.parametrize("hook", [LINT, FIX], ids=lambda hook: hook.id)
@pytest.mark.parametrize(("staged", "kept", "code"), [(GOOD, BAD, 0), (BAD, GOOD, 1)], ids=["good", "bad"])
def test_what_is_staged_counts_and_the_rest_is_kept(repository, hook, staged, kept, code):
    use(repository, hook)
    write_files(repository.root, {SAMPLE: staged})
    repository.git("add", "--all")
    write_files(repository.root, {SAMPLE: kept})
    assert repository.commit_staged().returncode == code
    assert (repository.root / SAMPLE).read_text("utf-8") == kept


def test_findings_in_files_that_are_not_committed_do_not_count(repository):
    write_files(repository.root, {SAMPLE: GOOD})
    repository.git("add", "--all")
    write_files(repository.root, {"drafts.jsonl": ROWS})
    assert repository.commit_staged().returncode == 0


def test_a_change_answers_for_what_it_causes_elsewhere(repository):
    use(repository, LINT)
    spec = repository.root / "specs/example/spec.yaml"
    spec.write_text(spec.read_text("utf-8").replace("health.no-diagnosis", "health.no-verdict"), "utf-8")
    done = repository.commit()
    assert done.returncode == 1
    assert "datasets/example/samples/health/sore-throat.md" in done.stdout


def test_a_sample_more_answers_for_the_numbers_of_a_released_dataset(repository):
    use(repository, LINT)
    path = repository.root / "datasets/example/dataset.yaml"
    released = path.read_text("utf-8").replace("status: draft", "status: released")
    released = re.sub("coverage: .*", "coverage: {samples: 2}", released).replace("role: values-targeted\n", "")
    write_files(repository.root, {"datasets/example/dataset.yaml": released})
    assert repository.commit().returncode == 0
    write_files(repository.root, {SAMPLE: GOOD})
    done = repository.commit()
    assert done.returncode == 1
    assert "3 samples, declared are 2: 1 more than declared" in done.stdout
    write_files(repository.root, {"datasets/example/dataset.yaml": released.replace("samples: 2}", "samples: 3}")})
    assert repository.commit().returncode == 0


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.id)
def test_nothing_to_check_is_fine(repository, hook):
    use(repository, hook)
    write_files(
        repository.root,
        {
            "README.md": "# About\n\nHuman: this is no sample.\n",
            "tool.py": "print()\n",
            "settings.json": "{}\n",
            "ci.yml": "on: push\n",
            ".github/workflows/more.yml": "on: push\n",
        },
    )
    done = repository.commit()
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.id)
def test_what_is_excluded_stays_so(repository, hook):
    use(repository, hook)
    configuration = (repository.root / "palms.toml").read_text("utf-8")
    configuration = configuration.replace("rules-version = 1\n", 'rules-version = 1\nexclude = ["drafts"]\n')
    write_files(
        repository.root, {"palms.toml": configuration, "drafts/rows.jsonl": ROWS, "drafts/a.yaml": "palms:   1\n"}
    )
    done = repository.commit()
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("hook", [LINT, FIX], ids=lambda hook: hook.id)
def test_names_of_any_form(repository, hook):
    use(repository, hook)
    names = ["-rows of mine.jsonl", "a b/--all.jsonl", '\'quoted "rows".jsonl', "ряды.jsonl"]
    write_files(repository.root, dict.fromkeys(names, ROWS))
    done = repository.commit()
    assert done.returncode == 1
    assert [name for name in names if f"--> {name}:1:" not in done.stdout] == []
    write_files(repository.root, dict.fromkeys(names, ROWS.replace("Human: why?", "It clears the airways.")))
    assert repository.commit().returncode == 0


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.id)
def test_a_deleted_file_is_no_failure(repository, hook):
    use(repository, hook)
    write_files(repository.root, {SAMPLE: GOOD})
    assert repository.commit().returncode == 0
    write_files(repository.root, {SAMPLE: None, "datasets/example/samples/health/another.md": GOOD})
    done = repository.commit()
    assert done.returncode == 0, done.stdout


def test_the_whole_project_shows_what_a_deleted_file_leaves_behind(repository):
    use(repository, LINT_PROJECT)
    write_files(repository.root, {"specs/example/spec.yaml": None})
    done = repository.commit()
    assert done.returncode == 1
    assert "unresolved-reference" in done.stdout


def test_a_document_is_written_in_canonical_form(repository):
    use(repository, FORMAT)
    path = repository.root / "datasets/example/dataset.yaml"
    canonical = path.read_text("utf-8")
    path.write_text(canonical.replace("\n", "  \n"), "utf-8")
    done = repository.commit()
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert path.read_text("utf-8") == canonical


def test_a_project_in_a_folder_of_a_repository(repository):
    """As docs/how-to/hooks.md says."""
    hooks = re.sub("files: .*", r"files: '^policy/.*\\.(ya?ml|json|jsonl(\\.gz)?|md)$'", local_hooks(LINT))
    for name in ("palms.toml", "specs", "datasets"):
        (repository.root / "policy").mkdir(exist_ok=True)
        (repository.root / name).rename(repository.root / "policy" / name)
    write_files(repository.root, {".pre-commit-config.yaml": hooks, "notes/rows.jsonl": ROWS})
    done = repository.commit()
    assert done.returncode == 0, done.stdout
    write_files(repository.root, {f"policy/{SAMPLE}": BAD, "README.md": "# About\n"})
    done = repository.commit()
    assert done.returncode == 1
    assert f"--> policy/{SAMPLE}:3:" in done.stdout


def test_a_wrong_configuration_is_refused_where_it_is_made(repository):
    write_files(repository.root, {"palms.toml": "rules-version = 1\nexlude = []\n"})
    done = repository.commit()
    assert done.returncode == 1
    assert "there is no key exlude; did you mean exclude?" in done.stdout


@pytest.mark.slow
def test_the_hooks_of_this_repository_install_and_run(repository, tmp_path):
    """As with `repo: <address>` in a configuration: pre-commit builds the environment from what is committed here."""
    ours = new_repository(tmp_path / "ours")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (CHECKOUT / name).is_file():
            target = ours.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(CHECKOUT / name, target)
    assert ours.commit("what is here").returncode == 0
    write_files(repository.root, {SAMPLE: BAD})
    repository.git("add", "--all")
    done = repository.run("pre-commit", "try-repo", ours.root, "--verbose")
    results = dict(re.findall(r"(?m)^(palms .*?)\.{3,}(?:\(.*\))?(\w+)$", done.stdout))
    assert results == {
        "palms lint": "Failed",
        "palms lint (whole project)": "Failed",
        "palms lint --fix": "Failed",
        "palms fmt": "Passed",
    }, done.stdout
    assert "role-marker" in done.stdout
    write_files(repository.root, {SAMPLE: GOOD})
    repository.git("add", "--all")
    done = repository.run("pre-commit", "try-repo", ours.root)
    assert done.returncode == 0, done.stdout


def test_the_workflow_for_ci_calls_palms_as_it_is(repository):
    import yaml

    workflow = yaml.safe_load((repository.root / ".github/workflows/palms.yml").read_text("utf-8"))
    commands = [step["run"] for step in workflow["jobs"]["lint"]["steps"] if "run" in step]
    assert commands[0].split()[:2] == ["pip", "install"]
    assert [repository.run(*command.split()).returncode for command in commands[1:]] == [0]
    write_files(repository.root, {SAMPLE: BAD})
    done = repository.run(*commands[1].split())
    assert done.returncode == 1
    assert re.search(rf"(?m)^::error .*file={re.escape(str(Path(SAMPLE)))},", done.stdout)
