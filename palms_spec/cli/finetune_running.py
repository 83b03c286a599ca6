"""What commands of `palms finetune` make of their options, and how they say what happens on the way."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from palms_spec.errors import UsageError
from palms_spec.providers.provider import Provider
from palms_spec.providers.retries import Retries
from palms_spec.render.escaping import visible
from palms_spec.render.progress import ProgressBar
from palms_spec.render.terminal import ColorChoice, Output, terminal_for
from palms_spec.workflows.finetune import provider_for
from palms_spec.workflows.finetune_files import Prepared, prepared_files
from palms_spec.workflows.finetune_jobs import Named, check_place, named_job, project_root
from palms_spec.workflows.finetune_providers import Connection, connect, provider_named, resolved
from palms_spec.workflows.finetune_upload import Progress

root = project_root


def connection_of(provider: str | None, base_url: str | None, key_variable: str | None) -> Connection | None:
    """The connection that is asked for, None if none is. Raises UsageError for an address of nobody."""
    if provider is not None:
        return resolved(Connection(provider_named(provider), base_url, key_variable))
    if base_url is not None or key_variable is not None:
        raise UsageError("--base-url and --key-variable are a provider's", hint="name it with --provider")
    return None


def connection_for(folder: Path, provider: str | None, base_url: str | None, key_variable: str | None) -> Connection:
    """Whom the files of a folder go to."""
    return resolved(Connection(provider_named(provider or provider_for(folder)), base_url, key_variable))


def prepared(folder: Path, connection: Connection, *, validation: bool = True, unverified: bool = False) -> Prepared:
    """The files of a folder, once they are known to be what a provider takes."""
    bar = ProgressBar(sys.stderr, "checking rows")
    return prepared_files(folder, connection.provider, validation=validation, unverified=unverified, progress=bar)


def connected(connection: Connection) -> Provider:
    """The provider that a connection leads to."""
    return connect(connection, root(), retries())


def named(
    job: str | None, provider: str | None, base_url: str | None, key_variable: str | None
) -> tuple[Named, Provider]:
    """A job, and whom to ask about it."""
    found = named_job(root(), job, connection_of(provider, base_url, key_variable))
    at = connected(found.connection)
    check_place(root(), found, at)
    return found, at


def extra_of(sets: list[str] | None) -> dict[str, object]:
    """The settings of `--set`. Raises UsageError for what is no setting."""
    extra: dict[str, object] = {}
    for word in sets or ():
        name, equals, value = word.partition("=")
        if not name or not equals:
            raise UsageError(f"--set {word} is no setting", hint="write it as --set warmup_ratio=0.1")
        extra[name] = _value(value)
    return extra


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def progress() -> Progress:
    """Says on the standard error what happens, and how much of a file is sent."""
    return Progress(tell, Sending)


def retries() -> Retries:
    """Tries again, and says so."""
    return Retries(tell=tell)


def tell(message: str) -> None:
    """Say something on the way."""
    if Sending.last is not None:
        Sending.last.stop()
    Output(sys.stderr, terminal_for(sys.stderr)).line((visible(message), "faint"))
    sys.stderr.flush()


class Sending:
    """A bar for a file that is sent; where it is sent again, the bar begins again."""

    last: Sending | None = None

    def __init__(self, name: str, size: int) -> None:
        self._name, self._size, self._sent = visible(name), size, 0
        self._bar = ProgressBar(sys.stderr, self._name)
        Sending.last = self

    def __call__(self, sent: int) -> None:
        if sent < self._sent:
            self._bar = ProgressBar(sys.stderr, self._name)
        self._sent = sent
        self._bar(sent / self._size if self._size else 1.0)

    def stop(self) -> None:
        """Take the bar away: something else is going to be written."""
        self._bar(1.0)


def output(color: ColorChoice) -> Output:
    """The standard output."""
    return Output(sys.stdout, terminal_for(sys.stdout, color))
