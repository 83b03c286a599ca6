"""`palms`: the commands, each imported when it is called, and what becomes of everything that can go wrong in one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any

import typer

from palms_spec import __version__
from palms_spec.cli.parsing import PlainCommand, PlainGroup
from palms_spec.errors import EXIT_CLEAN, EXIT_ERROR, EXIT_INTERRUPTED, ConfigurationError, PalmsError

COMMANDS = (
    "approve",
    "baseline",
    "card",
    "check",
    "compile",
    "config",
    "diff",
    "finetune",
    "fmt",
    "import",
    "init",
    "judge",
    "lint",
    "new",
    "review",
    "rule",
    "schema",
    "targets",
    "trace",
    "verify",
)
"""Each is the function of that name in the module of that name, where `COMMANDS` are the commands below it, if it has
any. Help lists them in this order. A word of Python's own has an underscore behind it there."""

EXIT_BROKEN_PIPE = 141
"""As of a program that SIGPIPE ends, so that `set -o pipefail` does not take half an output for a clean run."""


class LazyCommands(Mapping[str, Any]):
    """The commands by name."""

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        app, own = _app(), _spelled(name)
        module = import_module(f"palms_spec.cli.{own}")
        below = getattr(module, "COMMANDS", ())
        if below:
            app.callback(cls=PlainGroup, invoke_without_command=True)(getattr(module, own))
        for command in below or (name,):
            app.command(command, cls=PlainCommand)(getattr(module, _spelled(command)))
        return typer.main.get_command(app)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _spelled(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name


def _app() -> typer.Typer:
    # Help as plain text: rich would double the time that `palms --help` takes.
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def command() -> Any:
    """`palms` as a group of commands."""
    app = _app()
    app.callback(cls=PlainGroup, invoke_without_command=True)(palms)
    group: Any = typer.main.get_command(app)
    group.commands = LazyCommands()
    return group


def palms(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", help="Show the version and exit.")] = False,
) -> None:
    """Lint and compile the positions, samples and prompts that a language model's values are trained from."""
    if version:
        typer.echo(f"palms {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    _prepare_streams()
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        return EXIT_BROKEN_PIPE
    except KeyboardInterrupt:
        _say("interrupted")
        return EXIT_INTERRUPTED
    except Exception as error:
        if os.environ.get("PALMS_TRACEBACK"):
            import traceback

            traceback.print_exc()
        return _report(error)
    return code


def _run(arguments: list[str]) -> int:
    group = command()
    try:
        with group.make_context("palms", arguments) as context:
            code = group.invoke(context)
    except typer.Exit as request:
        return request.exit_code
    return code if isinstance(code, int) else EXIT_CLEAN


def _report(error: Exception) -> int:
    """Say what went wrong; the exit code."""
    from palms_spec.render.escaping import visible

    if isinstance(error, ConfigurationError):
        where = f"{error.where}: " if error.where else ""
        for problem in error.problems:
            _say(f"error: {visible(where + problem)}")
    elif isinstance(error, PalmsError):
        _say(f"error: {visible(error.message)}")
    elif isinstance(error, typer.TyperException):
        message = " ".join(error.format_message().split())  # of choices it makes a list of several lines
        _say(f"error: {visible(message)}")
    elif isinstance(error, typer.Abort):
        _say("error: aborted")
    elif isinstance(error, OSError) and error.strerror:
        name = f": {error.filename}" if error.filename is not None else ""
        _say(f"error: {visible(error.strerror.lower() + name)}")
    else:
        from traceback import extract_tb

        frame = extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(frame.filename)}:{frame.lineno}"
        _say(f"error: palms met a defect of its own: {visible(f'{type(error).__name__}: {error}')} ({where})")
        _say("hint: please report it, with the command and with what PALMS_TRACEBACK=1 adds to this message")
    if hint := _hint(error):
        _say(f"hint: {visible(hint)}")
    return error.exit_code if isinstance(error, PalmsError) else EXIT_ERROR


def _hint(error: Exception) -> str:
    if isinstance(error, PalmsError):
        return error.hint
    context = getattr(error, "ctx", None)
    return f"`{context.command_path} --help` shows how it is called" if context is not None else ""


def _say(text: str) -> None:
    """Write a line to the standard error, if there is one that can be written to."""
    from palms_spec.render.terminal import Output, terminal_for

    if sys.stderr is None:
        return
    try:
        Output(sys.stderr, terminal_for(sys.stderr)).line(text)
        sys.stderr.flush()
    except OSError:
        pass


def _prepare_streams() -> None:
    """Make output possible whatever its encoding is, and where there is none."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it stands in until the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _silence_stdout() -> None:
    """Keep Python from complaining when it flushes the broken pipe at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        pass
