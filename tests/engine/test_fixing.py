"""Fixing: once and for all, nothing but what it says, and never a file that changed meanwhile."""

from __future__ import annotations

import gzip
import json
import os
import re
import unicodedata
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.engine import fixing as module
from palms_spec.engine.fixing import Fixing, fixing
from palms_spec.engine.inputs import find_inputs
from palms_spec.engine.options import Options
from palms_spec.engine.repairs import Repairs
from palms_spec.engine.run import run_lint
from palms_spec.engine.settings import load_settings
from palms_spec.rulekit.examples import BASE, DATASET, DATASET_PATH
from palms_spec.sources.unchanged import CHANGED
from tests.projects import lint, rules, write_files, write_project

FRONT = "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
ONE = "datasets/example/samples/one.md"
TWO = "datasets/example/samples/two.md"
ROWS = "datasets/example/rows.jsonl"
WITH_ROWS = DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]")
HIDDEN = FRONT + "# Is it catch\u00ading?\n\nAsk a clini\u00adcian.\n"
CLEAN = HIDDEN.replace("\u00ad", "")


def fix(root: Path, *paths: Path, unsafe: bool = False, write: bool = True, **given) -> Repairs:
    """Fix a project, or paths in it."""
    with fix_only_in_copies(root, *paths, unsafe=unsafe, **given) as done:
        return done.write(root) if write else done.repairs


def fix_only_in_copies(root: Path, *paths: Path, unsafe: bool = False, **given) -> AbstractContextManager[Fixing]:
    chosen = load_settings(root, **given)
    inputs = find_inputs(list(paths) or [root], exclude=chosen.exclude)
    return fixing(inputs, chosen, Options(jobs=1, cache=False), unsafe=unsafe)


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_files_are_fixed_and_said_to_be(tmp_path):
    root = write_project(
        tmp_path, {ONE: HIDDEN, DATASET_PATH: "\ufeff" + DATASET.replace("title: Example", "title: Off")}
    )
    assert "invisible-character" in rules(lint(root))
    repairs = fix(root)
    assert (root / ONE).read_text() == CLEAN
    assert (root / DATASET_PATH).read_text() == DATASET.replace("title: Example", 'title: "Off"')
    assert repairs.fixed == {"invisible-character": 2, "byte-order-mark": 1, "ambiguous-scalar": 1}
    assert (set(repairs.files), repairs.left_alone, repairs.total) == ({ONE, DATASET_PATH}, (), 4)
    assert rules(lint(root)) == []


def test_unsafe_fixes_are_made_only_where_they_are_asked_for(tmp_path):
    text = FRONT.replace("category", "categroy") + "# Is it so?\n\nThatâ€™s for a clinician.\n"
    root = write_project(tmp_path, {ONE: text})
    assert fix(root).total == 0
    assert (root / ONE).read_text() == text
    assert fix(root, unsafe=True).fixed == {"unknown-field": 1, "mojibake": 1}
    assert (root / ONE).read_text() == FRONT + "# Is it so?\n\nThat’s for a clinician.\n"


def test_a_fix_that_waits_for_another_is_made_in_the_next_pass(tmp_path):
    root = write_project(tmp_path, {ONE: FRONT + "# Is it so?\n\nAsk Jose\u0301\u00ad, the clini\u00adcian.\n"})
    with fix_only_in_copies(root) as done:
        (copy,) = done.copies.values()
        assert copy.read_text() == FRONT + "# Is it so?\n\nAsk José, the clinician.\n"


def test_only_the_files_that_are_named_are_fixed(tmp_path):
    root = write_project(tmp_path, {ONE: HIDDEN, TWO: HIDDEN.replace("Ask", "See")})
    assert fix(root, root / TWO).files == (TWO,)
    assert (root / ONE).read_text() == HIDDEN


def test_what_is_suppressed_is_not_fixed(tmp_path):
    front = FRONT.replace("---\nc", "---\n# palms: ignore[invisible-character] typeset so\nc")
    root = write_project(tmp_path, {ONE: HIDDEN.replace(FRONT, front)})
    assert fix(root).total == 0


def test_what_is_only_shown_is_left_to_people(tmp_path):
    text = FRONT.replace("[health.no-diagnosis]", "[health.no-diagnoses]") + "# Is it so?\n\nAsk a clinician.\n"
    root = write_project(tmp_path, {ONE: text})
    assert fix(root, unsafe=True).total == 0
    assert (root / ONE).read_text() == text


def test_copies_come_before_files(tmp_path):
    root = write_project(tmp_path, {ONE: HIDDEN})
    before = contents(root)
    with fix_only_in_copies(root) as done:
        assert contents(root) == before
        assert "invisible-character" in rules(done.before)
        assert "invisible-character" not in rules(done.after)
        folder = done.copies[ONE].parent
    assert contents(root) == before
    assert not folder.exists(), "copies go with the block"


ROW = {"prompt": "Is it catch\u200bing?", "completion": "Ask a clini\u00adcian. Don't wait."}


def test_rows_are_fixed_in_place(tmp_path):
    lines = [
        "\ufeff" + json.dumps(ROW, ensure_ascii=False) + "\r\n",
        "\n",
        json.dumps({"prompt": "Why?", "completion": "I cannot say from here."}) + "  \n",
        json.dumps(ROW) + "\n",
        '{"prompt": "Is it", \n',
        json.dumps(dict(reversed(ROW.items())), ensure_ascii=False),
    ]
    root = write_project(tmp_path, {ROWS: "".join(lines), DATASET_PATH: WITH_ROWS})
    repairs = fix(root)
    taken = [line.removeprefix("\ufeff").replace("\u200b", "").replace("\u00ad", "") for line in lines]
    assert (root / ROWS).read_bytes().decode() == "".join(taken)
    assert repairs.fixed == {"byte-order-mark": 1, "invisible-character": 4}
    assert "\\u200b" in taken[3], "an escape is left to people"


def test_a_large_file_of_rows_is_fixed_in_several_processes_as_in_one(tmp_path):
    rows = []
    for number in range(3_000):
        mark = "\u00ad" if number % 3 == 0 else ""
        rows.append({"prompt": f"What is {number}é{mark}?", "completion": f"A number, {mark}as said in {number}."})
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    root = write_project(tmp_path, {ROWS: text, DATASET_PATH: WITH_ROWS})
    chosen = load_settings(root, select=["invisible-character"])
    options = Options(jobs=2, cache=False, shard_bytes=20_000)
    with fixing(find_inputs([root]), chosen, options, unsafe=False) as done:
        assert done.write(root).total == 2_000
    assert (root / ROWS).read_bytes().decode() == text.replace("\u00ad", "")


def test_packed_rows_are_left_alone_with_a_word(tmp_path):
    name = ROWS + ".gz"
    packed = gzip.compress(json.dumps(ROW, ensure_ascii=False).encode())
    root = write_project(tmp_path, {name: packed, DATASET_PATH: WITH_ROWS.replace("rows.jsonl", "rows.jsonl.gz")})
    repairs = fix(root)
    assert [(left.path, left.reason) for left in repairs.left_alone] == [(name, module.PACKED)]
    assert (root / name).read_bytes() == packed


def test_a_file_that_changes_before_it_is_fixed_is_left_alone(tmp_path, monkeypatch):
    root = write_project(tmp_path, {ONE: HIDDEN, TWO: HIDDEN.replace("Ask", "See")})

    def slow(inputs, chosen, options):
        outcome = run_lint(inputs, chosen, options)
        (root / ONE).write_text("saved by an editor")
        return outcome

    monkeypatch.setattr(module, "run_lint", slow)
    repairs = fix(root)
    assert (root / ONE).read_text() == "saved by an editor"
    assert (root / TWO).read_text() == CLEAN.replace("Ask", "See")
    assert [(left.path, left.reason) for left in repairs.left_alone] == [(ONE, CHANGED)]
    assert repairs.files == (TWO,)
    assert repairs.total == 2


def test_a_file_that_changes_before_it_is_replaced_is_left_alone(tmp_path):
    root = write_project(tmp_path, {ONE: HIDDEN, TWO: HIDDEN.replace("Ask", "See")})
    with fix_only_in_copies(root) as done:
        (root / ONE).write_text("saved by an editor")
        (root / TWO).unlink()
        repairs = done.write(root)
    assert {left.path: left.reason for left in repairs.left_alone} == {ONE: CHANGED, TWO: CHANGED}
    assert (repairs.total, repairs.files) == (0, ())
    assert (root / ONE).read_text() == "saved by an editor"
    assert not (root / TWO).exists()
    assert sorted(os.listdir(root / "datasets/example/samples")) == ["one.md", "sore-throat.md", "two-ballots.md"]


@pytest.mark.skipif(os.name == "nt", reason="permissions as POSIX has them")
def test_permissions_and_links_stay(tmp_path):
    root = write_project(tmp_path / "project", {ONE: HIDDEN})
    (root / ONE).chmod(0o640)
    (root / ONE).rename(tmp_path / "elsewhere.md")
    (root / ONE).symlink_to(tmp_path / "elsewhere.md")
    fix(root)
    assert (root / ONE).is_symlink()
    assert (tmp_path / "elsewhere.md").read_text() == CLEAN
    assert (tmp_path / "elsewhere.md").stat().st_mode & 0o777 == 0o640


def test_a_fix_that_is_not_what_it_says_is_dropped_with_a_word(tmp_path, monkeypatch):
    root = write_project(tmp_path, {ONE: HIDDEN})
    monkeypatch.setattr("palms_spec.engine.mending.holds_what_it_should", lambda *_: False)
    repairs = fix(root)
    assert repairs.total == 0
    assert [(left.path, left.line, left.rule, left.reason) for left in repairs.left_alone] == [
        (ONE, 5, "invisible-character", module.NOT_HELD),
        (ONE, 7, "invisible-character", module.NOT_HELD),
    ]
    assert (root / ONE).read_text() == HIDDEN


def test_fixes_that_bring_about_each_other_come_to_an_end(tmp_path, monkeypatch):
    root = write_project(tmp_path, {ONE: HIDDEN})
    first = lint(root)
    monkeypatch.setattr(module, "run_lint", lambda *_: first)
    monkeypatch.setattr("palms_spec.engine.mending.holds_what_it_should", lambda *_: True)
    repairs = fix(root, write=False)
    assert [(left.path, left.reason) for left in repairs.left_alone] == [(ONE, module.ENDLESS)]


PIECES = [
    "Ask a clinician",
    "clini\u00adcian",
    "\u200b",
    "\ufeff",
    "cafÃ©",
    "itâ€™s",
    "Jose\u0301",
    "don't",
    "don’t",
    '"so"',
    "“so”",
    "\u202eyadot\u202c",
    "\u2067x\u2069",
    "\x0b",
    "\x1b[1m",
    "\x93",
    "`code\u00ad`",
    "👩\u200d",
    "\u3164",
    "\u2028",
    "- item",
    "1\u200b.",
    "שלום",
    "é\\",
    '\\"',
]
pieces = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7)
texts = st.tuples(pieces, st.sampled_from([" ", "", "\n", "\n\n", ": ", ", "])).map(lambda one: one[1].join(one[0]))


@st.composite
def sample_files(draw: st.DrawFn) -> dict[str, str | bytes | None]:
    """A project whose samples stand in Markdown, YAML, JSON and JSONL."""
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    question, answer = draw(texts).replace("\n", " "), draw(texts)
    front = draw(
        st.sampled_from([FRONT, FRONT.replace("category", "categroy"), "", FRONT.replace("---\nc", "---\nround: 1\nc")])
    )
    block = answer.replace("\n", "\n  ")
    value = {"id": "x", "prompt": question, "completion": answer}
    yaml = draw(st.sampled_from(["|\n  {}", ">-\n  {}", "'{}'", '"{}"', "{}"])).format(block)
    rows = [json.dumps(value, ensure_ascii=draw(st.booleans())), "", '{"prompt": 1}', json.dumps({**value, "id": "y"})]
    return {
        ONE: (mark + f"{front}# {question}\n\n{answer}\n").replace("\n", ending).encode(),
        "datasets/example/samples/two.yaml": f"id: z\nprompt: Is it no?\ncompletion: {yaml}\n".encode(),
        "datasets/example/samples/three.json": (mark + json.dumps([value], indent=1, ensure_ascii=False)).encode(),
        ROWS: (mark + ending.join(rows)).encode(),
        DATASET_PATH: WITH_ROWS.replace("samples/**/*.md", "samples/**/*.*"),
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(sample_files(), st.booleans())
def test_fixing_again_changes_nothing(tmp_path_factory, files, unsafe):
    root = write_files(tmp_path_factory.mktemp("fix"), {**BASE, **files})
    first = fix(root, unsafe=unsafe, select=["TXT", "DOC"])
    assert not [left for left in first.left_alone if left.reason in (module.NOT_HELD, module.ENDLESS)]
    once = contents(root)
    second = fix(root, unsafe=unsafe, select=["TXT", "DOC"])
    assert (second.total, contents(root)) == (0, once)
    left = {finding.fix.safety for finding in lint(root, select=["TXT", "DOC"]).stream() if finding.fix}
    assert left <= ({"shown"} if unsafe else {"shown", "unsafe"})


def seen(text: str) -> str:
    """What somebody sees of a text."""
    return unicodedata.normalize("NFC", re.sub("[\u00ad\u200b\u2060\ufeff]", "", text))


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(texts, min_size=2, max_size=4))
def test_a_safe_fix_changes_nothing_that_is_seen(tmp_path_factory, some):
    rows = [{"prompt": f"Why {text}?", "completion": text} for text in some]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    root = write_files(tmp_path_factory.mktemp("fix"), {"rows.jsonl": lines})
    fix(root)
    after = [json.loads(line) for line in (root / "rows.jsonl").read_bytes().split(b"\n")[:-1]]
    assert [{name: seen(text) for name, text in row.items()} for row in after] == [
        {name: seen(text) for name, text in row.items()} for row in rows
    ]


def test_a_turn_of_which_nothing_would_be_left_is_left_to_people(tmp_path):
    root = write_project(tmp_path, {ONE: FRONT + "# Is it so?\n\n\u200b\n"})
    (finding,) = lint(root, select=["invisible-character"]).stream()
    assert finding.fix is not None
    assert finding.fix.safety == "shown"


def test_a_fixing_is_told_by_its_copies(tmp_path):
    with fix_only_in_copies(write_project(tmp_path)) as done:
        assert isinstance(done, Fixing)
        assert (done.copies, done.repairs.total, done.repairs.left_alone) == ({}, 0, ())
