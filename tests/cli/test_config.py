"""`palms config` and what `palms lint` shows instead of running."""

from __future__ import annotations

import json

import pytest

from palms_spec.engine.keys import KEYS
from tests.cli.running import palms
from tests.projects import write_files, write_project

TOML = """\
extend = "shared/base.toml"
rules-version = 1

[lint]
ignore = ["SAM"]
per-file-ignores = {"datasets/old/**" = ["TXT"]}

[[lint.ignores]]
path = "specs/**"
rule = "vague-position"
until = 2027-01-31

[lint.rules.near-duplicate-sample]
threshold = 0.9
"""
BASE = "exclude = ['drafts/']\n[lint]\nignore = ['DOC']\n[lint.severity]\nmixed-quotes = 'error'\n"


@pytest.fixture
def project(tmp_path):
    return write_project(tmp_path, {"palms.toml": TOML, "shared/base.toml": BASE})


def rows(text: str) -> list[str]:
    """The settings in an output."""
    return [line for line in text.splitlines() if " = " in line or " is not set" in line or line in ("]",)]


def test_every_setting_says_where_it_comes_from(project, snapshot):
    assert "\n".join(rows(palms("config", cwd=project).stdout)) == snapshot


def test_the_command_line_counts_more(project, snapshot):
    options = (
        "--select",
        "TXT",
        "--ignore",
        "mojibake",
        "--config",
        "lint.severity.mixed-quotes=note",
        "--baseline",
        "b",
    )
    done = palms("lint", "--show-settings", *options, "--fail-on", "error", cwd=project)
    assert done.returncode == 0
    changed = [line for line in rows(done.stdout) if "# --" in line or "ignore =" in line]
    assert "\n".join(changed).replace(str(project), "ROOT") == snapshot


def test_isolated_leaves_the_file_unread(project):
    done = palms("lint", "--show-settings", "--isolated", cwd=project)
    assert "read  no palms.toml is read" in done.stdout
    assert all(line.endswith("# default") for line in rows(done.stdout))


def test_settings_for_programs(project):
    shown = json.loads(palms("config", "--output-format", "json", cwd=project).stdout)
    values = {row["key"]: (row["value"], row["source"].rsplit("/", 1)[-1]) for row in shown["settings"]}
    assert values["lint.rules.near-duplicate-sample.threshold"] == (0.9, "palms.toml:14")
    assert values["lint.severity.mixed-quotes"] == ("error", "base.toml:5")
    assert values["lint.ignores"][0][0]["until"] == "2027-01-31"
    assert "role-marker" in shown["rules"]["off"]


@pytest.mark.parametrize("key", ["exclude", "ignore", "lint.rules.near-duplicate-sample.threshold"])
def test_a_key_is_explained(project, snapshot, key):
    done = palms("config", key, cwd=project)
    assert done.returncode == 0
    assert done.stdout == snapshot


@pytest.mark.parametrize("key", KEYS)
def test_every_key_can_be_explained(tmp_path, key):
    shown = json.loads(palms("config", key, "--output-format", "json", cwd=write_project(tmp_path)).stdout)
    assert shown["key"] == key
    assert shown["about"].endswith(".")
    assert key.removeprefix("lint.").split(".")[0] in shown["example"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("exlude", "error: there is no key exlude\nhint: did you mean exclude?\n"),
        ("lint.rules.near-copy.threshold", "error: there is no rule near-copy\n"),
        ("lint.rules.near-duplicate-sample", "error: lint.rules.near-duplicate-sample is a table\n"),
        ("lint.rules.sample-too-long", "error: sample-too-long has no settings\n"),
        ("lint.rules.near-duplicate-sample.x", "error: there is no setting x of near-duplicate-sample\n"),
    ],
)
def test_what_is_no_key(project, key, said):
    done = palms("config", key, cwd=project)
    assert done.returncode == 2
    assert done.stderr.startswith(said)


def test_examples_of_keys_are_configurations(tmp_path):
    for name, key in KEYS.items():
        if name in ("extend", "plugins", "packs"):  # these name what has to be there
            continue
        table = "[lint]\n" if name.startswith("lint.") else ""
        root = write_project(tmp_path / name, {"palms.toml": table + key.example + "\n"})
        done = palms("lint", "--show-settings", cwd=root)
        assert (done.returncode, done.stderr) == (0, ""), name
        assert "# palms.toml" in done.stdout


def test_the_files_that_would_be_looked_at(tmp_path, snapshot):
    files = {
        "rows.jsonl": '{"prompt": "Why?", "completion": "So."}\n',
        "log.jsonl": '{"event": "start"}\n',
        "notes.md": "# Notes\n",
        "other.yaml": "a: 1\n",
        "datasets/example/drafts/later.md": "---\ncategory: health\n---\n# Why?\n\nSo.\n",
        "datasets/example/reviews/ann.jsonl": '{"sample": "one"}\n',
        "specs/example/broken.yaml": "palms: 1\nkind: values-spec\na: [\n",
        "palms.toml": "exclude = ['old/']\n",
        "old/spec.yaml": "palms: 1\n",
    }
    root = write_project(tmp_path, files)
    said = [palms("lint", "--show-files", *options, cwd=root) for options in ((), ("--all",), ("specs", "log.jsonl"))]
    said.append(palms("lint", "--show-files", "old/spec.yaml", cwd=root))
    said.append(palms("lint", "--show-files", "--force-exclude", "old/spec.yaml", cwd=root))
    assert {done.returncode for done in said} == {0}
    assert "----\n".join(done.stdout for done in said) == snapshot


def test_what_is_excluded_stays_out_if_asked(tmp_path):
    row = '{"prompt": "Why?", "completion": "Human: x"}\n'
    hidden = ("old/rows.jsonl", ".hidden/rows.jsonl", "build/rows.jsonl")
    root = write_files(tmp_path, {"palms.toml": "exclude = ['old']\n", **dict.fromkeys(hidden, row)})
    for name in hidden:
        assert palms("lint", name, cwd=root).returncode == 1
        done = palms("lint", "--force-exclude", name, cwd=root)
        assert (done.returncode, done.stdout) == (0, "Nothing to check: no documents and no samples here.\n")
    assert palms("lint", "--force-exclude", "palms.toml", cwd=root).returncode == 0


def test_what_anyone_may_have_written_is_shown_escaped(tmp_path):
    escape = "\x1b[31m"
    spec = f'palms: 1\nkind: values-spec\nid: "a\\e[31m"\ntitle: x\n# palms: ignore[{escape}] x\nversion: 1\n'
    root = write_project(tmp_path, {"specs/other/spec.yaml": spec.replace(escape, "\u202e"), "rows.jsonl": "{}\n"})
    write_files(root, {"palms.toml": "exclude = ['\\u001b[31m', '\\u202e']\n"})
    for arguments in (
        ("config",),
        ("lint", "--show-files"),
        ("lint",),
        ("lint", "--statistics"),
        ("config", "exclude"),
    ):
        said = palms(*arguments, cwd=root).stdout
        assert "\x1b" not in said
        assert "\u202e" not in said
    palms("baseline", "write", cwd=root)
    assert "\x1b" not in palms("baseline", "show", cwd=root).stdout
