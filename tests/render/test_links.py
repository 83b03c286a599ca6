from __future__ import annotations

import json

import pytest

from palms_spec.render.links import Site, site_of

ACTIONS = {"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/values"}


def event(tmp_path, value) -> str:
    path = tmp_path / "event.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return str(path)


def test_a_push_is_on_its_own_branch():
    site = site_of("", {**ACTIONS, "GITHUB_REF_NAME": "main", "GITHUB_SHA": "abc"})
    assert site == Site("github", "https://github.com/acme/values", "main", "abc")


@pytest.mark.parametrize(
    "value",
    [
        {"pull_request": {"head": {"ref": "x/y", "sha": "def", "repo": {"full_name": "eve/values"}}}},
        {"workflow_run": {"head_branch": "x/y", "head_sha": "def", "head_repository": {"full_name": "eve/values"}}},
    ],
    ids=["pull_request", "workflow_run"],
)
def test_a_pull_request_is_on_the_branch_it_comes_from(tmp_path, value):
    site = site_of("policy/", {**ACTIONS, "GITHUB_REF_NAME": "1/merge", "GITHUB_EVENT_PATH": event(tmp_path, value)})
    assert site == Site("github", "https://github.com/eve/values", "x/y", "def", "policy/")
    assert site.line("a b.yaml", 3) == "https://github.com/eve/values/blob/def/policy/a%20b.yaml#L3"
    assert site.edit("a.jsonl") == "https://github.com/eve/values/edit/x/y/policy/a.jsonl"
    assert site.create("a.jsonl", '{"a": 1}\n') == (
        "https://github.com/eve/values/new/x/y/policy?filename=a.jsonl&value=%7B%22a%22%3A%201%7D%0A"
    )


@pytest.mark.parametrize("value", ["", "{", "[]", '{"pull_request": 1}', '{"pull_request": {"head": null}}'])
def test_an_event_that_says_nothing_costs_nothing(tmp_path, value):
    site = site_of("", {**ACTIONS, "GITHUB_REF_NAME": "main", "GITHUB_EVENT_PATH": event(tmp_path, value)})
    assert site is not None
    assert site.branch == "main"


def test_a_merge_request_is_on_the_branch_it_comes_from():
    environment = {
        "GITLAB_CI": "true",
        "CI_PROJECT_URL": "https://gitlab.com/acme/values",
        "CI_MERGE_REQUEST_SOURCE_PROJECT_URL": "https://gitlab.com/eve/values",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "change",
        "CI_COMMIT_SHA": "abc",
    }
    site = site_of("", environment)
    assert site is not None
    assert site.line("a.yaml", 1) == "https://gitlab.com/eve/values/-/blob/abc/a.yaml#L1"
    assert site.create("b/a.jsonl", "x") == "https://gitlab.com/eve/values/-/new/change/b?file_name=a.jsonl"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"GITLAB_CI": "true"},
        {"GITHUB_ACTIONS": "true"},
        {**ACTIONS, "GITHUB_SERVER_URL": "javascript:alert(1)", "GITHUB_REF_NAME": "main"},
        {**ACTIONS, "GITHUB_SERVER_URL": "https://x) [evil](", "GITHUB_REF_NAME": "main"},
    ],
)
def test_elsewhere_there_are_no_links(environment):
    assert site_of("", environment) is None


def test_no_name_leads_out_of_a_link():
    site = Site("github", "https://github.com/acme/values", "a) [b](c d>\n", "")
    for address in (site.edit("x) [y](z\n.md"), site.line("<a>", 1), site.create("a/b)", "\n)")):
        assert not set(address) & set(" ()<>[]\n\"'"), address
