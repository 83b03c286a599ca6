"""The little of GitHub's REST API that the action needs, with the standard library alone."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

TRIES = 3
LONGEST_WAIT = 10.0
PASSING = frozenset((429, 500, 502, 503, 504))
PAGE = 100


class Refused(Exception):
    """GitHub does not do what it is asked. `status` is that of HTTP, 0 where there was no answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def ask(method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """The answer to a request; what may pass is tried again. Raises Refused."""
    address = os.environ.get("GITHUB_API_URL", "https://api.github.com") + path
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {os.environ.get('TOKEN', '')}",
        "Content-Type": "application/json",
        "User-Agent": "palms",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    data = json.dumps(body).encode() if body is not None else None
    for attempt in range(1, TRIES + 1):
        request = urllib.request.Request(address, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code not in PASSING or attempt == TRIES:
                raise Refused(error.code, _message(error)) from error
            wait = error.headers.get("Retry-After", "")
            time.sleep(min(float(wait) if wait.isdigit() else attempt, LONGEST_WAIT))
        except (OSError, ValueError) as error:
            if attempt == TRIES:
                raise Refused(0, f"no answer from {address}: {error}") from error
            time.sleep(attempt)
    raise AssertionError("the last try answers or raises")


def listed(path: str) -> Iterator[Any]:
    """All entries of a list that comes in pages. Raises Refused."""
    joint = "&" if "?" in path else "?"
    page = 1
    while entries := ask("GET", f"{path}{joint}per_page={PAGE}&page={page}"):
        yield from entries
        if len(entries) < PAGE:
            return
        page += 1


def warn(text: str) -> str:
    """The workflow command that warns of something."""
    written = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::warning title=palms::{written}"


def _message(error: urllib.error.HTTPError) -> str:
    try:
        told = json.load(error).get("message", "")
    except (ValueError, AttributeError):
        told = ""
    return f"{error.code} {told or error.reason}"
