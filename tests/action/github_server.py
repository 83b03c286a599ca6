"""A server on this machine that keeps comments and pull requests as the documentation of GitHub's REST API says."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "ghs_test-SECRET-0123456789"
OURS = "github-actions[bot]"
ISSUE = re.compile(r"/repos/([\w.-]+/[\w.-]+)/issues/(\d+)/comments")
COMMENT = re.compile(r"/repos/([\w.-]+/[\w.-]+)/issues/comments/(\d+)")
PULLS = re.compile(r"/repos/([\w.-]+/[\w.-]+)/pulls")
MOST_CHARACTERS = 65_536


@dataclass
class Site:
    """What is on the site. `read_only` is the token of a pull request from a fork; `faults` are answered first."""

    address: str = ""
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    read_only: bool = False
    faults: list[int] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def add(self, issue: int, body: str, author: str = "octocat") -> dict[str, Any]:
        """A comment."""
        number = 1 + sum(map(len, self.comments.values()))
        bot = author.endswith("[bot]")
        made = {
            "id": number,
            "html_url": f"https://github.example/acme/values/pull/{issue}#issuecomment-{number}",
            "body": body,
            "user": {"login": author, "type": "Bot" if bot else "User"},
        }
        self.comments.setdefault(issue, []).append(made)
        return made

    def bodies(self, issue: int = 1) -> list[str]:
        """What our comments say."""
        return [one["body"] for one in self.comments.get(issue, []) if one["user"]["login"] == OURS]


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        if not self._admitted():
            return None
        if found := ISSUE.fullmatch(path):
            everything = self.site.comments.get(int(found[2]), [])
        elif PULLS.fullmatch(path):
            owner, _, branch = query.get("head", "").partition(":")
            everything = [
                one
                for one in self.site.pulls
                if query.get("state", "open") == one["state"]
                and (one["head"]["repo"]["owner"]["login"], one["head"]["ref"]) == (owner, branch)
            ]
        else:
            return self._answer(404, {"message": "Not Found"})
        size, page = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
        return self._answer(200, everything[size * (page - 1) : size * page])

    def do_POST(self) -> None:
        found, body = ISSUE.fullmatch(self.path), self._body()
        if not self._admitted(writing=True):
            return
        if found is None:
            self._answer(404, {"message": "Not Found"})
        elif self._fits(body):
            self._answer(201, self.site.add(int(found[2]), body["body"], OURS))

    def do_PATCH(self) -> None:
        found, body = COMMENT.fullmatch(self.path), self._body()
        if not self._admitted(writing=True):
            return
        every = [one for comments in self.site.comments.values() for one in comments]
        ours = next((one for one in every if found and one["id"] == int(found[2])), None)
        if ours is None:
            self._answer(404, {"message": "Not Found"})
        elif self._fits(body):
            ours["body"] = body["body"]
            self._answer(200, ours)

    def _body(self) -> dict[str, Any]:
        value = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        assert isinstance(value, dict)
        return value

    def _admitted(self, *, writing: bool = False) -> bool:
        self.site.requests.append(f"{self.command} {urlsplit(self.path).path}")
        if self.site.faults:
            self._answer(self.site.faults.pop(0), {"message": "Server Error"}, retry=0)
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._answer(401, {"message": "Bad credentials"})
        elif writing and self.site.read_only:
            self._answer(403, {"message": "Resource not accessible by integration"})
        else:
            return True
        return False

    def _fits(self, body: dict[str, Any]) -> bool:
        if 0 < len(body.get("body", "")) <= MOST_CHARACTERS:
            return True
        self._answer(422, {"message": "Validation Failed"})
        return False

    def _answer(self, status: int, value: Any, retry: int | None = None) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        if retry is not None:
            self.send_header("Retry-After", str(retry))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def github() -> Iterator[Site]:
    """The site, for as long as it is there."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
