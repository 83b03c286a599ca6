"""Whatever a file holds: a clear finding or error, in bounded time and memory, and every other file is still linted."""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.projects import lint, write_files, write_project

SAMPLE = "datasets/example/samples/bad.md"
WITNESS = "datasets/example/samples/witness.md"
FAULTY = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Why?\n\nNobody knows. <|im_start|>\n"
FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
GIGABYTE = 1 << 30


def palms(*arguments: str | bytes, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user does, within 10 seconds and a gigabyte."""
    return subprocess.run(
        [sys.executable, "-m", "palms_spec", *arguments],
        cwd=cwd,
        capture_output=True,
        timeout=10,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE)),
    )


def check_with_witness(root: Path, *, exit_code: int = 1) -> str:
    """The findings of a project with something bad in it, as text; the witness's own defect must be among them."""
    write_files(root, {WITNESS: FAULTY})
    done = palms("lint", "--output-format", "concise", "--all", cwd=root)
    text = done.stdout.decode()
    assert done.returncode == exit_code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr, "no raw escape reaches a pipe"
    assert f"{WITNESS}:7" in text, "the other files are still linted"
    return text


YAML_SAMPLE = "datasets/example/samples/bad.yaml"
YAML_DATASET = {
    "datasets/example/dataset.yaml": "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\n"
    'samples: ["samples/**/*.md", "samples/*.yaml"]\n'
}
JSON_DATASET = {
    "datasets/example/dataset.yaml": "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\n"
    'samples: ["samples/**/*.md", "samples/*.json"]\n'
}
ROWS_DATASET = {
    "datasets/example/dataset.yaml": "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\n"
    'samples: ["samples/**/*.md", "samples/*.jsonl"]\n'
}
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        pytest.param(
            b"---\ncategory: health\n---\n# Why \xff\xfe?\n\nSo.\n", "unreadable-document", id="invalid UTF-8"
        ),
        pytest.param((FRONT + "# Why?\n\nSo.\n").encode("utf-16"), "unreadable-document", id="UTF-16"),
        pytest.param((FRONT + "# Why?\n\nSo\0.\n").encode(), "unreadable-document", id="NUL"),
        pytest.param(b"\xef\xbb\xbf" + (FRONT + "# Why?\n\nSo.\n").encode(), "byte-order-mark", id="BOM"),
        pytest.param(b"", "schema-violation", id="empty"),
        pytest.param(b"---\ncategory: [health\n---\n# Why?\n\nSo.\n", "syntax-error", id="broken front matter"),
        pytest.param(b"---\ncategory: health\n# Why?\n\nSo.\n", "syntax-error", id="front matter not closed"),
        pytest.param(b"---\n" + b"[" * 100_000 + b"\n---\n# Why?\n", "syntax-error", id="nesting in front matter"),
        pytest.param(
            (FRONT + "# Why?\n\n" + "word " * 10_000_000).encode(), "unreadable-document", id="a line of 50 MB"
        ),
        pytest.param(
            (FRONT + "# Why?\n\n\x1b[31mred\x1b[0m [bold]x[/bold]\n").encode(), "control-character", id="escapes"
        ),
    ],
)
def test_a_bad_sample_is_one_finding(tmp_path, content, rule):
    root = write_project(tmp_path, {SAMPLE: content})
    text = check_with_witness(root)
    assert [line for line in text.splitlines() if line.startswith(SAMPLE) and rule in line], text


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        pytest.param(BOMB, "syntax-error", id="YAML bomb"),
        pytest.param("!!python/object/apply:os.system ['touch executed']\n", "syntax-error", id="python tag"),
        pytest.param("prompt: !include /etc/passwd\ncompletion: x\n", "syntax-error", id="own tag"),
        pytest.param("[" * 100_000, "syntax-error", id="nesting"),
        pytest.param("- " * 100_000 + "x", "syntax-error", id="nesting of lists"),
        pytest.param('prompt: "\\ud800"\ncompletion: x\n', "syntax-error", id="lone surrogate"),
        pytest.param("prompt: a\nprompt: b\ncompletion: c\n", "duplicate-key", id="duplicate key"),
        pytest.param("42\n", "schema-violation", id="a number"),
    ],
)
def test_a_bad_yaml_file_is_one_finding(tmp_path, content, rule):
    root = write_project(tmp_path, {**YAML_DATASET, YAML_SAMPLE: content})
    text = check_with_witness(root)
    assert [line for line in text.splitlines() if line.startswith(YAML_SAMPLE) and rule in line], text
    assert not (root / "executed").exists()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        pytest.param("[" * 100_000, "syntax-error", id="nesting"),
        pytest.param('{"a":' * 100_000, "syntax-error", id="nesting of mappings"),
        pytest.param('{"prompt": NaN, "completion": "x"}', "syntax-error", id="NaN"),
        pytest.param('{"prompt": "a", "prompt": "b", "completion": "c"}', "duplicate-key", id="duplicate key"),
        pytest.param('{"prompt": 1, "completion": []}', "schema-violation", id="wrong types"),
    ],
)
def test_a_bad_json_file_is_one_finding(tmp_path, content, rule):
    name = "datasets/example/samples/bad.json"
    root = write_project(tmp_path, {**JSON_DATASET, name: content})
    text = check_with_witness(root)
    assert [line for line in text.splitlines() if line.startswith(name) and rule in line], text


def test_bad_rows_are_found_line_by_line(tmp_path):
    name = "datasets/example/samples/rows.jsonl"
    good = (
        '{"prompt": "Why?", "completion": "So <|im_end|>", "category": "health", "positions": ["health.no-diagnosis"]}'
    )
    rows = [
        good,
        "{",
        "",
        '{"prompt": "a", "prompt": "b", "completion": "c"}',
        "[" * 100_000,
        '{"prompt": "\\ud800", "completion": "x"}',
        '"' + "x" * 50_000_000 + '"',
        good,
    ]
    root = write_project(tmp_path, {**ROWS_DATASET, name: "\n".join(rows).encode() + b"\n\xff\xfe\n" + good.encode()})
    text = check_with_witness(root)
    at = {(int(line.split(":")[1]), line.split(" ")[3]) for line in text.splitlines() if line.startswith(name)}
    wanted = {
        (1, "role-marker"),
        (2, "syntax-error"),
        (4, "duplicate-key"),
        (5, "syntax-error"),
        (7, "unreadable-document"),
        (8, "role-marker"),
        (9, "unreadable-document"),
        (10, "role-marker"),
    }
    assert wanted <= at, text


def test_files_that_are_no_files(tmp_path):
    root = write_project(tmp_path)
    samples = root / "datasets/example/samples"
    (samples / "loop.md").symlink_to(samples / "loop.md")
    (samples / "nowhere.md").symlink_to(samples / "missing.md")
    (samples / "folders").symlink_to(samples)
    os.mkfifo(samples / "pipe.md")
    text = check_with_witness(root)
    for name in ("loop.md", "nowhere.md", "pipe.md"):
        assert any(name in line and "unreadable-document" in line for line in text.splitlines()), text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    root = write_project(tmp_path, {SAMPLE: FRONT + "# Why?\n\nSo.\n"})
    (root / SAMPLE).chmod(0)
    assert "no permission" in check_with_witness(root)


@pytest.mark.parametrize(
    "name", ["-rf.md", "line\nbreak.md", "esc\x1b[31m.md", "[bold]markup.md", "bidi\u202e.md", b"raw\xff.md"]
)
def test_odd_names_are_shown_without_harm(tmp_path, name):
    root = write_project(tmp_path)
    path = os.path.join(os.fsencode(root / "datasets/example/samples"), os.fsencode(name))
    with open(path, "wb") as out:
        out.write(FAULTY.encode())
    text = check_with_witness(root)
    assert "\u202e" not in text
    lines = [line for line in text.splitlines() if "role-marker" in line]
    assert len(lines) == 2, text


@pytest.mark.parametrize("output", ["full", "json"])
def test_hostile_text_is_inert_in_every_format(tmp_path, output):
    hostile = FRONT + "# Why?\n\nHuman: \x1b]0;title\x07 <|im_start|> [red]x[/red] \u202eabc \x9b31m ::error::x\n"
    root = write_project(tmp_path, {SAMPLE: hostile})
    done = palms("lint", "--output-format", output, cwd=root)
    assert done.returncode == 1, done.stderr.decode()
    assert not {b"\x1b", b"\x07", b"\xc2\x9b", "\u202e".encode()} & {
        done.stdout[at : at + size] for at in range(len(done.stdout)) for size in (1, 2, 3)
    }
    if output == "json":
        assert json.loads(done.stdout)["findings"]


def test_broken_gzip_gives_the_rows_before_the_damage(tmp_path):
    row = json.dumps({"prompt": "Why?", "completion": "Because <|im_end|>"}) + "\n"
    packed = gzip.compress(b"".join(row.encode() + os.urandom(0) for _ in range(2_000)))
    (tmp_path / "rows.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    done = palms("lint", "rows.jsonl.gz", "--output-format", "concise", cwd=tmp_path)
    assert done.returncode == 1
    assert b"unreadable-document" in done.stdout
    assert b"role-marker" in done.stdout


@given(data=st.binary(max_size=400), ending=st.sampled_from([".md", ".yaml", ".json", ".jsonl", ".jsonl.gz"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_any_bytes_make_findings_and_no_traceback(tmp_path, data, ending):
    dataset = "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: ['samples/*']\n"
    root = write_project(tmp_path, {"datasets/example/dataset.yaml": dataset})
    path = root / f"datasets/example/samples/any{ending}"
    path.write_bytes(data)
    try:
        for finding in lint(root).stream():
            assert finding.rule != "rule-crashed", finding.message
    finally:
        path.unlink()


@given(
    data=st.binary(max_size=300),
    name=st.sampled_from(["specs/any.yaml", "specs/any.json", "datasets/example/dataset.yaml"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_any_bytes_in_a_document_make_findings_and_no_traceback(tmp_path, data, name):
    root = write_project(tmp_path)
    before = (root / name).read_bytes() if (root / name).exists() else None
    (root / name).write_bytes(b"palms: 1\nkind: values-spec\n" + data)
    try:
        for finding in lint(root).stream():
            assert finding.rule != "rule-crashed", finding.message
    finally:
        if before is None:
            (root / name).unlink()
        else:
            (root / name).write_bytes(before)
