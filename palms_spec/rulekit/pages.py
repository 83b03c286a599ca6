"""The documentation page of a rule, and the table of all rules, as Markdown."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from palms_spec.rulekit.examples import BASE, SAMPLE_PATH, unmarked
from palms_spec.rulekit.index import FIXES, RuleRecord, values_of
from palms_spec.rulekit.rule import Example, Rule

FAMILIES = {
    "DOC": "Documents",
    "VAL": "Values",
    "SAM": "Samples",
    "TXT": "Text",
    "COV": "Coverage",
    "POS": "Position consistency",
    "DUP": "Duplicates",
    "LEA": "Leakage",
    "PII": "Privacy",
    "PUB": "Published specifications",
    "TGT": "Training targets",
    "SUP": "Suppressions",
    "RUN": "The run itself",
}


def page(record: RuleRecord, rule: Rule | None) -> str:
    """The page of a rule."""
    parts = [f"# {record.name} ({record.code})", "\n".join(_facts(record)), record.doc]
    if record.settings:
        parts.append("## Settings")
        parts.append(f"In `palms.toml`, under `[lint.rules.{record.name}]`:")
        parts.append(
            "| setting | type | default | |\n| --- | --- | --- | --- |\n"
            + "\n".join(
                f"| `{name}` | {values_of(schema)} | `{schema['default']}` | {schema.get('description', '')} |"
                for name, schema in record.settings.items()
            )
        )
    if rule is not None:
        parts.append("## Example" if len(rule.examples) == 1 else "## Examples")
        parts += [text for example in rule.examples for text in _example(example)]
    return "\n\n".join(parts) + "\n"


def _facts(record: RuleRecord) -> Iterator[str]:
    yield f"Expected: {record.expected[0].lower()}{record.expected[1:]}"
    severity = f"{record.severity}, a note while the dataset is a draft" if record.completeness else record.severity
    state = "" if record.stability == "stable" else f" · {record.stability}: on only where it is named"
    fix = f" · fix: {FIXES[record.fixable]}" if record.fixable else ""
    yield f"\nSeverity: {severity} · confidence: {record.confidence}{fix} · since {record.since}{state}"


def _example(example: Example) -> Iterator[str]:
    yield "Found:"
    yield from _blocks(example.bad, example.good)
    yield {"safe": "Clean, by a safe fix:", "unsafe": "Clean, by an unsafe fix:"}.get(example.fix, "Clean:")
    yield from _blocks(example.good, example.bad)


def _blocks(side: str | Mapping[str, str | None], other: str | Mapping[str, str | None]) -> Iterator[str]:
    files: Mapping[str, str | None] = {SAMPLE_PATH: side} if isinstance(side, str) else side
    others: Mapping[str, str | None] = {SAMPLE_PATH: other} if isinstance(other, str) else other
    for path, text in files.items():
        if len(files) > 1 and text == others.get(path):
            continue
        if text is None:
            yield f"`{path}` is not there."
            continue
        shown = _visible(unmarked(text)[0])
        if path in BASE and len(shown.splitlines()) > 12:
            shown = _changed_lines(BASE[path], shown)
        fence = "~~~~" if "~~~" in shown else "~~~"
        name = "" if path == SAMPLE_PATH else f"`{path}`:\n\n"
        yield f"{name}{fence}{path.rsplit('.', 1)[-1]}\n{shown.rstrip()}\n{fence}"


def _changed_lines(base: str, text: str) -> str:
    """The lines that differ from those of the example project, with two around them."""
    lines = difflib.unified_diff(base.splitlines(), text.splitlines(), n=2, lineterm="")
    kept = [line[1:] for line in list(lines)[2:] if line[:1] in (" ", "+")]
    return "\n".join(kept) or text


def _visible(text: str) -> str:
    """Text with characters that a page would hide written as escapes."""
    return "".join(
        character
        if character.isprintable() or character == "\n"
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def table(records: Iterable[RuleRecord]) -> str:
    """All rules, family by family, with links to their pages."""
    families: dict[str, list[RuleRecord]] = {}
    for record in records:
        families.setdefault(record.family, []).append(record)
    parts = [
        "# Rules",
        (
            "Severity: *error* breaks a later step or a promise of the spec, *warning* is drift, *note* is advice. "
            "(draft: note) marks rules that are notes while a dataset is a draft; *preview* rules are on only where "
            "they are named. Fix: what `palms lint --fix` does about it, *unsafe* only with `--unsafe-fixes`, *shown* "
            "never."
        ),
    ]
    for family in sorted(families, key=lambda name: (list(FAMILIES).index(name) if name in FAMILIES else 99, name)):
        parts.append(f"## {family}: {FAMILIES.get(family, family)}")
        rows = ["| rule | code | severity | fix | |", "| --- | --- | --- | --- | --- |"]
        for record in families[family]:
            severity = record.severity + (" (draft: note)" if record.completeness else "")
            severity += "" if record.stability == "stable" else f", {record.stability}"
            facts = f"{record.code} | {severity} | {record.fixable} | {record.summary}"
            rows.append(f"| [{record.name}]({record.name}.md) | {facts} |")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"
