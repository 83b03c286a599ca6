"""The reference, as Markdown: what the commands' help says, a page a command, and the keys of palms.toml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from palms_spec.cli.main import command
from palms_spec.engine.keys import KEYS, Key

OPENING = """\
# Reference

What `palms --help` and `palms COMMAND --help` say, as pages, generated from the commands themselves; the keys of
`palms.toml` are on [a page of their own](settings.md)."""

SETTINGS = """\
# Settings

The keys of `palms.toml`. Those under `lint.` stand in its section `[lint]`; tables can be sections of their own:
`[lint.rules.near-duplicate-sample]`. [How to configure](../how-to/configuration.md) says where the file is looked for
and what counts over what."""

CONTRACT = """\
## Exit codes

| code | meaning |
| --- | --- |
| 0 | done, and nothing was found that counts |
| 1 | findings at or above `--fail-on` (`palms lint`), or a check that did not pass (`--check`) |
| 2 | the command, the configuration or palms itself failed; the standard error says how |
| 130 | interrupted with Ctrl-C |
| 141 | whoever read the output stopped reading |

## Environment

| variable | effect |
| --- | --- |
| `NO_COLOR` | if set, no colour |
| `FORCE_COLOR` | if set, colour even where the output is no terminal; `0` for none |
| `COLUMNS` | width of the output, where the terminal does not tell |
| `GITHUB_STEP_SUMMARY` | the file to which the format `github` adds all findings; GitHub Actions sets it |
| `GITHUB_WORKSPACE`, `CI_PROJECT_DIR` | the checkout that paths in reports for GitHub and GitLab start from |
| `OPENAI_API_KEY` and others | keys of providers; [the page on fine-tuning](../how-to/fine-tune.md) names them all |
| `PALMS_TRACEBACK` | if set, an error is shown with where in the code it arose |

`--color` counts more than `NO_COLOR`, and that more than `FORCE_COLOR`."""


def reference() -> dict[str, str]:
    """The pages by file name; README.md lists the commands."""
    root = command()
    context = _context(root, "palms")
    commands = {name: root.get_command(context, name) for name in root.list_commands(context)}
    rows = [f"| [palms {name}]({name}.md) | {_cell(_summary(found))} |" for name, found in commands.items()]
    listing = "\n".join(["| command | |", "| --- | --- |", *rows])
    pages = {"README.md": [OPENING, listing, *_parameters(root, context), CONTRACT]}
    for name, found in commands.items():
        pages[f"{name}.md"] = list(_page(found, _context(found, name, context), "#"))
    pages["settings.md"] = [SETTINGS, *(_setting(name, key) for name, key in KEYS.items())]
    return {name: "\n\n".join(parts) + "\n" for name, parts in pages.items()}


def _setting(name: str, key: Key) -> str:
    default = "" if key.default is None else f"\n\nDefault: `{_toml(key.default)}`"
    table = "[lint]\n" if name.startswith("lint.") else ""
    return f"## {name}\n\n{_escaped(key.about)}{default}\n\n```toml\n{table}{key.example}\n```"


def _toml(value: Any) -> str:
    """A default as the file would have it."""
    return json.dumps(value)


def _page(found: Any, context: Any, level: str) -> Iterator[str]:
    """The parts of a command's page; commands below it are sections."""
    usage = " ".join([context.command_path, *found.collect_usage_pieces(context)])
    yield f"{level} {context.command_path}"
    yield "\n\n".join(_escaped(" ".join(paragraph.split())) for paragraph in (found.help or "").split("\n\n"))
    yield f"```\n{usage}\n```"
    yield from _parameters(found, context)
    for name, below in getattr(found, "commands", {}).items():
        yield from _page(below, _context(below, name, context), level + "#")


def _context(found: Any, name: str, parent: Any = None) -> Any:
    return found.context_class(found, info_name=name, parent=parent, **found.context_settings)


def _parameters(found: Any, context: Any) -> Iterator[str]:
    for kind in ("argument", "option"):
        params = [param for param in found.get_params(context) if param.param_type_name == kind]
        records = [record for param in params if (record := param.get_help_record(context)) is not None]
        if records:
            yield "\n".join([f"| {kind} | |", "| --- | --- |", *_rows(records)])


def _rows(records: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in records:
        code = name.strip().replace("|", "\\|")
        yield f"| `{code}` | {_cell(text)} |"


def _summary(found: Any) -> str:
    """The first sentence of a command's help."""
    text = " ".join((found.help or "").split("\n\n")[0].split())
    return re.split(r"(?<=\.) ", text, maxsplit=1)[0]


def _cell(text: str) -> str:
    return _escaped(" ".join(text.split())).replace("|", "\\|")


def _escaped(text: str) -> str:
    """Text in which Markdown finds nothing but code spans."""
    parts = text.split("`")
    return "`".join(part if index % 2 else re.sub(r"[<*]", r"\\\g<0>", part) for index, part in enumerate(parts))
