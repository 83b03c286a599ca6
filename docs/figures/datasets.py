"""Lengths, sentence lengths and readability of the two shipped datasets: writes or checks datasets.svg."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import mean

from palms_spec.analysis.readability import automated_readability
from palms_spec.analysis.sentences import sentences
from palms_spec.analysis.words import folded_words
from palms_spec.workflows.datasets import open_dataset

FIGURE = Path(__file__).with_name("datasets.svg")
NAMES = {"palms-2021": "#31688e", "palms-2021-control": "#c7782b"}
MEASURES = (
    ("words a sample (question and answer)", 0, 360, 30),
    ("words a sentence, mean of each answer", 8, 22, 1),
    ("readability of each answer (ARI, U.S. school grade)", 0, 12, 1),
)
FONT = 'font-family="sans-serif" font-size="13"'
WIDTH, HEIGHT, TOP, LEFT, GAP = 760, 170, 64, 44, 64


def main(arguments: list[str]) -> int:
    """Write the figure, or with `--check` say whether it is up to date."""
    text = figure({name: list(measures(name)) for name in NAMES})
    if "--check" in arguments:
        stale = not FIGURE.is_file() or FIGURE.read_text("utf-8") != text
        print("stale, run `make docs`: docs/figures/datasets.svg" if stale else "the figure is up to date")
        return int(stale)
    FIGURE.write_text(text, "utf-8")
    return 0


def measures(name: str) -> Iterable[tuple[float, float, float]]:
    """The three measures of every sample."""
    for standing in open_dataset(name, Path.cwd()).samples():
        sample = standing.sample
        answer = sample.answer.content if sample.answer else ""
        words, count = folded_words(answer), max(1, len(sentences(answer)))
        total = sum(len(folded_words(turn.content)) for turn in sample.turns)
        yield total, len(words) / count, automated_readability(sum(map(len, words)), len(words), count)


def figure(datasets: dict[str, list[tuple[float, float, float]]]) -> str:
    """The SVG: one panel a measure, two bars a bin, the means as lines."""
    height = TOP + len(MEASURES) * (HEIGHT + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {FONT}>',
        "<title>The values-targeted dataset and its control, side by side</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for at, (name, color) in enumerate(NAMES.items()):
        x = LEFT + at * 220
        parts.append(f'<rect x="{x}" y="20" width="14" height="14" fill="{color}"/>')
        parts.append(f'<text x="{x + 20}" y="32">{name} ({len(datasets[name])} samples)</text>')
    parts.append(f'<text x="{LEFT + 470}" y="32" fill="#555555">bars: samples; lines: means</text>')
    for number, measure in enumerate(MEASURES):
        parts += panel(number, measure, {name: [row[number] for row in rows] for name, rows in datasets.items()})
    return "\n".join([*parts, "</svg>"]) + "\n"


def panel(number: int, measure: tuple[str, float, float, float], values: dict[str, list[float]]) -> Iterable[str]:
    """One histogram."""
    title, low, high, step = measure
    bins = round((high - low) / step)
    counts = {name: histogram(one, low, step, bins) for name, one in values.items()}
    most = max(max(one) for one in counts.values())
    y0, width = TOP + number * (HEIGHT + GAP) + HEIGHT, WIDTH - 2 * LEFT
    scale, bar = (HEIGHT - 24) / most, width / bins / 2 * 0.86
    means = " and ".join(f'<tspan fill="{color}">{mean(values[name]):.1f}</tspan>' for name, color in NAMES.items())
    yield f'<text x="{LEFT}" y="{y0 - HEIGHT + 6}"><tspan font-weight="bold">{title}</tspan>: means {means}</text>'
    for at, (name, color) in enumerate(NAMES.items()):
        for place, count in enumerate(counts[name]):
            x, length = LEFT + place * width / bins + at * bar + bar * 0.16, count * scale
            yield f'<rect x="{x:.1f}" y="{y0 - length:.1f}" width="{bar:.1f}" height="{length:.1f}" fill="{color}"/>'
        middle = mean(values[name])
        x = LEFT + (middle - low) / (high - low) * width
        line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y0}" y2="{y0 - HEIGHT + 18}"'
        yield f'{line} stroke="{color}" stroke-dasharray="4 3"/>'
    yield f'<line x1="{LEFT}" x2="{LEFT + width}" y1="{y0}" y2="{y0}" stroke="#333333"/>'
    for place in range(0, bins + 1, 2):
        x = LEFT + place * width / bins
        yield f'<text x="{x:.1f}" y="{y0 + 18}" text-anchor="middle" fill="#333333">{low + place * step:g}</text>'


def histogram(values: Iterable[float], low: float, step: float, bins: int) -> list[int]:
    """Counts by bin; what lies outside is counted at the ends."""
    counts = [0] * bins
    for value in values:
        counts[min(max(int((value - low) / step), 0), bins - 1)] += 1
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
