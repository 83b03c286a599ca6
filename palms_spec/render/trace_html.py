"""The matrix as one page that needs no network, no script and no other file."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from palms_spec.comparison.telling import counted
from palms_spec.facts.tracing import Trace, TracedPosition
from palms_spec.render.escaping import visible
from palms_spec.render.trace import SPLITS

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark; --line: #8886; --gap: #b3261e; --good: #1e6b3a; --soft: #8882; }
@media (prefers-color-scheme: dark) { :root { --gap: #ff8a80; --good: #7bd69b; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; }
.gap { color: var(--gap); } .good { color: var(--good); }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .6rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; font-weight: 600; } code { background: var(--soft); padding: 0 .25em; border-radius: .2em; }
blockquote { margin: .5rem 0; padding-left: .8rem; border-left: 3px solid var(--line); }
""".strip()
STATES = {
    "reviewed": "reviewed",
    "violates": "a verdict says that it violates the position",
    "disagreed": "reviewers disagree",
    "stale": "reviewed under an earlier wording",
    "missing": "not reviewed",
    "": "no review asked for",
}


def trace_html(trace: Trace, title: str) -> str:
    """The page. Everything quoted is shown as text."""
    return "\n".join(_page(trace, title)) + "\n"


def _page(trace: Trace, title: str) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_text(title)}</title><style>\n{STYLE}\n</style></head><body>"
    yield f"<h1>{_text(title)}</h1>"
    total = counted(len(trace.positions), "position")
    lacking = f'<strong class="gap">{trace.with_gaps} of {total} lack something.</strong>'
    yield f"<p>{lacking if trace.with_gaps else f'Nothing is missing for any of {total}.'}</p>"
    yield "<table><caption>Positions, those with gaps first</caption><thead><tr><th scope=col>position</th>"
    yield "".join(f'<th scope=col class="n">{name}</th>' for name in ("samples", "reviewed", "test", "development"))
    yield "<th scope=col>gaps</th></tr></thead><tbody>"
    for number, one in enumerate(trace.positions):
        yield _row(number, one)
    yield "</tbody></table><h2>Every position</h2>"
    for number, one in enumerate(trace.positions):
        yield from _details(number, one)
    yield "</body></html>"


def _row(number: int, one: TracedPosition) -> str:
    reviewed = sum(sample.state == "reviewed" for sample in one.samples)
    numbers = (len(one.samples), reviewed, *(len(one.prompts.get(split, ())) for split in SPLITS[:2]))
    cells = "".join(f'<td class="n">{count}</td>' for count in numbers)
    gaps = "retired" if one.retired else _text("; ".join(one.gaps))
    return (
        f'<tr><th scope=row><a href="#p{number}">{_text(one.position)}</a></th>{cells}'
        f'<td class="{"gap" if one.gaps else ""}">{gaps}</td></tr>'
    )


def _details(number: int, one: TracedPosition) -> Iterator[str]:
    yield f'<details id="p{number}"{" open" if one.gaps else ""}><summary>{_text(one.position)}</summary>'
    yield f"<blockquote>{_text(one.statement)}</blockquote>"
    if one.samples:
        yield "<table><thead><tr><th scope=col>sample</th><th scope=col>reviews</th></tr></thead><tbody>"
        for sample in one.samples:
            verdicts = ", ".join(f"{review.reviewer} {review.score}" for review in sample.standing.current)
            told = STATES[sample.state] + (f" ({verdicts})" if verdicts else "")
            style = "good" if sample.state == "reviewed" else "gap" if sample.state else ""
            yield f'<tr><td><code>{_text(sample.id)}</code></td><td class="{style}">{_text(told)}</td></tr>'
        yield "</tbody></table>"
    for split in SPLITS:
        if ids := one.prompts.get(split):
            yield f"<p>{split} prompts: {', '.join(f'<code>{_text(name)}</code>' for name in ids)}</p>"
    yield "</details>"


def _text(text: str) -> str:
    return escape(visible(text))
