"""Print what the other steps need to know of the pull request: its number, the branch it goes into, its last commit,
and whether it comes from a fork. Nothing is printed where there is none.

After `workflow_run`, whose event does not name pull requests from forks, GitHub is asked which open one has that branch
and that commit: nothing that the fork's own run could have written is believed.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any
from urllib.parse import quote

from github_api import Refused, listed, warn


def found(event: dict[str, Any], repository: str) -> dict[str, Any] | None:
    """The pull request that an event is about. Raises Refused."""
    pull: dict[str, Any] | None = event.get("pull_request")
    if pull is not None:
        return pull
    run = event.get("workflow_run")
    if not run or not run.get("head_repository"):
        return None
    owner, branch, commit = run["head_repository"]["owner"]["login"], run["head_branch"], run["head_sha"]
    asked = f"/repos/{repository}/pulls?state=open&head={quote(f'{owner}:{branch}', safe='')}"
    return next((one for one in listed(asked) if one["head"]["sha"] == commit), None)


def main() -> int:
    """Print the outputs."""
    repository = os.environ["GITHUB_REPOSITORY"]
    try:
        with open(os.environ["GITHUB_EVENT_PATH"], encoding="utf-8") as file:
            pull = found(json.load(file), repository)
    except Refused as error:
        print(warn(f"the pull request cannot be found: {error}"), file=sys.stderr)
        return 0
    if pull is None:
        return 0
    source = (pull["head"].get("repo") or {}).get("full_name")
    outputs = {
        "number": str(int(pull["number"])),
        "base": pull["base"]["ref"],
        "head": pull["head"]["sha"],
        "fork": "false" if source == repository else "true",
    }
    for name, value in outputs.items():
        if "\n" not in value:
            print(f"{name}={value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
