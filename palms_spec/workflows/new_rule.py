"""A new rule: a file of Python in a rule package, or an entry in a pack."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from palms_spec.documents.discovery import find_root
from palms_spec.documents.document import scalar_field
from palms_spec.errors import UsageError
from palms_spec.rulekit.index import RuleRecord
from palms_spec.sources.files import read_bytes
from palms_spec.sources.node import MappingNode, Node, SequenceNode
from palms_spec.sources.text import decode
from palms_spec.sources.yaml import read_yaml
from palms_spec.workflows.schema import schema_path
from palms_spec.workflows.written_documents import Written, add_item, write_new

FAMILY = "HOUSE"
GROUP = "palms.rules"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_FAMILY = re.compile(r"[A-Z]{2,10}")
_CODE = re.compile(r"^    code=\"([A-Z]+[0-9]+)\"", re.MULTILINE)


def new_rule_file(
    name: str, family: str, here: Path, records: Iterable[RuleRecord], *, folder: Path | None = None
) -> Written:
    """Write the file of a rule into a rule package: that in `folder`, else the one of the project around `here`, which
    is this package's own checkout or a plug-in whose pyproject.toml names it.

    Raises UsageError for a name that is taken or is none, and where there is no rule package.
    """
    family, records = family.upper(), tuple(records)
    _check(name, records)
    if not _FAMILY.fullmatch(family):
        raise UsageError(f"{family} is no family", hint="capital letters, such as HOUSE")
    package = folder if folder is not None else _rule_package(here)
    written = _codes_in(package)
    directory = next((file.parent for code, file in written if code.startswith(family)), package / family.lower())
    path = directory / f"{name.replace('-', '_')}.py"
    code = _next_code(family, [*(record.code for record in records), *(code for code, _ in written)])
    shown = str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
    write_new(path, _python(name, code), shown=shown, hint="choose another name, or change that file")
    if not (directory / "__init__.py").exists():
        write_new(directory / "__init__.py", f'"""The family {family}."""\n', shown=shown)
    return Written(shown, ("write what it looks for, and its examples", f"run it: palms rule --test {shown}"))


def new_pack_rule(name: str, pack: Path, here: Path, records: Iterable[RuleRecord], *, family: str = "") -> Written:
    """Add a rule to a pack, or begin a pack with it where there is no such file.

    Raises UsageError for a name that is taken or is none, and for a file that is no pack or cannot be edited.
    """
    records = tuple(records)
    _check(name, records)
    path = here / pack
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError(f"{pack} does not end in .yaml")
    codes = [record.code for record in records]
    advice = ["write what it looks for, and its examples", f"run it: palms rule --test {pack}"]
    if path.exists():
        root = _pack(path)
        names = [scalar_field(rule, "name") for rule in _rules(root)]
        if name in names:
            raise UsageError(f"{pack} has a rule {name} already", hint="choose another name")
        codes += [str(scalar_field(rule, "code")) for rule in _rules(root)]
        own = scalar_field(root, "family")
        family = family.upper() or (own if isinstance(own, str) else FAMILY)
        add_item(path, "", "rules", _entry(name, _next_code(family, codes)))
    else:
        family = family.upper() or FAMILY
        title = path.stem.replace("-", " ").capitalize()
        text = _schema_line(path, here) + _NEW_PACK.format(id=path.stem, title=title, family=family)
        write_new(path, text, shown=str(pack))
        add_item(path, "", "rules", _entry(name, _next_code(family, codes)))
    if path.parent.name != "rules":
        advice.append(f'have palms.toml name the pack: packs = ["rules/*.yaml", "{pack}"]')
    return Written(str(pack), tuple(advice))


def _check(name: str, records: Iterable[RuleRecord]) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name} is no name of a rule", hint="small letters and -, naming the bad thing: em-dash")
    for record in records:
        if name in record.words:
            raise UsageError(f"there is a rule {name} already, from {record.origin or 'palms'}")


def _next_code(family: str, codes: Iterable[str]) -> str:
    numbers = [int(found[1]) for code in codes if (found := re.fullmatch(rf"{family}(\d+)", code))]
    return f"{family}{max(numbers, default=0) + 1:03d}"


def _codes_in(package: Path) -> list[tuple[str, Path]]:
    """The codes of the rules in a package, each with its file; no file is imported for it."""
    files = sorted(package.rglob("*.py"))
    return [(found[1], file) for file in files if (found := _CODE.search(file.read_text("utf-8")))]


def _pack(path: Path) -> Node:
    root = read_yaml(decode(str(path), read_bytes(path)))
    if root is None or scalar_field(root, "kind") != "rule-pack":
        raise UsageError(f"{path} is no rule pack", hint="it begins with palms: 1 and kind: rule-pack")
    return root


def _rules(root: Node) -> list[Node]:
    entry = root.entries.get("rules") if isinstance(root, MappingNode) else None
    return entry.value.items if entry is not None and isinstance(entry.value, SequenceNode) else []


def _rule_package(here: Path) -> Path:
    """The rule package of the distribution around a folder."""
    import tomllib

    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if not file.is_file():
            continue
        try:
            project = tomllib.loads(file.read_text("utf-8")).get("project", {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{file} cannot be read: {error}") from error
        names = ["palms_spec.rules"] if project.get("name") == "palms-spec" else []
        names += project.get("entry-points", {}).get(GROUP, {}).values()
        for name in names:
            below = Path(*str(name).split("."))
            for package in (folder / below, folder / "src" / below):
                if package.is_dir():
                    return package
        if names:
            raise UsageError(f"{file} names the rule package {names[0]}, which is not there")
    raise UsageError(
        "no pyproject.toml here or above names a rule package",
        hint=f'name its folder with --dir, or write a rule without Python: --pack rules/house.yaml (group "{GROUP}")',
    )


def _entry(name: str, code: str) -> dict[str, Any]:
    words = name.replace("-", " ")
    return {
        "name": name,
        "code": code,
        "expected": f"An answer does not say “{words}”.",
        "docs": f"An answer says “{words}”.",
        "why": "TODO: say what harm it does.",
        "given": "samples[*].completion",
        "check": {"kind": "absence", "words": [words]},
        "examples": [{"bad": f"A text with [[{words}]] in it.", "good": "A text without it."}],
    }


def _schema_line(path: Path, here: Path) -> str:
    """What tells an editor where the schema is, in a project that has it."""
    root = find_root(here)
    if root is None or not (root / schema_path("rule-pack")).is_file():
        return ""
    schema = os.path.relpath(root / schema_path("rule-pack"), path.parent)
    return f"# yaml-language-server: $schema={Path(schema).as_posix()}\n"


_NEW_PACK = """\
palms: 1
kind: rule-pack
id: {id}
title: {title}
family: {family}
rules: []
"""


def _python(name: str, code: str) -> str:
    return _NEW_RULE.format(function=name.replace("-", "_"), words=name.replace("-", " "), code=code)


_NEW_RULE = '''\
from __future__ import annotations

import re
from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

FOUND = re.compile(r"\\b{words}\\b", re.ASCII | re.IGNORECASE)
SAMPLE = "---\\ncategory: health\\npositions: [health.no-diagnosis]\\n---\\n# Is this rash measles?\\n\\n"


@rule(
    code="{code}",
    severity="warning",
    since="0.1",
    subject="sample",
    trigger=Trigger(phrases=("{words}",)),
    expected="A text does not say “{words}”.",
    examples=[
        Example(
            bad=SAMPLE + "A text with [[{words}]] in it.\\n",
            good=SAMPLE + "A text without it.\\n",
        ),
    ],
    near_misses=[],
)
def {function}(facts: SampleFacts) -> Iterator[Problem]:
    """A text says “{words}”.

    TODO: what is found, and what is left alone.

    ## Why it matters

    TODO: what harm it does.
    """
    for turn in facts.sample.turns:
        for found in FOUND.finditer(turn.content):
            yield in_turn(turn, f"{{found[0]}} is in the text", "take it out", start=found.start(), end=found.end())
'''
