"""`palms lint --fix`, `--unsafe-fixes` and `--diff`, as a user runs them."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
import time
from pathlib import Path

import pytest

from palms_spec.cli.patches import write_patches
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.workflows.schema import schema_of
from tests.cli.running import PALMS, clean_environment, palms
from tests.projects import write_files, write_project

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
ONE = "datasets/example/samples/one.md"
ROWS = "datasets/example/samples/naïve rows.jsonl"
FILES = {
    ONE: f"\ufeff{FRONT}# Is it catch\u00ading?\n\nThatâ€™s for a clinician to say.".replace("\n", "\r\n"),
    "datasets/example/samples/two.md": FRONT.replace("positions", "postions") + "# Is it so?\n\nAsk a clinician.\n",
    DATASET_PATH: DATASET.replace("title: Example", "title: Off").replace("**/*.md", "**/*.*"),
    ROWS: '{"id": "r", "prompt": "Is it\u200b so?", "completion": "Ask a clinician."}',
}
SELECTED = ("lint", "--select", "DOC,TXT")


@pytest.fixture
def project(tmp_path):
    return write_project(tmp_path, FILES)


def contents(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts and ".palms" not in path.parts
    }


@pytest.mark.parametrize("columns", ["80", "120"])
def test_findings_say_how_they_are_fixed(project, snapshot, columns):
    done = palms(*SELECTED, cwd=project, COLUMNS=columns)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == snapshot


def test_what_is_safe_is_fixed_and_the_rest_is_reported(project, snapshot):
    done = palms(*SELECTED, "--fix", "--output-format", "concise", cwd=project)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == snapshot
    assert palms(*SELECTED, "--fix", "--output-format", "concise", cwd=project).stdout.splitlines()[-2:] == [
        "Found 1 error, 1 warning: 5 samples in 1 dataset, 2 documents.",
        "Fixable: 2 with --fix --unsafe-fixes.",
    ]


def test_unsafe_fixes_as_well(project, snapshot):
    done = palms(*SELECTED, "--fix", "--unsafe-fixes", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == snapshot
    assert palms(*SELECTED, cwd=project).returncode == 0


def test_a_patch_and_nothing_is_changed(project, snapshot):
    before = contents(project)
    done = palms(*SELECTED, "--diff", cwd=project)
    assert done.returncode == 1
    assert done.stdout == snapshot
    assert done.stderr == "Would fix 4 findings in 3 files.\n"
    assert contents(project) == before


@pytest.mark.parametrize("unsafe", [[], ["--unsafe-fixes"]], ids=["safe", "unsafe"])
@pytest.mark.parametrize(
    ("below", "here"),
    [("", ""), ("pro ject", ""), ("pro ject", "pro ject")],
    ids=["root", "subfolder", "in a subfolder"],
)
def test_git_applies_the_patch_to_what_fix_makes(tmp_path, unsafe, below, here):
    project = write_project(tmp_path / "repository" / below, FILES)
    top = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", "."], cwd=top, check=True)
    with (tmp_path / "patch").open("wb") as out:
        subprocess.run(
            [PALMS, *SELECTED, "--diff", *unsafe, "."], cwd=project, stdout=out, env=clean_environment(), check=False
        )
    patch = (tmp_path / "patch").read_bytes()
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=top / here, input=patch, check=True)
    by_git = contents(project)
    write_project(project, FILES)
    palms(*SELECTED, "--fix", *unsafe, cwd=project)
    assert contents(project) == by_git


def test_only_what_is_named_is_fixed(project):
    before = contents(project)
    palms(*SELECTED, "--fix", ONE, cwd=project)
    after = contents(project)
    assert [name for name in after if after[name] != before[name]] == [ONE]


def test_what_cannot_be_fixed_is_said(project):
    (project / ROWS).rename(project / f"{ROWS}.gz")
    write_files(project, {f"{ROWS}.gz": gzip.compress((project / f"{ROWS}.gz").read_bytes())})
    done = palms(*SELECTED, "--fix", "--output-format", "concise", cwd=project / "datasets")
    assert "not fixed: example/samples/naïve rows.jsonl.gz: it is packed; unpack it to have it fixed" in done.stdout


def test_the_report_in_json_holds_fixes_and_what_was_fixed(project):
    jsonschema = pytest.importorskip("jsonschema")
    report = json.loads(palms(*SELECTED, "--output-format", "json", cwd=project).stdout)
    jsonschema.validate(report, schema_of("report"))
    assert report["fixed"] is None
    fixes = {finding["rule"]: finding["fix"] for finding in report["findings"]}
    assert fixes["mojibake"]["safety"] == "unsafe"
    text = (project / ONE).read_bytes()
    (edit,) = fixes["mojibake"]["edits"]
    assert text[edit["offset"] : edit["end_offset"]].decode() == "â€™"
    assert edit["text"] == "’"
    report = json.loads(palms(*SELECTED, "--fix", "--output-format", "json", cwd=project).stdout)
    jsonschema.validate(report, schema_of("report"))
    assert report["fixed"]["rules"] == {"ambiguous-scalar": 1, "byte-order-mark": 1, "invisible-character": 2}
    assert report["fixed"]["files"] == [DATASET_PATH, ROWS, ONE]


def test_reports_into_files_beside_a_patch(project):
    done = palms(*SELECTED, "--diff", "-q", "--output-format", "json=out.json", cwd=project)
    assert (done.stdout.startswith("diff --git "), done.stderr) == (True, "")
    assert len(json.loads((project / "out.json").read_text())["findings"]) == 6


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(["--fix", "--diff"], "--fix changes files and --diff does not", id="both"),
        pytest.param(["--unsafe-fixes"], "--unsafe-fixes goes with --fix or with --diff", id="alone"),
        pytest.param(["--diff", "--output-format", "json"], "--diff prints a patch", id="two things on one output"),
    ],
)
def test_options_that_do_not_go_together(project, options, message):
    done = palms(*SELECTED, *options, cwd=project)
    assert done.returncode == 2
    assert message in done.stderr


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_patch_is_harmless(tmp_path, monkeypatch):
    write_files(tmp_path, {"a.md": "old \x1b[2J\u202e\n", "copy": "new \x1b]0;x\x07\n"})
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    write_patches(tmp_path, [("a.md", tmp_path / "copy")], "never")
    lines = terminal.getvalue().splitlines()
    assert lines[3:] == ["@@ -1 +1 @@", "-old \\x1b[2J\\u202e", "+new \\x1b]0;x\\x07"]


def many_files() -> dict[str, str | bytes | None]:
    """A project in which every file has something to fix."""
    samples = {
        f"datasets/example/samples/many-{number}.md": f"{FRONT}# Is it catch\u00ading {number}?\n\nAsk a clini\u00adcian.\n"
        for number in range(120)
    }
    rows = [{"id": f"r{number}", "prompt": f"Why\u200b {number}?", "completion": "So."} for number in range(4_000)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    dataset = DATASET.replace("**/*.md]", "**/*.md, rows.jsonl]")
    return {**samples, "datasets/example/rows.jsonl": lines, DATASET_PATH: dataset}


def test_a_kill_at_any_moment_leaves_every_file_whole(tmp_path):
    files = many_files()
    root = write_project(tmp_path, files)
    before = contents(root)
    palms("lint", "--select", "invisible-character", "--fix", "-q", cwd=root)
    after = contents(root)
    assert sum(after[name] != before[name] for name in after) == 121
    random_ = random.Random(2021)
    in_the_middle = 0
    for wanted in [0, 1, 2, 5, random_.randrange(6, 60), random_.randrange(60, 121)]:
        write_files(root, {name: data for name, data in before.items() if data != after[name]})
        states = {name: (root / name).stat().st_ino for name in before if before[name] != after[name]}
        run = subprocess.Popen(
            [PALMS, "lint", "--select", "invisible-character", "--fix", "-q"], cwd=root, env=clean_environment()
        )
        deadline = time.monotonic() + (random_.uniform(0.2, 1.2) if wanted == 0 else 60)
        while run.poll() is None and time.monotonic() < deadline:
            if 0 < wanted <= sum((root / name).stat().st_ino != state for name, state in states.items()):
                break
        run.kill()
        run.wait()
        found = {name: (root / name).read_bytes() for name in before}
        assert [name for name in found if found[name] not in (before[name], after[name])] == []
        in_the_middle += found not in (before, after)
        for left in root.rglob(".*.md.*"):
            left.unlink()
    assert in_the_middle, "at least one kill came between two files"
    palms("lint", "--select", "invisible-character", "--fix", "-q", cwd=root)
    assert {name: (root / name).read_bytes() for name in after} == after
