"""Where the files of a change can be seen and edited on the site that hosts them, as a CI job there knows it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Site:
    """A branch on a site: the address of the repository, the branch, and the commit that was looked at. `prefix` stands
    before paths of findings, "" where the project is the whole repository."""

    kind: Literal["github", "gitlab"]
    address: str
    branch: str
    commit: str
    prefix: str = ""

    def line(self, path: str, line: int) -> str:
        """The address of a line of a file."""
        return f"{self._at('blob', self.commit or self.branch, self.prefix + path)}#L{line}"

    def edit(self, path: str) -> str:
        """The address at which a file of the branch can be edited."""
        return self._at("edit", self.branch, self.prefix + path)

    def create(self, path: str, text: str) -> str:
        """The address at which a file can be made that is not there yet; of GitHub's, with a text in it."""
        whole = PurePosixPath(self.prefix + path)
        folder = "" if str(whole.parent) == "." else str(whole.parent)
        given = {"filename": whole.name, "value": text} if self.kind == "github" else {"file_name": whole.name}
        return f"{self._at('new', self.branch, folder)}?{urlencode(given, quote_via=quote)}"

    def _at(self, what: str, revision: str, path: str) -> str:
        between = "/-/" if self.kind == "gitlab" else "/"
        name = quote(path.encode("utf-8", "surrogateescape"), safe="/")
        return f"{self.address}{between}{what}/{quote(revision, safe='/')}" + (f"/{name}" if name else "")


def site_of(prefix: str = "", environment: Mapping[str, str] = os.environ) -> Site | None:
    """The branch that a pull request or a merge request comes from, of a fork that of the fork; None where no job of
    GitHub or GitLab says so."""
    if environment.get("GITHUB_ACTIONS"):
        return _github(prefix, environment)
    branch = environment.get("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME") or environment.get("CI_COMMIT_BRANCH", "")
    address = environment.get("CI_MERGE_REQUEST_SOURCE_PROJECT_URL") or environment.get("CI_PROJECT_URL", "")
    if environment.get("GITLAB_CI") and branch and _is_address(address):
        return Site("gitlab", address, branch, environment.get("CI_COMMIT_SHA", ""), prefix)
    return None


def _github(prefix: str, environment: Mapping[str, str]) -> Site | None:
    server, repository = environment.get("GITHUB_SERVER_URL", ""), environment.get("GITHUB_REPOSITORY", "")
    branch, commit = environment.get("GITHUB_REF_NAME", ""), environment.get("GITHUB_SHA", "")
    event = _event(environment.get("GITHUB_EVENT_PATH", ""))
    head, run = _mapping(_mapping(event, "pull_request"), "head"), _mapping(event, "workflow_run")
    if run:
        repository = str(_mapping(run, "head_repository").get("full_name") or repository)
        branch, commit = str(run.get("head_branch") or branch), str(run.get("head_sha") or commit)
    elif head:
        repository = str(_mapping(head, "repo").get("full_name") or repository)
        branch, commit = str(head.get("ref") or branch), str(head.get("sha") or commit)
    if not (_is_address(server) and repository and branch):
        return None
    return Site("github", f"{server}/{quote(repository, safe='/')}", branch, commit, prefix)


def _event(path: str) -> Mapping[str, Any]:
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _mapping(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _is_address(text: str) -> bool:
    """Whether an address can stand in a link as it is."""
    return text.startswith(("https://", "http://")) and not set(text) & set(" ()<>\"'\\\n")
