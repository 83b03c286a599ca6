from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from palms_spec.errors import PalmsError, UsageError
from palms_spec.training.readers import reading
from palms_spec.workflows import importing
from palms_spec.workflows.compile import compile_dataset
from palms_spec.workflows.datasets import open_dataset
from palms_spec.workflows.importing import import_data
from tests.projects import lint, write_files
from tests.sources.tables import write_table
from tests.training.datasets import rows_of

ROWS = [{"prompt": f"Question {at}?", "completion": f"Answer {at}."} for at in range(6)]


def project(root: Path, rows=ROWS, name: str = "data.jsonl") -> Path:
    write_files(root, {"palms.toml": "", name: "".join(json.dumps(row) + "\n" for row in rows)})
    return root / name


def samples(root: Path, name: str = "data"):
    return [standing.sample for standing in open_dataset(name, root).samples(whole=True)]


def listing(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_few_samples_are_files_and_many_are_rows_with_the_same_ids(tmp_path):
    source = project(tmp_path)
    import_data(source, tmp_path)
    import_data(source, tmp_path, out=tmp_path / "datasets/rows", most_files=5)
    assert listing(tmp_path / "datasets/rows") == ["dataset.yaml", "samples.jsonl"]
    files, rows = samples(tmp_path), samples(tmp_path, "rows")
    assert sorted(one.id or "" for one in files) == sorted(one.id or "" for one in rows)
    assert [one.turns[0].content for one in rows] == [row["prompt"] for row in ROWS]
    assert len(listing(tmp_path / "datasets/data/samples")) == 6


def test_a_sample_says_which_row_it_comes_from(tmp_path):
    source = project(tmp_path, ["skipped", *ROWS])
    import_data(source, tmp_path)
    digest = sha256(source.read_bytes()).hexdigest()
    found = {one.turns[0].content: one.metadata for one in samples(tmp_path)}
    assert found["Question 3?"] == {"imported": {"file": "data.jsonl", "sha256": digest, "line": 5}}


def test_ids_stay_when_rows_come_and_go(tmp_path):
    first = project(tmp_path, ROWS)
    second = project(tmp_path, [ROWS[5], *ROWS[:3], {"prompt": "New?", "completion": "New."}], "more.jsonl")
    import_data(first, tmp_path)
    import_data(second, tmp_path)
    before = {one.turns[0].content: one.id for one in samples(tmp_path)}
    after = {one.turns[0].content: one.id for one in samples(tmp_path, "more")}
    assert {text: after[text] for text in before if text in after} == {
        text: before[text] for text in before if text in after
    }


@pytest.mark.parametrize("most_files", [0, 500])
def test_rows_that_say_the_same_are_all_there(tmp_path, most_files):
    done = import_data(project(tmp_path, ROWS[:1] * 30), tmp_path, most_files=most_files)
    assert done.samples == len({one.id for one in samples(tmp_path)}) == 30
    assert "duplicate-id" not in {one.rule for one in lint(tmp_path / "datasets").stream()}


def test_bad_rows_are_named_and_all_others_are_there(tmp_path, snapshot):
    source = tmp_path / "data.jsonl"
    project(tmp_path)
    bad = [
        "{",
        '{"prompt": "NaN", "completion": NaN}',
        '{"prompt": "twice", "prompt": "twice", "completion": ""}',
        '{"question": "other keys"}',
        '{"instruction": "other format", "output": ""}',
        "[]",
        '{"prompt": {"a": 1}, "completion": ""}',
        '{"prompt": [{"role": "user", "content": [{"type": "image_url"}]}], "completion": ""}',
    ]
    good = source.read_text().splitlines()
    source.write_text("\n".join([*good[:2], *bad, *good[2:]]))
    done = import_data(source, tmp_path, form="prompt-completion")
    assert (done.rows, done.samples, done.lost, done.exit_code) == (14, 6, 8, 1)
    assert [(one.line, one.reason) for one in done.not_imported] == snapshot
    assert [one.rule for one in lint(tmp_path / "datasets", select=("DOC",)).stream()] == []


def test_where_no_row_can_be_imported_nothing_is_written(tmp_path):
    done = import_data(project(tmp_path, [{"messages": []}] * 3), tmp_path)
    assert (done.samples, done.exit_code) == (0, 1)
    assert not (tmp_path / "datasets/data").exists()


@pytest.mark.parametrize("kind", ["parquet", "arrow-file", "arrow-stream", "gzip", "list", "saved"])
def test_every_kind_of_file_gives_the_same_samples(tmp_path, kind):
    plain, source = project(tmp_path), tmp_path / "other.rows"
    if kind == "gzip":
        source.write_bytes(gzip.compress(plain.read_bytes()))
    elif kind == "list":
        source.write_text(json.dumps(ROWS, indent=2))
    elif kind == "saved":
        source.mkdir()
        write_table(source / "data-00000-of-00001.arrow", ROWS, "arrow-stream")
        write_files(source, {"state.json": '{"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}'})
    else:
        write_table(source, ROWS, kind)
    import_data(plain, tmp_path)
    done = import_data(source, tmp_path, out=tmp_path / "datasets/other")
    assert done.lost == 0
    assert [(one.id, one.turns) for one in samples(tmp_path, "other")] == [
        (one.id, one.turns) for one in samples(tmp_path)
    ]


def test_a_system_prompt_that_all_have_is_that_of_the_dataset(tmp_path):
    rows = [{"messages": [{"role": "system", "content": "Be brief."}, *turns(row)]} for row in ROWS]
    done = import_data(project(tmp_path, rows), tmp_path)
    assert done.system == "Be brief."
    assert {path.suffix for path in (tmp_path / "datasets/data/samples").iterdir()} == {".md"}
    compile_dataset("data", tmp_path, targets=["together"], out=tmp_path / "out", lint=False)
    written = rows_of(tmp_path / "out/together/train.jsonl")
    assert sorted(map(json.dumps, written)) == sorted(map(json.dumps, rows))


@pytest.mark.parametrize("system", ["", " \n", "half \ud800"], ids=["empty", "blank", "half a pair"])
def test_a_prompt_that_a_dataset_cannot_have_stays_in_the_samples(tmp_path, system):
    rows = [{"messages": [{"role": "system", "content": system}, *turns(row)]} for row in ROWS]
    done = import_data(project(tmp_path, rows), tmp_path)
    assert (done.system, done.lost) == (None, 0)
    assert {one.turns[0].content for one in samples(tmp_path)} == {system}


def turns(row):
    return [{"role": "user", "content": row["prompt"]}, {"role": "assistant", "content": row["completion"]}]


def test_what_is_trained_on_comes_out_as_it_went_in(tmp_path):
    call = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": '{"at":1}'}}
    tool = {"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}
    messages = [
        {"role": "user", "content": "a", "name": "n"},
        {"role": "assistant", "content": "b", "weight": 0},
        {"role": "user", "content": "c"},
        {"role": "assistant", "content": "", "weight": 1, "tool_calls": [call]},
        {"role": "tool", "content": "d", "tool_call_id": "c1"},
        {"role": "assistant", "content": "e", "weight": 1},
    ]
    rows = [{"messages": messages, "tools": [tool]}] * 10
    import_data(project(tmp_path, rows), tmp_path)
    compile_dataset("data", tmp_path, targets=["openai"], out=tmp_path / "out", lint=False)
    assert rows_of(tmp_path / "out/openai/train.jsonl") == rows


def test_weights_of_rows_come_out_as_they_went_in(tmp_path):
    rows = [{"messages": turns(row), "weight": at / 2} for at, row in enumerate(ROWS)]
    import_data(project(tmp_path, rows), tmp_path, most_files=0)
    compile_dataset("data", tmp_path, targets=["together"], out=tmp_path / "out", lint=False)
    assert rows_of(tmp_path / "out/together/train.jsonl") == rows


def test_the_same_source_gives_the_same_bytes(tmp_path):
    for name in ("one", "other"):
        import_data(project(tmp_path / name), tmp_path / name)
    one, other = tmp_path / "one/datasets/data", tmp_path / "other/datasets/data"
    assert listing(one) == listing(other)
    assert [(one / name).read_bytes() for name in listing(one)] == [
        (other / name).read_bytes() for name in listing(other)
    ]


def test_what_is_there_is_replaced_only_if_it_was_imported_and_only_when_told_to(tmp_path):
    source, folder = project(tmp_path), tmp_path / "datasets/data"
    import_data(source, tmp_path)
    project(tmp_path, ROWS[:2])
    with pytest.raises(UsageError, match=r"^datasets/data is there already$") as raised:
        import_data(source, tmp_path)
    assert raised.value.hint.startswith("--force replaces it")
    assert len(samples(tmp_path)) == 6
    import_data(source, tmp_path, force=True)
    assert len(samples(tmp_path)) == 2

    write_files(folder, {"reviews/me.jsonl": "", "README.md": "mine"})
    with pytest.raises(UsageError, match=r"is there already, and holds README.md, reviews$"):
        import_data(source, tmp_path, force=True)
    assert (folder / "README.md").read_text() == "mine"

    write_files(tmp_path, {"own/dataset.yaml": "palms: 1\nkind: dataset\n", "file": "x", "empty/.keep": None})
    with pytest.raises(UsageError, match="own is there already, and was not imported"):
        import_data(source, tmp_path, out=tmp_path / "own", force=True)
    with pytest.raises(UsageError, match="file is no folder"):
        import_data(source, tmp_path, out=tmp_path / "file", force=True)
    (tmp_path / "empty").mkdir(exist_ok=True)
    assert import_data(source, tmp_path, out=tmp_path / "empty").samples == 2


def test_a_source_that_would_be_replaced_by_what_is_made_of_it_is_refused(tmp_path):
    import_data(project(tmp_path), tmp_path, most_files=0)
    source = tmp_path / "datasets/data/samples.jsonl"
    with pytest.raises(UsageError, match=r"samples.jsonl lies in datasets/data, which would be replaced"):
        import_data(source, tmp_path, out=tmp_path / "datasets/data", force=True)
    assert len(samples(tmp_path)) == 6


def test_an_id_that_another_dataset_has_is_refused(tmp_path):
    source = project(tmp_path)
    write_files(
        tmp_path,
        {
            "old/dataset.yaml": "palms: 1\nkind: dataset\nid: data\ntitle: t\nsamples: [a.md]\n",
            "old/a.md": "# a\n\nb\n",
        },
    )
    with pytest.raises(UsageError, match=r"there is a dataset data in this project already: old/dataset.yaml"):
        import_data(source, tmp_path)
    assert import_data(source, tmp_path, out=tmp_path / "datasets/data-2").dataset == "data-2"


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("train.jsonl.gz", "train"),
        ("my data (1).jsonl", "my-data-1"),
        ("été.jsonl", "ete"),
        ("hh_rlhf.v2.jsonl", "hh_rlhf.v2"),
    ],
)
def test_the_folder_is_named_after_the_source(tmp_path, name, folder):
    done = import_data(project(tmp_path, name=name), tmp_path)
    assert done.folder == tmp_path / "datasets" / folder
    assert [one.rule for one in lint(tmp_path / "datasets", select=("DOC",)).stream()] == []
    assert len(samples(tmp_path, folder)) == 6


@pytest.mark.parametrize("name", ["build", ".hidden"])
def test_a_folder_that_palms_passes_over_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="is not looked at by palms"):
        import_data(project(tmp_path), tmp_path, out=tmp_path / name)


def test_a_source_that_changes_meanwhile_is_not_imported(tmp_path, monkeypatch):
    source, real = project(tmp_path), reading.survey

    def changing(rows):
        found = real(rows)
        os.utime(source, (1, 1))
        return found

    monkeypatch.setattr(importing, "survey", changing)
    with pytest.raises(PalmsError, match=r"data\.jsonl was changed while it was read"):
        import_data(source, tmp_path)
    assert listing(tmp_path) == ["data.jsonl", "palms.toml"]


@pytest.mark.parametrize("fields", [{"metadata": {"a": "x" * 11_000_000}}], ids=["a column of 11 MB"])
def test_a_sample_that_would_be_too_long_to_be_read_is_not_written(tmp_path, fields):
    write_files(tmp_path, {"palms.toml": ""})
    table = [{**ROWS[0], **fields}, ROWS[1]]
    done = import_data(write_table(tmp_path / "data.parquet", table, "parquet"), tmp_path)
    assert (done.samples, [one.reason for one in done.not_imported]) == (1, ["it is longer than 10 MB"])


def test_odd_text_is_lint_clean_in_structure_and_comes_back(tmp_path):
    texts = [
        "\0",
        "\x1b[31m",
        "\u202e",
        "\ud800",
        "😀" * 10,
        "# a\n---\nb",
        " ",
        "\r\n",
        "a" * 100_000,
        "\ufeffa",
        "no",
    ]
    rows = [{"prompt": text, "completion": text, "note": text, text: text} for text in texts]
    for most_files in (0, 500):
        out = tmp_path / f"datasets/odd-{most_files}"
        done = import_data(project(tmp_path, rows), tmp_path, out=out, most_files=most_files)
        assert done.lost == 0
        assert [one.rule for one in lint(out, select=("DOC",)).stream()] == []
        found = samples(tmp_path, out.name)
        assert sorted(one.turns[1].content for one in found) == sorted(texts)
        assert all((one.metadata or {})[one.turns[0].content] == one.turns[0].content for one in found)


@pytest.mark.parametrize("most_files", ["0", "5000"], ids=["rows", "files"])
def test_a_killed_run_leaves_nothing_or_the_whole(tmp_path, most_files):
    project(tmp_path, [{"prompt": f"{at}?", "completion": "!"} for at in range(250)])
    command = [sys.executable, "-m", "palms_spec", "import", "data.jsonl", "--most-files", most_files]
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    started = time.monotonic()
    subprocess.run(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, check=True)
    whole, states = time.monotonic() - started, set()
    for turn in range(8):
        subprocess.run(["rm", "-rf", "datasets"], cwd=tmp_path, check=True)
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(whole * (turn + 3) / 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
        there = (tmp_path / "datasets/data").exists()
        states.add(there)
        if there:
            assert len(samples(tmp_path)) == 250
    assert states


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path):
    peaks = []
    for count in (20_000, 100_000):
        path = tmp_path / f"{count}.jsonl"
        with path.open("w") as file:
            for at in range(count):
                file.write(json.dumps({"prompt": f"{at} " + "why " * 60, "completion": f"{at} " + "so " * 140}) + "\n")
        code = (
            "import re, sys\nfrom palms_spec.cli.main import main\n"
            f"assert main(['import', '{path.name}', '-q']) == 0\n"
            # Not ru_maxrss, which begins with the size of the process that started this one.
            "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1], file=sys.stderr)"
        )
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stderr.split()[-1]) / 1024)
    assert peaks[1] < 200, "MB"
    assert peaks[1] - peaks[0] < 20, peaks
