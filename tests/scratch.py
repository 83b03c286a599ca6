"""Scratch repositories with two versions of a project in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palms_spec.documents.approvals import Approval
from palms_spec.engine.difference import Difference
from palms_spec.engine.rulebook import Choice
from palms_spec.engine.settings import load_settings
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.workflows.approve import Recorded, approve
from palms_spec.workflows.diff import diff
from palms_spec.workflows.diff_sides import Sides, find_sides
from tests.projects import write_files, write_project

ANN, BOB, EVE = "Ann Lee <ann@example.org>", "Bob Roe <bob@example.org>", "Eve Poe <eve@example.org>"
APPROVALS = "specs/example/approvals.jsonl"
OWNED = SPEC.replace("[the maintainers]", "[Ann Lee <ann@example.org>, bob@example.org]")
REVERSED = OWNED.replace("stance: oppose", "stance: support")
REWORDED = OWNED.replace("what condition a person has", "what illness a person has")
UNDENIED = OWNED.replace("An answer does not say", "An answer does say")


@dataclass(frozen=True)
class Scratch:
    """A repository whose branch `main` holds a project, with the branch `change` checked out."""

    root: Path

    def git(self, *arguments: str | Path) -> str:
        """Run git, which has to succeed; what it says."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment = {**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, files: Mapping[str, str | bytes | None]) -> Scratch:
        """Write files; None takes one away."""
        write_files(self.root, files)
        return self

    def commit(self, files: Mapping[str, str | bytes | None] | None = None, by: str = EVE, message: str = "x") -> str:
        """Commit everything there is, with these files, as somebody; the id."""
        self.write(files or {})
        self.git("add", "--all")
        name, mail = by.rstrip(">").split(" <")
        config = ("-c", f"user.name={name}", "-c", f"user.email={mail}")
        self.git(*config, "commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD").strip()

    def be(self, person: str) -> Scratch:
        """Let git take the user for somebody."""
        name, mail = person.rstrip(">").split(" <")
        self.git("config", "user.name", name)
        self.git("config", "user.email", mail)
        return self

    def sides(self, base: str | None = None, head: str | None = None, **given: Any) -> Sides:
        """What a user means."""
        return find_sides(base, head, load_settings(self.root), self.root, **given)

    def diff(self, base: str | None = None, head: str | None = None, **given: Any) -> Difference:
        """Two versions compared, without a cache."""
        choice = Choice(given.pop("select", ()), (), given.pop("ignore", ()))
        direct, cache = given.pop("direct", False), given.pop("cache", False)
        return diff(self.sides(base, head, direct=direct), load_settings(self.root), cache=cache, given=choice, **given)

    def approve(self, fingerprint: str, by: str = "", base: str | None = None, **given: Any) -> Recorded:
        """An approval of a change in the working tree."""
        reason = given.pop("reason", "it is meant")
        return approve(self.sides(base), load_settings(self.root), fingerprint, reason=reason, by=by, **given)


def new_scratch(root: Path, files: Mapping[str, str | bytes | None] | None = None, *, options: str = "") -> Scratch:
    """The small project of the rules' examples, committed by somebody who is gone."""
    root.mkdir(parents=True, exist_ok=True)
    scratch = Scratch(root)
    scratch.git("init", "--quiet", "--initial-branch=main", *options.split())
    write_project(root, {SPEC_PATH: OWNED, **(files or {})})
    scratch.commit(by="Zoe Old <zoe@example.org>")
    scratch.git("checkout", "--quiet", "-b", "change")
    return scratch


def kinds(found: Difference) -> list[tuple[str, str]]:
    """Kind and id of every change."""
    return [(one.change.kind, one.change.item) for one in found.seen]


def said(found: Difference) -> list[str]:
    """The rules that found something which is not accepted, but for notes."""
    return [one.finding.rule for one in found.said if one.acceptance is None and one.finding.severity != "note"]


def accepted(found: Difference) -> list[tuple[str, str]]:
    """The rules that found something which is accepted, with what accepts it."""
    return [(one.finding.rule, one.acceptance.by) for one in found.said if one.acceptance is not None]


def mark(found: Difference, kind: str) -> str:
    """The fingerprint of the one change of a kind."""
    (one,) = [one.change.fingerprint for one in found.seen if one.change.kind == kind]
    return one


def approval(found: Difference, kind: str, by: str = ANN, **given: str) -> str:
    """A line that approves the one change of a kind."""
    fields = {"fingerprint": mark(found, kind), "change": kind, "reason": "it is meant", "by": by}
    return Approval(**{**fields, "at": "2027-01-31T10:00:00Z", "spec_version": "1.0.0", **given}).as_line()
