"""The keys of palms.toml: what each is for, what it is if nothing is set, and which values fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from palms_spec.facts.suppression import is_day
from palms_spec.findings import SEVERITIES

RULES_VERSION = 1
IGNORE_FIELDS = ("path", "rule", "reason", "until")


@dataclass(frozen=True, slots=True)
class Key:
    """`fits` says what is wrong with a value: "" if nothing is, else what is expected. `default` is a value of the sort
    that the file has; None where there is none. `example` is a line of TOML."""

    fits: Callable[[Any], str]
    about: str
    default: Any = None
    example: str = ""


def _texts(value: Any) -> str:
    fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return "" if fits else "a list of texts"


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else "a text"


def _severity(value: Any) -> str:
    return "" if value in SEVERITIES else f"one of {', '.join(SEVERITIES)}"


def _version(value: Any) -> str:
    return "" if type(value) is int and value == RULES_VERSION else str(RULES_VERSION)


def _rule_settings(value: Any) -> str:
    return "" if isinstance(value, dict) and all(isinstance(item, dict) for item in value.values()) else "tables"


def _severities(value: Any) -> str:
    fits = isinstance(value, dict) and all(item in SEVERITIES for item in value.values())
    return "" if fits else f"a table from rules to one of {', '.join(SEVERITIES)}"


def _rules_by_glob(value: Any) -> str:
    fits = isinstance(value, dict) and not any(_texts(item) for item in value.values())
    return "" if fits else "a table from globs to lists of rules"


def _ignores(value: Any) -> str:
    fits = isinstance(value, list) and all(isinstance(item, dict) and not _ignore(item) for item in value)
    if fits:
        return ""
    wrong = next((_ignore(item) for item in value if isinstance(item, dict) and _ignore(item)), "")
    return "tables of path, rule, reason and until" + (f"; {wrong}" if wrong else "")


def _ignore(item: dict[str, Any]) -> str:
    """What is wrong with one entry of `lint.ignores`."""
    missing = [name for name in IGNORE_FIELDS[:2] if name not in item]
    unknown = [name for name in item if name not in IGNORE_FIELDS]
    if missing or unknown:
        return f"{missing[0]} is missing" if missing else f"{unknown[0]} is no field of one"
    other = [name for name, field in item.items() if not isinstance(field, str) and not _is_date(name, field)]
    if other:
        return f"{other[0]} is no text"
    if "until" in item and not is_day(str(item["until"])):
        return f"until is {item['until']}, which is no day such as 2027-01-31"
    return ""


def _is_date(name: str, field: Any) -> bool:
    """Whether `until` is written as TOML writes dates."""
    return name == "until" and type(field).__name__ == "date"


KEYS: dict[str, Key] = {
    "rules-version": Key(
        _version, "The default rule set that the project was written for.", RULES_VERSION, "rules-version = 1"
    ),
    "extend": Key(
        _text,
        "Another file of settings, relative to this one. What is set here counts more; tables are joined.",
        example='extend = "../shared/palms.toml"',
    ),
    "plugins": Key(
        _texts, "Plug-ins whose rules are used: names of entry points in palms.rules.", [], 'plugins = ["house"]'
    ),
    "packs": Key(
        _texts,
        "Rule packs whose rules are used: globs from the project's root, and names of packs that come with palms.",
        ["rules/*.yaml", "rules/*.yml"],
        'packs = ["rules/*.yaml", "house-style"]',
    ),
    "model-specs": Key(
        _texts,
        "Globs, from the project's root, of published specifications in Markdown: texts with {#id} headings. What lies"
        " in a folder examples beside one are the prompts of its footnotes.",
        [],
        'model-specs = ["model_spec.md"]',
    ),
    "exclude": Key(
        _texts,
        "Globs of files and folders that are not looked at; a file that is named on the command line is, unless"
        " --force-exclude is given.",
        [],
        'exclude = ["drafts/", "**/old-*.md"]',
    ),
    "lint.select": Key(
        _texts,
        "Rules that run, by name, code or family; ALL for all that are stable.",
        ["ALL"],
        'select = ["SAM", "DOC"]',
    ),
    "lint.extend-select": Key(_texts, "Rules that run as well.", [], 'extend-select = ["overused-opening"]'),
    "lint.ignore": Key(_texts, "Rules that do not run.", [], 'ignore = ["mixed-quotes"]'),
    "lint.per-file-ignores": Key(
        _rules_by_glob,
        "Rules that are not asked about some files: globs from the project's root, each with names, codes or families.",
        {},
        'per-file-ignores = {"datasets/legacy/**" = ["TXT"]}',
    ),
    "lint.ignores": Key(
        _ignores,
        "Findings that are accepted, each with a reason: a path (a glob, with an optional #/pointer to a part of the"
        " document), a rule, and optionally the day from which on it counts no longer.",
        [],
        'ignores = [{path = "specs/a.yaml#/categories/health", rule = "vague-position", reason = "agreed in May"}]',
    ),
    "lint.baseline": Key(
        _text,
        "A file of accepted findings, relative to the project's root; `palms baseline write` writes it.",
        example='baseline = "palms-baseline.json"',
    ),
    "lint.fail-on": Key(_severity, "The least severity that makes the exit code 1.", "warning", 'fail-on = "error"'),
    "lint.severity": Key(
        _severities, "The severity of a rule's findings, by rule.", {}, 'severity = {mixed-quotes = "note"}'
    ),
    "lint.rules": Key(
        _rule_settings,
        "Settings of single rules, by rule; `palms rule NAME` shows what a rule can be told.",
        {},
        "rules.near-duplicate-sample.threshold = 0.9",
    ),
}
