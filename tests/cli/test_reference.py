"""What the help says is what docs/reference says, and it says something of everything."""

from __future__ import annotations

import re

import pytest

from palms_spec.cli import generate
from palms_spec.cli.main import COMMANDS, command
from palms_spec.cli.reference import reference

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
    assert set(pages) == {"README.md", *(f"{name}.md" for name in COMMANDS)}
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


def test_what_is_generated_is_up_to_date():
    """The same as `make check` asks."""
    assert [
        str(path) for path, text in generate.generated() if not path.is_file() or path.read_text("utf-8") != text
    ] == []
