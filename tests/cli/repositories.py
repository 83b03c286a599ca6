"""Git repositories for tests, in which the real pre-commit runs."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.cli.running import PALMS, clean_environment


@dataclass(frozen=True)
class Repository:
    """A repository in a folder of its own; `home` keeps what git and pre-commit keep beside it."""

    root: Path
    home: Path

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command in it, with the tools of this environment and nothing of the user's configuration."""
        environment = {name: value for name, value in clean_environment().items() if not name.startswith("GIT_")}
        environment |= {
            "HOME": str(self.home),
            "PRE_COMMIT_HOME": str(self.home / "pre-commit"),
            "PATH": f"{PALMS.parent}{os.pathsep}{environment['PATH']}",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
            **{
                f"GIT_{who}_{what}": f"a@{who}.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
            },
        }
        return subprocess.run(
            command,
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=600,
            check=False,
        )

    def git(self, *arguments: str | Path) -> str:
        """Run git, which has to succeed; what it says."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def commit(self, message: str = "a change") -> subprocess.CompletedProcess[str]:
        """Commit everything there is, past the hooks."""
        self.git("add", "--all")
        return self.commit_staged(message)

    def commit_staged(self, message: str = "a change") -> subprocess.CompletedProcess[str]:
        """Commit what is staged, past the hooks."""
        return self.run("git", "commit", "--quiet", "--message", message)

    @property
    def commits(self) -> int:
        """How many commits there are."""
        return len(self.git("log", "--oneline").splitlines())


def new_repository(folder: Path) -> Repository:
    """An empty repository."""
    repository = Repository(folder / "repository", folder / "home")
    repository.root.mkdir(parents=True)
    repository.home.mkdir()
    repository.git("init", "--quiet")
    return repository
