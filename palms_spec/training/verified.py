"""What came of comparing a manifest with the files that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from palms_spec.errors import EXIT_CLEAN, EXIT_FINDINGS
from palms_spec.training.manifest_reading import Manifest

About = Literal["output", "source", "making", "base"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What speaks against the manifest: an output or a source that is another, what compiling it again gave, or the
    model that training began with. `path` is "" where it is about no single file."""

    about: About
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class VerifiedModel:
    """A trained model of so many files. `base`: the model that it began as was at hand, and compared."""

    files: int
    base: bool


@dataclass(slots=True)
class Verified:
    """`made_again`: the sources were compiled anew and gave the very bytes. `commit` is the revision that the sources
    were read from, "" for the files at hand. `model` is what was trained on the files, where that is to be verified."""

    manifest: Manifest
    model: VerifiedModel | None = None
    commit: str = ""
    made_again: bool = False
    differences: list[Difference] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 if nothing speaks against it, else 1."""
        return EXIT_FINDINGS if self.differences else EXIT_CLEAN

    def differs(self, about: About, path: str, message: str) -> None:
        """Note a difference."""
        self.differences.append(Difference(about, path, message))
