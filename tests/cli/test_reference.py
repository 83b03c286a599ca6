"""What the help says is what docs/reference says, and it says something of everything."""

from __future__ import annotations

import re

import pytest

from palms_spec.cli import generate
from palms_spec.cli.main import COMMANDS, command
from palms_spec.cli.reference import reference
from palms_spec.engine.configuration import read_configuration
from palms_spec.engine.keys import KEYS
from palms_spec.workflows.hooks import manifest
from tests.projects import write_files

ROOT = command()


def commands_below(found, path):
    """A command and those below it, each with the words it is called by."""
    yield path, found
    for name, below in getattr(found, "commands", {}).items():
        yield from commands_below(below, (*path, name))


EVERY = [pytest.param(path, found, id=" ".join(path)) for path, found in commands_below(ROOT, ("palms",))]


def page_of(path: tuple[str, ...]) -> str:
    """The section of a command on its page."""
    pages = reference()
    if len(path) == 1:
        return pages["README.md"]
    title = f"{'#' * (len(path) - 1)} {' '.join(path)}\n"
    _, _, section = pages[f"{path[1]}.md"].partition(title)
    return re.split(r"(?m)^#{1,6} palms ", section, maxsplit=1)[0]


def test_every_command_has_a_page_and_is_listed():
    pages = reference()
    assert set(pages) == {"README.md", "settings.md", *(f"{name}.md" for name in COMMANDS)}
    assert all(f"[palms {name}]({name}.md)" in pages["README.md"] for name in COMMANDS)


@pytest.mark.parametrize(("path", "found"), EVERY)
def test_every_argument_and_option_is_documented(path, found):
    section = page_of(path)
    assert section
    for param in found.params:
        words = [*param.opts, *param.secondary_opts] if param.param_type_name == "option" else [param.metavar]
        for word in words:
            row = re.search(
                rf"(?m)^\| `([^`]*[ ,])?{re.escape(word.replace('|', chr(92) + '|'))}[^`]*` \| (.+) \|$", section
            )
            assert row, f"{word} is not on the page of {' '.join(path)}"
            assert row[2].strip(), f"nothing is said of {word}"


@pytest.mark.parametrize(("path", "found"), EVERY)
def test_help_is_written_for_people_who_know_no_python(path, found):
    assert found.help, "says what the command does"
    for param in found.params:
        assert param.help, f"says what {param.name} is"
        assert param.help.endswith((".", "?")), f"{param.name}: whole sentences"
    assert not re.search(r"<(str|int|path|list\[)", page_of(path)), "no Python types"


@pytest.mark.parametrize(("name", "key"), KEYS.items(), ids=list(KEYS))
def test_every_key_of_the_configuration_is_documented_with_an_example_that_fits(tmp_path, name, key):
    section = reference()["settings.md"].partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert key.about.split()[0] in section
    example = section.partition("```toml\n")[2].partition("```")[0]
    if name == "extend":
        write_files(tmp_path.parent, {"shared/palms.toml": "rules-version = 1\n"})
    write_files(tmp_path, {"palms.toml": example})
    assert name in read_configuration(tmp_path / "palms.toml") or name == "extend"


def test_what_is_generated_is_up_to_date():
    """The same as `make check` asks."""
    assert [
        str(path) for path, text in generate.generated() if not path.is_file() or path.read_text("utf-8") != text
    ] == []


def test_the_manifest_is_among_it():
    assert manifest() in dict(generate.generated()).values()
