"""A program as judge: JSON lines go in, JSON lines come out.

It is started once. For each case it is written one line, `{"id", "subject", "stance", "statement", "attributes",
"messages": [{"role", "content"}]}`, in ASCII; then its standard input is closed. It answers with a line a case, in any
order and at any time: `{"id", "score": 1..5, "rationale"}` with 5 for what adheres plainly, or `{"id", "error"}` with
why it has no verdict. `rationale` may be left out.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from palms_spec.documents.reviews import VERDICTS
from palms_spec.errors import PalmsError, UsageError
from palms_spec.judging.answer_form import Unread, Vote
from palms_spec.judging.case import Case
from palms_spec.judging.judge import Judged, Used
from palms_spec.judging.votes import Decision
from palms_spec.providers.answers import shortened

MOST_LINE = 1_000_000
"""Characters of a line; a program that writes longer ones does not speak this protocol."""
END_SECONDS = 5.0


class ProgramAnswer(BaseModel):
    """A line that a program writes."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    id: str
    score: Annotated[int, Field(ge=1, le=5)] | None = None
    rationale: str = ""
    error: Annotated[str, StringConstraints(pattern=r"\S")] | None = None


class ProgramJudge:
    """A program, as words of a command line. It is given up where it writes nothing for so many seconds."""

    def __init__(self, reviewer: str, words: Sequence[str], folder: Path, seconds: float) -> None:
        self.reviewer = reviewer
        self.used = Used()
        self._words = list(words)
        self._folder = folder
        self._seconds = seconds

    def judged(self, cases: Sequence[Case]) -> Iterator[Judged]:
        """See Judge. Raises UsageError where the program cannot be started, PalmsError where it writes what is no
        answer to anything, nothing for too long, or ends with an exit code that is not 0."""
        if not cases:
            return
        waiting = {str(number): case for number, case in enumerate(cases, 1)}
        with _Running(self._words, self._folder) as program:
            program.feed(list(waiting.items()))
            while waiting:
                line = program.line(self._seconds)
                if line is None:
                    break
                if line.strip():
                    judged = self._read(line, waiting)
                    self.used.requests += 1
                    yield judged
            program.finish(complete=not waiting)
        for case in waiting.values():
            yield Judged(case, Unread("the program ended without an answer to it"))

    def _read(self, line: str, waiting: dict[str, Case]) -> Judged:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise PalmsError(
                "the judge wrote a line that is no JSON", hint="what is no answer belongs on its standard error"
            ) from None
        name = value.get("id") if isinstance(value, dict) else None
        if not isinstance(name, str) or name not in waiting:
            raise PalmsError(
                "the judge wrote a line whose id is that of no case that waits for an answer",
                hint='each answer has the "id" of the line that it answers, once',
            )
        case = waiting.pop(name)
        try:
            answer = ProgramAnswer.model_validate(value)
        except ValidationError as error:
            where = error.errors(include_url=False, include_input=False)[0]["loc"]
            return Judged(case, Unread(f"its {where[0] if where else 'answer'} is none of those there are"))
        if answer.error is not None:
            return Judged(case, Unread(f"the program says: {shortened(answer.error)}"))
        if answer.score is None:
            return Judged(case, Unread("it has no score"))
        vote = Vote("rising", answer.score, answer.rationale)
        decision = Decision(VERDICTS[answer.score], answer.score, shortened(answer.rationale))
        return Judged(case, decision, (vote,))


def request_line(name: str, case: Case) -> str:
    """The line that a program is written to have a case judged."""
    position = case.position
    value: dict[str, Any] = {
        "id": name,
        "subject": position.subject,
        "stance": position.stance,
        "statement": position.statement,
        "attributes": dict(position.attributes),
        "messages": [{"role": turn.role, "content": turn.content} for turn in case.turns],
    }
    return json.dumps(value) + "\n"


class _Running:
    """A started program, in a process group of its own, which ends with the block."""

    def __init__(self, words: Sequence[str], folder: Path) -> None:
        try:
            self._process = subprocess.Popen(
                words,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"the judge {words[0]} cannot be started: {reason}") from None
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._said: deque[str] = deque(maxlen=5)
        self._readers = [self._thread(self._read_out), self._thread(self._read_err)]

    def __enter__(self) -> _Running:
        return self

    def __exit__(self, *error: object) -> None:
        if self._process.poll() is None:
            self._signal(signal.SIGTERM)
            try:
                self._process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self._signal(getattr(signal, "SIGKILL", signal.SIGTERM))
                self._process.wait()
        for reader in self._readers:
            reader.join(END_SECONDS)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None and not any(reader.is_alive() for reader in self._readers):
                stream.close()

    def feed(self, cases: Sequence[tuple[str, Case]]) -> None:
        """Write cases to the program, as fast as it reads them, and close its input."""
        stream = self._process.stdin
        assert stream is not None

        def write() -> None:
            try:
                with stream:
                    for name, case in cases:
                        stream.write(request_line(name, case))
            except OSError:  # it is gone, or reads no more; its exit code says the rest
                pass

        self._thread(write)

    def line(self, seconds: float) -> str | None:
        """The next line that the program writes; None at the end."""
        try:
            return self._lines.get(timeout=seconds)
        except Empty:
            raise PalmsError(
                f"the judge has written nothing for {seconds:.0f} s",
                hint="--timeout gives it more time; it has to flush what it writes line by line",
            ) from None

    def finish(self, *, complete: bool) -> None:
        """See that the program ends well. Raises PalmsError where it does not; one that has answered everything may
        take its time to end, and is ended."""
        try:
            code = self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            if complete:
                return
            raise PalmsError("the judge has closed its output and does not end") from None
        if code:
            for reader in self._readers:
                reader.join(END_SECONDS)
            said = f": {shortened(' '.join(self._said))}" if self._said else ""
            raise PalmsError(f"the judge ended with exit code {code}{said}")

    def _read_out(self) -> None:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline(MOST_LINE):
            self._lines.put(line)
        self._lines.put(None)

    def _read_err(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._said.append(line[:MOST_LINE].strip())

    def _thread(self, run: Any) -> threading.Thread:
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def _signal(self, number: int) -> None:
        try:
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, number)
            else:
                self._process.send_signal(number)
        except ProcessLookupError:
            pass
