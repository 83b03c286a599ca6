"""The exceptions of palms, as one tree.

    PalmsError                    anything palms itself raises on purpose; exit code 2
    ├── UsageError                a command was called in a way it cannot serve
    ├── ConfigurationError        palms.toml, a setting or a rule selection is wrong
    ├── SourceError               a file cannot be read as what it claims to be
    │   ├── UnreadableSource      not a regular, readable, decodable file of allowed size
    │   └── SourceSyntaxError     YAML, JSON or front matter that does not parse
    ├── ProviderError             a provider does not do what it is asked
    └── MissingExtra              an optional dependency is not installed

Findings are no exceptions: a document with defects is reported and the run goes on. A `SourceError` is turned into a
finding by whoever reads documents; it reaches the user as an error only for files that are not documents.
"""

from __future__ import annotations

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_ERROR = 2
EXIT_INTERRUPTED = 130


class PalmsError(Exception):
    """Something palms cannot go on with. `hint` says what to do about it."""

    exit_code = EXIT_ERROR

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PalmsError):
    """A command was called in a way it cannot serve."""


class ConfigurationError(PalmsError):
    """The configuration is wrong. `problems` lists everything that is, not only the first."""

    def __init__(self, problems: list[str], *, where: str = "", hint: str = "") -> None:
        self.problems = problems
        self.where = where
        prefix = f"{where}: " if where else ""
        super().__init__("\n".join(prefix + problem for problem in problems), hint=hint)


class SourceError(PalmsError):
    """A file cannot be read as what it claims to be; `offset` is a character offset into its text, if one is known."""

    def __init__(self, message: str, *, offset: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.offset = offset


class UnreadableSource(SourceError):
    """Not a regular, readable, decodable file of allowed size."""


class SourceSyntaxError(SourceError):
    """YAML, JSON or front matter that does not parse, or is built to exhaust the reader."""


class ProviderError(PalmsError):
    """A provider does not do what it is asked, or gives no answer.

    `status` is that of HTTP, 0 where there was no answer; `code` is the provider's own word for it, "" if it has none.
    `passing`: it may go well another time, after `wait` seconds if the provider said so. `undone`: it is certain that
    nothing came of the request.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        status: int = 0,
        code: str = "",
        passing: bool = False,
        undone: bool = True,
        wait: float | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.code = code
        self.passing = passing
        self.undone = undone
        self.wait = wait


class MissingExtra(PalmsError):
    """An optional dependency is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed", hint=f"install it with: pip install 'palms-spec[{extra}]'")
