"""What the pages say of commands, options and settings is what there is."""

from __future__ import annotations

import re

import pytest

from palms_spec.cli.main import command
from palms_spec.documents.pack_checks import CHECKS
from palms_spec.engine.settings import load_settings
from palms_spec.render.formats import FORMATS
from palms_spec.rulekit.index import read_index
from palms_spec.rulekit.staleness import CHECKOUT
from palms_spec.workflows.hooks import HOOKS
from tests.docs.pages import DOCS, WRITTEN, blocks, called_commands
from tests.projects import write_files

ROOT = command()
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def unknown_in(line: str) -> list[str]:
    """What a line that calls palms names and palms does not have."""
    words = line.split("#", 1)[0].split()
    found, at = ROOT, 1
    while at < len(words) and getattr(found, "commands", None) is not None and re.fullmatch(r"[a-z]+", words[at]):
        if words[at] not in found.commands:
            return [f"palms {words[at]}"]
        found, at = found.commands[words[at]], at + 1
    known = {"-h", "--help", "--"} | {word for param in found.params for word in param.opts}
    return [option for option in OPTION.findall(" ".join(words[at:])) if option not in known]


def options_below(found):
    """The options of a command and of all those below it."""
    yield from (word for param in found.params for word in param.opts)
    for below in getattr(found, "commands", {}).values():
        yield from options_below(below)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_commands_and_options_that_a_page_names_exist(path):
    unknown = []
    every = set(options_below(ROOT))
    for line in called_commands(path):
        for call in re.split(r"\s(?:&&|\|)\s", line):
            if re.match(r"palms( |$)", call):
                unknown += [f"{call}: {word}" for word in unknown_in(call)]
            elif re.match(r"--[a-z-]+\b(?![./])", call) and call.split()[0].split("=")[0] not in every:
                unknown.append(call)
    assert unknown == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_output_format_is_explained(name):
    assert f"| `{name}` |" in (DOCS / "how-to" / "ci.md").read_text("utf-8")


@pytest.mark.parametrize("kind", CHECKS)
def test_every_kind_of_check_is_explained(kind):
    assert f"| `{kind}` |" in (DOCS / "how-to" / "write-rules.md").read_text("utf-8")


TOML = [
    pytest.param(block.text, id=f"{path.name} line {block.line}")
    for path in WRITTEN
    for block in blocks(path)
    if block.language == "toml"
]


@pytest.mark.parametrize("text", TOML)
def test_settings_that_pages_show_are_taken(tmp_path, text):
    write_files(tmp_path, {"shared/palms.toml": "", "project/palms.toml": re.sub("(?m)^plugins = .*$", "", text)})
    assert load_settings(tmp_path / "project").configuration


def test_hooks_that_pages_name_exist():
    named = {name for path in WRITTEN for name in re.findall(r"id: (palms-[\w-]+)", path.read_text("utf-8"))}
    assert named <= {hook.id for hook in HOOKS}
    page = (DOCS / "how-to" / "hooks.md").read_text("utf-8")
    assert all(f"| `{hook.id}` |" in page for hook in HOOKS)


def test_rules_that_pages_name_exist():
    names = {record.name for record in read_index()} | {record.code for record in read_index()}
    for path in WRITTEN:
        for block in blocks(path):
            for rule in re.findall(r"ignore\[([\w-]+)\]", block.text):
                assert rule in names, path
