"""Time, memory and disk of whole commands."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: wall seconds; the most memory (proportional set size, parent and children together) and the most disk in
    its temporary folder, in bytes."""

    seconds: float
    memory: int
    disk: int


def run(command: Sequence[str], *, cwd: Path, codes: Sequence[int] = (0, 1), watch: bool = False) -> Measured:
    """Run a command. With `watch`, memory and disk are sampled every 50 ms; else they are 0."""
    with tempfile.TemporaryDirectory(prefix="palms-bench-") as scratch:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**_environment(), "TMPDIR": scratch},
        )
        peaks = [0, 0]
        stop = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, Path(scratch), peaks, stop), daemon=True)
        if watch:
            watcher.start()
        _, error = process.communicate()
        seconds = time.perf_counter() - start
        stop.set()
        if process.returncode not in codes:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{error.decode()}")
        return Measured(seconds, *peaks)


def _environment() -> dict[str, str]:
    """That of this process, but with compiled modules kept, as installed packages have them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _watch(pid: int, scratch: Path, peaks: list[int], stop: threading.Event) -> None:
    while not stop.wait(0.05):
        peaks[0] = max(peaks[0], sum(map(_memory, _tree(pid))))
        peaks[1] = max(peaks[1], sum(map(_size, scratch.rglob("*"))))


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(found for child in children for found in _tree(int(child)))]


def _memory(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def paired(
    unit: Sequence[str], command: Sequence[str], *, cwd: Path, runs: int, before: Callable[[], None] = lambda: None
) -> tuple[float, float]:
    """Median seconds of a command, and the median of its ratios to a unit that is run in turn with it."""
    seconds, ratios = [], []
    before()
    run(command, cwd=cwd)
    for _ in range(runs):
        base = run(unit, cwd=cwd).seconds
        before()
        own = run(command, cwd=cwd).seconds
        seconds.append(own)
        ratios.append(own / base)
    return statistics.median(seconds), statistics.median(ratios)
