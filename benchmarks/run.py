"""The budgets of the linter, measured: `make bench`, or `python benchmarks/run.py startup rows ...` for some of them.

Each part prints its table; a run of all parts writes them into benchmarks/README.md, with the date.
"""

from __future__ import annotations

import datetime
import inspect
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from changes import write_changed
from chats import write_chats
from material import write_rows
from measuring import paired, run

ROOT = Path(__file__).parents[1]
README = Path(__file__).with_name("README.md")
START, END = "<!-- figures start -->\n", "<!-- figures end -->\n"
PALMS = [sys.executable, "-m", "palms_spec"]
UNIT = [sys.executable, "-c", "import typer, pydantic"]
RUNS = 7


def startup() -> Iterator[str]:
    """Start-up, and the shipped 160 samples: warm, cold, and with one word of a position changed."""
    with tempfile.TemporaryDirectory(prefix="palms-bench-") as folder:
        root = Path(folder) / "project"
        run([*PALMS, "init", str(root)], cwd=ROOT, codes=(0,))
        cache, spec = root / ".palms/cache", root / "specs/palms-2021/spec.yaml"
        text = spec.read_text("utf-8")
        count = [0]

        def forget() -> None:
            shutil.rmtree(cache, ignore_errors=True)

        def change_a_word() -> None:
            count[0] += 1
            changed = text.replace("does not excuse, praise", f"does not excuse{count[0]}, praise", 1)
            assert changed != text, "the position reads as expected"
            spec.write_text(changed, "utf-8")

        yield "| command | seconds | ratio to `import typer, pydantic` | budget |"
        yield "| --- | ---: | ---: | --- |"
        for name, arguments, before, budget in (
            ("`palms --help`", ["--help"], None, "2.5"),
            ("`palms rule role-marker`", ["rule", "role-marker"], None, "2.5"),
            ("`palms lint`, warm, 160 samples", ["lint"], None, "2.5"),
            ("one word of a position changed", ["lint"], change_a_word, "3"),
            ("`palms lint`, cold, 160 samples", ["lint"], forget, "1.5 s"),
        ):
            seconds, ratio = paired(UNIT, [*PALMS, *arguments], cwd=root, runs=RUNS, before=before or (lambda: None))
            yield f"| {name} | {seconds:.3f} | {ratio:.2f} | {budget} |"


def rows() -> Iterator[str]:
    """Rows of JSONL: about 200 words each, 10 % not ASCII, 2 % with a finding; last, a file with a finding in every
    row."""
    yield "| rows | findings in | rows/s | memory, MB | disk, bytes a row | budget |"
    yield "| ---: | --- | ---: | ---: | ---: | --- |"
    with tempfile.TemporaryDirectory(prefix="palms-bench-") as folder:
        for count, faulty in ((10_000, 0.02), (100_000, 0.02), (1_000_000, 0.02), (100_000, 1.0)):
            path = write_rows(Path(folder) / f"rows-{count}.jsonl", count, faulty=faulty)
            measured = run([*PALMS, "lint", str(path), "--output-format", "json"], cwd=Path(folder), watch=True)
            budget = "15,000 rows/s, 600 MB, 200 bytes" if count == 1_000_000 else ""
            yield (
                f"| {count:,} | {faulty:.0%} of the rows | {count / measured.seconds:,.0f} "
                f"| {measured.memory / 1e6:,.0f} | {measured.disk / count:,.0f} | {budget} |"
            )
            path.unlink()


PEER = """\
project_name: palms-bench
dataset_path: {data}
export_path: {folder}/out/result.jsonl
np: 2
text_keys: completion
open_tracer: false
use_cache: false
process:
  - words_num_filter:
  - alphanumeric_filter:
  - special_characters_filter:
  - character_repetition_filter:
"""


def peer() -> Iterator[str]:
    """The same rows by data-juicer's analyzer with four filters on two processes, in the same run. Both are counted
    between 2,000 and 22,000 rows, so that neither's start-up is. Needs `dj-analyze` (py-data-juicer) on the PATH or in
    DJ_ANALYZE; it is no dependency of palms."""
    found = os.environ.get("DJ_ANALYZE") or shutil.which("dj-analyze")
    if not found:
        yield "data-juicer is not installed: not measured."
        return
    yield "| program | rows/s |"
    yield "| --- | ---: |"
    with tempfile.TemporaryDirectory(prefix="palms-bench-") as folder:
        times: dict[str, list[float]] = {"palms": [], "data-juicer": []}
        for count in (2_000, 22_000):
            path = write_rows(Path(folder) / f"rows-{count}.jsonl", count)
            config = Path(folder) / f"config-{count}.yaml"
            config.write_text(PEER.format(data=path, folder=folder), "utf-8")
            lint = [*PALMS, "lint", str(path), "--output-format", "json", "--jobs", "2"]
            times["palms"].append(run(lint, cwd=Path(folder)).seconds)
            times["data-juicer"].append(run([found, "--config", str(config)], cwd=Path(folder)).seconds)
        for name, (short, long) in times.items():
            yield f"| {name} | {20_000 / (long - short):,.0f} |"


TOGETHER = """\
import sys, time
from together.lib.utils.files import check_file
start = time.perf_counter()
report = check_file(sys.argv[1])
print(time.perf_counter() - start)
sys.exit(not report["is_check_passed"])
"""


def check() -> Iterator[str]:
    """Chat rows of some hundred words, checked for together: all rules, with and without near-duplicates, and the check
    of Together's client (the package `together`) on the same file in the same run, in turn, medians of three. Of palms
    whole commands are timed, of the client the check alone, without its import. Needs the package in the environment
    of the `together` on the PATH, or of the python in TOGETHER_PYTHON; it is no dependency of palms."""
    command = shutil.which("together")
    peer = os.environ.get("TOGETHER_PYTHON") or (command and str(Path(command).with_name("python")))
    with tempfile.TemporaryDirectory(prefix="palms-bench-") as folder:
        count = CHECKED_ROWS
        path = write_chats(Path(folder) / "chats.jsonl", count)
        plain = [*PALMS, "check", str(path), "--target", "together", "--output-format", "json"]
        speeds: dict[str, list[float]] = {}
        memory = [0, 0]
        for _ in range(3):
            for at, arguments in enumerate((["--ignore", "near-duplicate-sample"], [])):
                name = "palms, without near-duplicates" if arguments else "palms, all rules"
                measured = run([*plain, *arguments], cwd=Path(folder), watch=True)
                speeds.setdefault(name, []).append(count / measured.seconds)
                memory[at] = max(memory[at], measured.memory)
            if peer:
                taken = subprocess.run([peer, "-c", TOGETHER, str(path)], capture_output=True, text=True, check=True)
                speeds.setdefault("Together's client check", []).append(count / float(taken.stdout))
    medians = {name: statistics.median(found) for name, found in speeds.items()}
    other = medians.get("Together's client check")
    yield f"| program, {count:,} rows | rows/s | ratio to the client | memory, MB | budget |"
    yield "| --- | ---: | ---: | ---: | --- |"
    budgets = iter((("1, 300 MB", memory[0]), ("a third, 300 MB", memory[1]), ("", 0)))
    for (name, speed), (budget, peak) in zip(medians.items(), budgets, strict=False):
        ratio = f"{speed / other:.2f}" if other else "-"
        yield f"| {name} | {speed:,.0f} | {ratio} | {peak / 1e6:,.0f} | {budget} |"
    if not peer:
        yield ""
        yield "Together's client is not installed: not measured."


def diff() -> Iterator[str]:
    """Ten thousand samples of which a hundred were edited, with a stance reversed, as files and as rows of one file;
    and published specifications, where ../shared/realdata/model-spec is at hand. Warm: a comparison was made before,
    and nothing changed since; cold: without its cache. Medians of five."""
    yield "| what is compared | kB | warm, s | cold, s | budget |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for name, files in (
        ("10,000 samples in Markdown, 100 edited", True),
        ("10,000 samples in JSONL, 100 edited", False),
    ):
        with tempfile.TemporaryDirectory(prefix="palms-bench-") as folder:
            root = Path(folder) / "repository"
            root.mkdir()
            write_changed(root, samples=10_000, changed=100, files=files)
            size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
            command = [*PALMS, "diff", "main"]
            cold = [_cold(command, root) for _ in range(5)]
            warm = [run(command, cwd=root, codes=(1,)).seconds for _ in range(5)]
            times = f"{statistics.median(warm):.2f} | {statistics.median(cold):.2f}"
            yield f"| {name} | {size / 1e3:,.0f} | {times} | 3 s warm, 8 s cold |"
    published = sorted(PUBLISHED.glob("20*.md"))
    for one, other in pairwise(published):
        command = [*PALMS, "diff", str(one), str(other)]
        seconds = statistics.median(run(command, cwd=PUBLISHED).seconds for _ in range(5))
        size = max(one.stat().st_size, other.stat().st_size)
        yield f"| {one.stem} with {other.stem} | {size / 1e3:,.0f} | - | {seconds:.2f} | 1.5 s |"
    if not published:
        yield ""
        yield "The published specifications are not at hand: not measured."


def _cold(command: list[str], root: Path) -> float:
    shutil.rmtree(root / ".palms/cache", ignore_errors=True)
    return run(command, cwd=root, codes=(1,)).seconds


PUBLISHED = ROOT.parent / "shared/realdata/model-spec"
CHECKED_ROWS = 1_000_000
PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "startup": startup,
    "rows": rows,
    "peer": peer,
    "check": check,
    "diff": diff,
}


def main(names: list[str]) -> None:
    """Run the parts named, or all."""
    tables = []
    for name in names or list(PARTS):
        part = PARTS[name]
        lines = [f"## {name}", "", inspect.cleandoc(part.__doc__ or ""), ""]
        print("\n".join(lines))
        for line in part():
            print(line, flush=True)
            lines.append(line)
        tables.append("\n".join(lines) + "\n")
    if not names:
        today = datetime.datetime.now(datetime.UTC).date()
        machine = f"Measured on {today} with Python {platform.python_version()}, {platform.machine()}, 2 cores.\n"
        before, _, rest = README.read_text("utf-8").partition(START)
        _, _, after = rest.partition(END)
        README.write_text(before + START + "\n" + "\n".join([machine, *tables]) + "\n" + END + after, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
