"""A rule explained, as text for a terminal and as Markdown. All of it stands in the rule index."""

from __future__ import annotations

import json
from collections.abc import Iterator

from palms_spec.render.cells import wrapped
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output, Part
from palms_spec.rulekit.index import FIXES, RuleRecord, values_of

MOST_WIDTH = 100
SUBJECTS = {
    "document": "every document",
    "sample": "every sample",
    "group": "samples and prompts that are alike",
    "dataset": "every dataset as a whole",
    "spec": "every specification",
    "prompt-set": "every set of prompts",
    "row": "every row of a training file, and samples whose dataset names a target",
    "target": "training files, and datasets that name a target, as a whole",
    "review": "the reviews of every sample that is reviewed or ought to be",
    "conflict": "the reviews of samples that nearly ask the same",
    "change": "every change that palms diff sees",
    "comparison": "every document and every file of records that palms diff compares",
    "suppression": "every suppression",
    "baseline": "every entry of the baseline",
}

TEXTS = ", and the texts of specifications, prompt sets and datasets"


def rule_facts(record: RuleRecord) -> Iterator[tuple[str, str]]:
    """What there is to know of a rule besides its page: words and values."""
    draft = "; note while the dataset is a draft" if record.completeness else ""
    yield "severity", record.severity + draft
    if record.fixable:
        yield "fix", FIXES[record.fixable]
    if record.confidence != "high":
        yield "confidence", record.confidence
    if since := [one for one in (record.since, record.stability) if one not in ("", "stable")]:
        yield "since", ", ".join(since)
    if record.origin:
        yield "comes from", record.origin
    if record.unavailable:
        yield "not evaluated", record.unavailable
    yield "looks at", SUBJECTS[record.subject] + (TEXTS if record.texts else "")
    yield "expects", record.expected
    if record.aliases:
        yield "also known as", ", ".join(record.aliases)


def write_rule_page(record: RuleRecord, out: Output) -> None:
    """Write the page for a terminal."""
    width = min(out.terminal.width, MOST_WIDTH)
    out.line((record.name, "strong"), f" ({record.code})" if record.code != record.name else "")
    summary, _, rest = record.doc.partition("\n")
    for line in wrapped(visible(summary), width):
        out.line(line)
    out.line()
    facts = list(rule_facts(record))
    room = max(len(word) for word, _ in facts)
    for word, value in facts:
        first, *more = wrapped(visible(value), width - room - 4)
        out.line("  ", (f"{word:<{room}}", "faint"), f"  {first}")
        for line in more:
            out.line(" " * (room + 4) + line)
    for parts in _page_lines(rest, width):
        out.line(*parts)
    if record.settings:
        out.line()
        out.line(("Settings", "strong"))
        out.line(f"[lint.rules.{record.name}]")
        for name, schema in record.settings.items():
            if "description" in schema:
                for line in wrapped(visible(schema["description"]), width - 2):
                    out.line((f"# {line}", "faint"))
            out.line(
                f"{name} = {json.dumps(schema['default'], ensure_ascii=False)}", (f"  # {values_of(schema)}", "faint")
            )


def rule_markdown(record: RuleRecord) -> str:
    """The page in Markdown."""
    lines = [f"# {record.name} ({record.code})", "", record.doc, "", "## Facts", ""]
    lines += [f"- {word}: {value}" for word, value in rule_facts(record)]
    if record.settings:
        lines += ["", "## Settings", "", "| name | type | default | |", "| --- | --- | --- | --- |"]
        lines += [
            f"| `{name}` | {values_of(schema)} | `{json.dumps(schema['default'], ensure_ascii=False)}` "
            f"| {schema.get('description', '')} |"
            for name, schema in record.settings.items()
        ]
    return "\n".join(lines) + "\n"


def _page_lines(page: str, width: int) -> Iterator[tuple[Part, ...]]:
    """Paragraphs filled anew to the width; headings without their marks; lists, code and tables as they are."""
    for block in page.strip().split("\n\n"):
        yield ()
        lines = block.splitlines()
        if block.startswith("#"):
            yield ((visible(lines.pop(0).lstrip("# ")), "strong"),)
        if any(line.startswith((" ", "-", "*", "|", "`" * 3, "1.")) for line in lines):
            yield from ((visible(line),) for line in lines)
        elif lines:
            yield from ((line,) for line in wrapped(visible(" ".join(lines)), width))
