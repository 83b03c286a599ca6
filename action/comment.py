"""Keep one comment in a pull request up to date: a hidden mark on its first line tells it from all others.

A comment is written where there is something to tell, and afterwards kept true. Only a comment of our own author is
changed: the mark alone may be written by anybody.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from github_api import Refused, ask, listed, warn

MOST_CHARACTERS = 65_536
COUNTS = ("CHANGES", "ERRORS", "WARNINGS")
HINT = "the job needs the permission `pull-requests: write`"


def main(arguments: list[str]) -> int:
    """Write the comment; its address is an output. What GitHub refuses is no failure of the job."""
    mark = f"<!-- palms comment: {os.environ['NAME'].replace('--', '')} -->"
    body = f"{mark}\n{Path(arguments[0]).read_text('utf-8')}"[:MOST_CHARACTERS]
    comments = f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues/{int(os.environ['NUMBER'])}/comments"
    try:
        ours = next(
            (
                one
                for one in listed(comments)
                if one["user"]["login"] == os.environ["AUTHOR"] and (one.get("body") or "").startswith(mark)
            ),
            None,
        )
        if ours is None:
            if not any(os.environ.get(name, "").strip("0") for name in COUNTS):
                return 0  # nothing to tell, and nothing that was told before
            ours = ask("POST", comments, {"body": body})
        elif ours["body"].replace("\r\n", "\n").strip() != body.strip():
            number = int(ours["id"])
            ours = ask("PATCH", f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues/comments/{number}", {"body": body})
    except Refused as error:
        hint = f"; {HINT}" if error.status in (401, 403, 404) else ""
        print(warn(f"the comment cannot be written: {error}{hint}"), file=sys.stderr)
        return 0
    print(f"address={ours['html_url']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
