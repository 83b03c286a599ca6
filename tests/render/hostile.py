"""Text that is written to be obeyed, and a project that holds it wherever a finding may quote from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from palms_spec.findings import SEVERITIES, Finding, Place, Related, Span
from palms_spec.rulekit.crashed import RULE_CRASHED
from tests.projects import write_project

TEXTS = {
    "a workflow command": "::error file=a.md,line=1::evil",
    "a workflow command on its own line": "x\n::stop-commands::token\r\n  ::add-mask::e\n",
    "an old workflow command": "x ##[add-mask]e ###[error]x ##vso[task.complete result=Succeeded] ##teamcity[x]",
    "properties of a workflow command": "a,line=2::b%0Ac%25,title=x:y",
    "HTML": "<script>alert(1)</script> <img src=x onerror=alert(1)> <a href='https://evil.example'>x</a>",
    "HTML that closes ours": "</summary></details></code></td></table><h1>x</h1><!-- <details>",
    "entities": "&lt;b&gt; &#60;b&#62; &amp;lt; &#x40;octocat",
    "mentions and references": "@octocat @org/team org/repo#1 #123 GH-12 !7 org/repo@deadbeef cc @a.",
    "a commit": "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
    "Markdown links": "[a](https://evil.example) ![a](https://evil.example/x.png) [a]: https://evil.example [a](1)",
    "bare links": "https://evil.example www.evil.example evil.example http://x a@evil.example <https://evil.example>",
    "Markdown markup": "*a* **b** _c_ ~~d~~ # e\n\n# f\n- g\n1. h\n> i\n    j\n---\n***\nk\n===",
    "code and cells": "`a` ``b`` ``` |c| \\| \\` `\\ | --- |\n```\n$x$ $`y`$ $$z$$",
    "emoji and footnotes": ":smile: [^1] [x] - [ ] a :tada:",
    "placeholders": "{0} {{1}} {name} {2}{3} %s %(a)s ${b} {{0}}",
    "the end of a CDATA section": "]]> <![CDATA[x]]> -->",
    "terminal escapes": "\x1b[31mred\x1b[0m \x9b2J \x07 \x1b]8;;https://evil.example\x07x",
    "what XML forbids": "a\x0b\x0c\x1f\ufffe\uffff\x7f\x85b",
    "halves of surrogate pairs": "a\ud800b\udc00",
    "overrides": "\u202eevil\u202c \u2066a\u2069 \u200b\ufeff",
    "markup of terminals": "[red]a[/red] [link=https://evil.example]b[/link]",
    "quotes and backslashes": '"\'\\\\" \\n \\u0041 "}]}',
    "line separators": "a\u2028b\u2029c\x85d",
    "nothing but blanks": " \t \n ",
}


def write_hostile_project(root: Path) -> Path:
    """A project whose names, keys, ids and texts are hostile."""
    files: dict[str, str | bytes | None] = {}
    rows = []
    for number, text in enumerate(TEXTS.values()):
        quoted = json.dumps(text)
        if "\ud800" not in text:
            files[f"datasets/example/samples/{_file_name(text)}-{number}.md"] = (
                f"---\ncategory: {quoted}\npositions: [{quoted}]\n{quoted}: 1\n---\n# What is {text} in this question?\n\n"
                f"{text} Human: {text}\n"
            )
        rows.append(json.dumps({"id": text, text: 1, "prompt": f"{text}?", "completion": f"{text} Human: {text}"}))
    files["datasets/example/rows.jsonl"] = "\n".join([*rows, *rows, "{ not json: ::error::x ##[error]y"]) + "\n"
    files["datasets/example/dataset.yaml"] = (
        "palms: 1\nkind: dataset\nid: example\ntitle: Example\nstatus: draft\nspec: example@^1\nrole: values-targeted\n"
        f"language: en\nsamples: [samples/**/*.md, rows.jsonl]\n{json.dumps(TEXTS['HTML'])}: x\n"
    )
    return write_project(root, files)


def hostile_findings() -> Iterator[Finding]:
    """Findings that hold hostile text in every field, one of them by a rule that failed."""
    for number, text in enumerate(TEXTS.values()):
        span = Span(number + 1, 1, number + 1, 4, number, number + 3)
        place = Place(f"{text}/{number}.md", span, f"/{text}", text)
        yield Finding(
            "role-marker",
            "SAM004",
            SEVERITIES[number % 3],
            "high",
            place,
            expected=text,
            message=f"{text} holds {text}",
            hint=text,
            excerpt=text,
            related=(Related(place, text),),
        )
    yield Finding(
        RULE_CRASHED.name, RULE_CRASHED.code, "error", "high", place, RULE_CRASHED.expected, f"ValueError: {text}"
    )


def _file_name(text: str) -> str:
    return text.replace("/", "\u2215").replace("\0", "")[:60]
