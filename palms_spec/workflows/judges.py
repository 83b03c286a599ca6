"""Which judge is asked: a model at an address, with its key from the environment, or a program."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path

from palms_spec.documents.identity import canonical_hash
from palms_spec.errors import UsageError
from palms_spec.judging.answer_form import Structured
from palms_spec.judging.judge import Judge, reviewer_of
from palms_spec.judging.model_judge import Manner
from palms_spec.judging.planning import ChosenJudge
from palms_spec.judging.votes import ballot_of
from palms_spec.providers.addresses import LOOPBACK, checked_base, host_of
from palms_spec.providers.chat import OWN_FIELDS
from palms_spec.providers.secrets import NO_SECRET, Secret, secret_of

ADDRESS = "https://api.openai.com/v1"
ADDRESS_VARIABLE = "OPENAI_BASE_URL"
KEY_VARIABLE = "OPENAI_API_KEY"
PREFIX = "command:"
PROTOCOL = "1"
"""Of programs; it goes up when what they are written changes."""
DEFAULT_VOTES = "2"
MOST_WORKERS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user says of the judge. Either a `model` is named or a `program`, as `command:WORDS`. None leaves it to
    what is usual. `seconds` is for how long a judge may say nothing."""

    model: str | None = None
    base_url: str | None = None
    key_variable: str | None = None
    program: str | None = None
    name: str | None = None
    version: str | None = None
    votes: str | None = None
    structured: Structured | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
    workers: int | None = None
    per_minute: int | None = None
    seconds: int = 120


def chosen_judge(wish: Wish, environment: Mapping[str, str] = os.environ) -> ChosenJudge:
    """The judge that is meant. Raises UsageError for a wish that nobody can fulfil."""
    if (wish.model is None) == (wish.program is None):
        raise UsageError(
            "which judge is it to be?" if wish.model is None else "--model and --judge are two judges",
            hint='name a model with --model, or a program with --judge "command:PROGRAM"',
        )
    if wish.seconds < 1:
        raise UsageError("--timeout is at least 1 second")
    return _model(wish, wish.model, environment) if wish.model is not None else _program(wish, wish.program or "")


def _model(wish: Wish, model: str, environment: Mapping[str, str]) -> ChosenJudge:
    for option, value in (("--judge-name", wish.name), ("--judge-version", wish.version)):
        if value is not None:
            raise UsageError(f"{option} is for programs", hint="a model is called by the name that its server knows")
    if not model.strip() or re.search(r"\s", model):
        raise UsageError("a model's name is one word", hint="write it as its server does")
    if own := OWN_FIELDS.intersection(wish.settings):
        raise UsageError(f"--set {min(own)} is for palms to set")
    workers = 4 if wish.workers is None else wish.workers
    if not 1 <= workers <= MOST_WORKERS:
        raise UsageError(f"--concurrency is a number from 1 to {MOST_WORKERS}")
    if wish.per_minute is not None and wish.per_minute < 1:
        raise UsageError("--per-minute is at least 1")
    given = environment.get(ADDRESS_VARIABLE, "").strip()
    base = checked_base(wish.base_url or given or ADDRESS, "the model")
    manner = Manner(ballot_of(wish.votes or DEFAULT_VOTES), wish.structured or "schema", dict(wish.settings))

    def connect(tell: Callable[[str], None]) -> Judge:
        from palms_spec.judging.model_judge import ModelJudge
        from palms_spec.providers.chat import ChatModel
        from palms_spec.providers.openai_sdk import Client
        from palms_spec.providers.pace import Pace
        from palms_spec.providers.retries import Retries

        secret, name = _key(wish, base, {ADDRESS, given}, environment)
        client = Client(host_of(base), base, secret, name, float(wish.seconds))
        pace = Pace(wish.per_minute)
        retries = Retries(sleep=pace.hold, tell=tell)
        return ModelJudge(ChatModel(client, model, retries, pace, manner.settings), manner, workers)

    asked = {"model": model, "at": host_of(base), "votes": str(manner.ballot), "structured": manner.structured}
    asked |= {name: str(value) for name, value in manner.settings.items()}
    return ChosenJudge(reviewer_of(model, manner.hash), f"{model} at {host_of(base)}", True, manner, asked, connect)


def _key(wish: Wish, base: str, usual: set[str], environment: Mapping[str, str]) -> tuple[Secret, str]:
    """The key, and the variable that it comes from. The usual one is for the usual address, and goes nowhere else."""
    here = host_of(base).rpartition(":")[0].strip("[]") in LOOPBACK or host_of(base) in LOOPBACK
    if wish.key_variable is None and not here and host_of(base) not in {host_of(one) for one in usual if one}:
        raise UsageError(
            f"which variable holds the key for {host_of(base)}?",
            hint=f"name it with --key-variable; {KEY_VARIABLE} is for {host_of(ADDRESS)} and for {ADDRESS_VARIABLE}",
        )
    name = wish.key_variable or KEY_VARIABLE
    if here and not environment.get(name, "").strip():
        return NO_SECRET, name  # a server on this machine may ask for none
    return secret_of((name,), host_of(base), environment), name


def _program(wish: Wish, command: str) -> ChosenJudge:
    model_options = {
        "--base-url": wish.base_url,
        "--key-variable": wish.key_variable,
        "--votes": wish.votes,
        "--structured": wish.structured,
        "--set": wish.settings or None,
        "--concurrency": wish.workers,
        "--per-minute": wish.per_minute,
    }
    for option, value in model_options.items():
        if value is not None:
            raise UsageError(f"{option} is for models", hint="a program is told what to do by its own arguments")
    if not command.startswith(PREFIX):
        raise UsageError(f"--judge {command} is no judge", hint='write a program as --judge "command:PROGRAM"')
    try:
        words = shlex.split(command.removeprefix(PREFIX))
    except ValueError as error:
        raise UsageError(f"--judge {command}: {str(error).lower()}") from None
    if not words:
        raise UsageError("--judge command: names no program")
    name = wish.name or _usual_name(words)
    if not name.strip() or re.search(r"\s", name):
        raise UsageError("--judge-name is one word")
    hashed = canonical_hash({"protocol": PROTOCOL, "words": _told(words), "version": wish.version or ""})
    reviewer = reviewer_of(name, hashed)

    def connect(tell: Callable[[str], None]) -> Judge:
        from palms_spec.judging.program_judge import ProgramJudge

        return ProgramJudge(reviewer, words, Path.cwd(), float(wish.seconds))

    asked = {"program": shlex.join(words)} | ({"version": wish.version} if wish.version else {})
    return ChosenJudge(reviewer, shlex.join(words), False, None, asked, connect)


def _usual_name(words: list[str]) -> str:
    """What a program is called: the script that an interpreter runs, or the program itself."""
    script = next((word for word in words[1:] if "/" in word or word.endswith(".py")), None)
    first = Path(words[0]).name
    is_interpreter = re.fullmatch(r"(python[\d.]*|node|ruby|perl|sh|bash|env|uv|Rscript)", first) is not None
    return re.sub(r"[\s@]+", "-", Path(script).name if is_interpreter and script else first)


def _told(words: list[str]) -> list[str]:
    """The words of a command as they are the same on every machine: of files their bytes, of programs that are no
    scripts only the name."""
    return [_content_or(word, is_program=number == 0) for number, word in enumerate(words)]


def _content_or(word: str, *, is_program: bool) -> str:
    if is_program and "/" not in word:
        return word
    path = Path(word)
    try:
        if path.is_file():
            with path.open("rb") as file:
                if not is_program or file.read(2) == b"#!":
                    file.seek(0)
                    return file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        pass
    return path.name if is_program else word
