"""The steps of the action, in a checkout of a repository with a bare remote, against a server that keeps comments."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC_PATH
from tests.action.github_server import TOKEN, Site, github
from tests.action.runner import ACTION, Run, run_action
from tests.render.pages import page_of
from tests.render.runner import commands_in
from tests.scratch import ANN, APPROVALS, EVE, OWNED, REVERSED, Scratch, approval, new_scratch

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or shutil.which("bash") is None, reason="git or bash is not installed"
)
MARK = "<!-- palms comment: palms -->\n"
BUMPED = REVERSED.replace("version: 1.0.0", "version: 2.0.0")


@pytest.fixture
def site():
    with github() as made:
        yield made


@pytest.fixture
def work(tmp_path) -> Scratch:
    """Where the change is made; `origin` is a bare repository beside it."""
    scratch = new_scratch(tmp_path / "work", {DATASET_PATH: DATASET.replace("spec: example@^1", "spec: example")})
    scratch.git("init", "--quiet", "--bare", "--initial-branch=main", tmp_path / "origin.git")
    scratch.git("remote", "add", "origin", tmp_path / "origin.git")
    scratch.git("push", "--quiet", "origin", "main")
    return scratch


def act(
    work: Scratch, site: Site, *, event: str = "pull_request", fork: bool = False, number: int = 1, **inputs
) -> Run:
    """Push the branch as a pull request, check its merge out as GitHub's checkout does, and run the action."""
    tmp = work.root.parent
    work.git("push", "--quiet", "--force", "origin", f"HEAD:refs/pull/{number}/head")
    head = work.git("rev-parse", "HEAD").strip()
    merged = tmp / "merged"
    shutil.rmtree(merged, ignore_errors=True)
    work.git("clone", "--quiet", tmp / "origin.git", merged)
    merging = Scratch(merged)
    merging.git("fetch", "--quiet", "origin", f"refs/pull/{number}/head")
    merging.git("-c", "user.name=G", "-c", "user.email=g@x", "merge", "--quiet", "--no-ff", "-m", "merge", "FETCH_HEAD")
    merging.git("push", "--quiet", "--force", "origin", "HEAD:refs/pull/1/merge")
    checkout = tmp / "checkout"
    shutil.rmtree(checkout, ignore_errors=True)
    checkout.mkdir()
    out = Scratch(checkout)
    out.git("init", "--quiet")
    out.git("remote", "add", "origin", f"file://{tmp / 'origin.git'}")
    ref = "refs/pull/1/merge" if event == "pull_request" else "refs/heads/main"
    out.git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", f"+{ref}:refs/remotes/pull/1/merge")
    out.git("checkout", "--quiet", "--detach", "refs/remotes/pull/1/merge")
    owner = "eve" if fork else "acme"
    pull = {
        "number": number,
        "state": "open",
        "base": {"ref": "main"},
        "head": {"ref": "change", "sha": head, "repo": {"full_name": f"{owner}/values", "owner": {"login": owner}}},
    }
    told = {"pull_request": pull} if event == "pull_request" else {}
    if event == "workflow_run":
        site.pulls = [pull]
        repository = {"full_name": f"{owner}/values", "owner": {"login": owner}}
        told = {
            "workflow_run": {
                "head_branch": "change",
                "head_sha": head,
                "head_repository": repository,
                "pull_requests": [],
            }
        }
    (tmp / "event.json").write_text(json.dumps(told))
    environment = {
        "GITHUB_API_URL": site.address,
        "GITHUB_SERVER_URL": "https://github.example",
        "GITHUB_REPOSITORY": "acme/values",
        "GITHUB_EVENT_NAME": event,
        "GITHUB_EVENT_PATH": str(tmp / "event.json"),
        "GITHUB_REF_NAME": "1/merge",
    }
    temp = tmp / "temp"
    shutil.rmtree(temp, ignore_errors=True)
    given = {"install": "false", **{name.replace("_", "-"): value for name, value in inputs.items()}}
    return run_action(checkout, temp, inputs=given, environment=environment, token=TOKEN)


def errors(run: Run) -> list[str]:
    """The files in which errors are annotated."""
    return [one.properties["file"] for one in commands_in(run.log) if one.name == "error"]


def test_a_pull_request_is_linted_compared_and_commented_on(work, site):
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    run = act(work, site)
    assert run.code == 1, run.log
    assert {name: run.outputs[name] for name in ("lint", "diff", "changes", "errors", "warnings")} == {
        "lint": "0",
        "diff": "1",
        "changes": "1",
        "errors": "2",
        "warnings": "0",
    }
    (body,) = site.bodies()
    assert body.startswith(
        f"{MARK}**palms diff:** 1 change since `origin/main`: 2 errors.<br>\nTo do: make `example` **2.0.0**"
    )
    assert "**palms lint:** Passed with 2 notes" in body.splitlines()[-1]
    assert run.outputs["comment"].endswith("/pull/1#issuecomment-1")
    assert "**palms diff:** 1 change" in run.summary
    assert errors(run) == [SPEC_PATH, SPEC_PATH]
    assert TOKEN not in run.log + body + run.summary


def test_the_ready_line_and_the_link_lead_to_the_branch_that_the_change_is_on(work, site):
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    act(work, site)
    (body,) = site.bodies()
    (line,) = re.findall(r'(?m)^\{"fingerprint".*$', body)
    assert json.loads(line)["change"] == "position-reversed"
    wanted = "https://github.example/acme/values/new/change/specs/example?filename=approvals.jsonl&value="
    assert [
        href for name, href in page_of(body.removeprefix(MARK)).attributes if name == "href" and wanted in str(href)
    ]
    work.commit(
        {APPROVALS: line.replace('"reason": ""', '"reason": "meant"').replace('"by": ""', f'"by": "{ANN}"') + "\n"},
        by=ANN,
    )
    work.commit({SPEC_PATH: BUMPED}, by=EVE)
    assert act(work, site).code == 0
    work.commit(
        {SPEC_PATH: BUMPED.replace("name: Politics", "name: Opinion").replace("stance: neutral", "stance: support")},
        by=EVE,
    )
    act(work, site)
    (body,) = site.bodies()
    assert f"https://github.example/acme/values/edit/change/{APPROVALS}" in body


def test_the_comment_is_kept_up_to_date(work, site):
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    act(work, site)
    number = len(site.requests)
    act(work, site)
    assert [one.split()[0] for one in site.requests[number:]] == ["GET"], "what is the same is not written again"
    work.commit({SPEC_PATH: BUMPED, APPROVALS: approval(work.diff(), "position-reversed")}, by=EVE)
    run = act(work, site)
    assert run.code == 0, run.log
    (body,) = site.bodies()
    assert "1 change since `origin/main`: nothing to object, 1 accepted" in body
    work.commit({SPEC_PATH: OWNED, APPROVALS: None}, by=EVE)
    act(work, site)
    assert "nothing changed in meaning or wording" in site.bodies()[0]


def test_without_changes_there_is_no_comment(work, site):
    work.commit({"README.md": "# Values\n"}, by=EVE)
    run = act(work, site)
    assert (run.code, run.outputs["changes"], site.comments) == (0, "0", {})


def test_a_comment_by_somebody_else_is_left_alone(work, site):
    forged = site.add(1, MARK + "All is well.", "eve")
    for number in range(150):
        site.add(1, f"me too {number}")
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    for _ in range(2):
        act(work, site)
    assert forged["body"] == MARK + "All is well."
    assert len(site.bodies()) == 1, "found on the second page"


def test_two_jobs_keep_two_comments(work, site):
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    act(work, site)
    act(work, site, comment_name="other -->")
    assert [body.split("\n")[0] for body in site.bodies()] == [MARK.strip(), "<!-- palms comment: other > -->"]


def test_a_pull_request_from_a_fork_gets_the_summary_and_annotations_alone(work, site):
    site.read_only = True
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    run = act(work, site, fork=True)
    assert (run.code, site.requests, run.outputs["comment"]) == (1, [], "")
    assert "**palms diff:** 1 change" in run.summary
    assert errors(run) == [SPEC_PATH, SPEC_PATH]
    assert "see the summary of the job" in run.log


def test_a_job_of_the_base_comments_on_it_without_checking_it_out(work, site):
    evil = 'rules-version = 1\n[lint]\nignore = ["CHG"]\n'
    work.commit({SPEC_PATH: REVERSED, "palms.toml": evil, "pwned.py": "raise SystemExit\n"}, by=EVE)
    run = act(work, site, event="workflow_run", fork=True, number=7, lint="false")
    checkout = Scratch(work.root.parent / "checkout")
    assert checkout.git("log", "-1", "--format=%an").strip() == "Zoe Old", "the base is what is checked out"
    assert not (checkout.root / "pwned.py").exists()
    assert (run.outputs["lint"], run.outputs["diff"], run.outputs["errors"]) == ("", "1", "2")
    (body,) = site.bodies(7)
    assert "https://github.example/eve/values/new/change/specs/example" in body


def test_a_job_of_the_base_believes_no_run_whose_commit_is_no_open_pull_request_s(work, site):
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    act(work, site, event="workflow_run", fork=True, lint="false")
    site.comments.clear()
    event = work.root.parent / "event.json"
    told = json.loads(event.read_text())
    told["workflow_run"]["head_sha"] = "0" * 40
    event.write_text(json.dumps(told))
    environment = {
        "GITHUB_API_URL": site.address,
        "GITHUB_REPOSITORY": "acme/values",
        "GITHUB_EVENT_NAME": "workflow_run",
        "GITHUB_EVENT_PATH": str(event),
    }
    run = run_action(
        work.root.parent / "checkout",
        work.root.parent / "temp",
        inputs={"install": "false", "lint": "false"},
        environment=environment,
        token=TOKEN,
    )
    assert (run.code, site.comments) == (0, {})
    assert "Nothing to compare with" in run.log


@pytest.mark.parametrize(
    ("faults", "read_only", "written", "told"),
    [
        ([502, 503], False, 1, ""),
        ([500, 500, 500], False, 0, "the comment cannot be written: 500 Server Error"),
        (
            [],
            True,
            0,
            "403 Resource not accessible by integration; the job needs the permission `pull-requests: write`",
        ),
    ],
    ids=["passing faults", "lasting faults", "no permission"],
)
def test_a_comment_that_cannot_be_written_is_a_warning(work, site, faults, read_only, written, told):
    site.faults, site.read_only = faults, read_only
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    run = act(work, site)
    assert run.code == 1, run.log
    assert len(site.bodies()) == written
    warnings = [one.message for one in commands_in(run.log) if one.name == "warning"]
    assert [told in warning for warning in warnings] == ([True] if told else [])


def test_a_push_has_nothing_to_compare_with_and_is_linted(work, site):
    work.commit({SPEC_PATH: OWNED.replace("stance: oppose", "stance: no")}, by=EVE)
    run = act(work, site, event="push")
    assert (run.code, run.outputs["lint"], run.outputs["diff"]) == (0, "0", "")
    assert "Nothing to compare with" in run.log


def test_an_error_of_palms_fails_the_job_and_writes_no_comment(work, site):
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    run = act(work, site, base="no-such-branch")
    assert (run.code, run.outputs["diff"], site.comments) == (2, "2", {})
    assert "get it with: git fetch origin no-such-branch:no-such-branch" in run.log


def test_a_project_in_a_folder(work, site):
    work.git("checkout", "--quiet", "main")
    for name in ("palms.toml", "specs", "datasets"):
        (work.root / "a b").mkdir(exist_ok=True)
        work.git("mv", name, f"a b/{name}")
    work.commit()
    work.git("push", "--quiet", "origin", "main")
    work.git("checkout", "--quiet", "-b", "other")
    work.commit({f"a b/{SPEC_PATH}": REVERSED}, by=EVE)
    run = act(work, site, working_directory="a b")
    assert run.code == 1, run.log
    (body,) = site.bodies()
    assert "https://github.example/acme/values/new/change/a%20b/specs/example?filename=approvals.jsonl" in body
    assert set(errors(run)) == {f"a b/{SPEC_PATH}"}


def test_a_name_of_a_branch_is_no_command(work, site):
    work.git("checkout", "--quiet", "-b", "x$(touch${IFS}pwned);`id`&&'\"")
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    assert act(work, site).code == 1
    assert not list(work.root.parent.rglob("pwned"))


def test_every_input_and_output_is_described_and_used():
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    used = set(re.findall(r"inputs\.([\w-]+)", ACTION.read_text("utf-8")))
    assert used == set(action["inputs"])
    assert all(
        one["description"].rstrip().endswith(".") for one in [*action["inputs"].values(), *action["outputs"].values()]
    )
    assert all(step["shell"] == "bash" for step in action["runs"]["steps"])


@pytest.mark.slow
def test_the_action_installs_palms(work, site, tmp_path):
    work.commit({SPEC_PATH: REVERSED}, by=EVE)
    run = act(work, site, install="true")
    assert run.code == 1, run.log
    assert Path(tmp_path / "temp/palms/venv/bin/palms").is_file()
    assert len(site.bodies()) == 1
