"""Growth drawn: plain charts side by side, such as seconds, memory and disk against documents, scales logarithmic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

WIDTH, HEIGHT, LEFT, TOP = 260, 200, 56, 40
GAP = 40  # between charts
CHARTS = (("s", "processor seconds"), ("mb", "memory, MB"), ("case mb", "case file, MB"))
COLOURS = ("#1b5e8c", "#b4541a", "#3d7a3a", "#7a3d78", "#8a7a1a", "#555555")
_STYLE = "font-family='sans-serif' font-size='11' fill='#333'"


def draw(halves: Mapping[str, Sequence[Mapping[str, Any]]], charts: Sequence[tuple[str, str]] = CHARTS) -> str:
    """The SVG of the rows of each half, a chart for each field with its title."""
    width = len(charts) * (LEFT + WIDTH) + (len(charts) - 1) * GAP + 20
    height = TOP + HEIGHT + 50 + 16 * len(halves)
    body = "".join(
        part
        for n, (field, title) in enumerate(charts)
        for part in _chart(halves, field, title, n * (LEFT + WIDTH + GAP))
    )
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img' "
        f"aria-label='Growth with the number of documents'><rect width='100%' height='100%' fill='#fff'/>{body}"
        f"{''.join(_legend(list(halves)))}</svg>\n"
    )


def _chart(halves: Mapping[str, Sequence[Mapping[str, Any]]], field: str, title: str, x: int) -> Iterator[str]:
    lines = {half: [(row["documents"], row[field]) for row in rows if row.get(field)] for half, rows in halves.items()}
    points = [point for line in lines.values() for point in line]
    if not points:
        return
    across = _scale([p[0] for p in points], x + LEFT, WIDTH)
    down = _scale([p[1] for p in points], TOP + HEIGHT, -HEIGHT)
    yield f"<text x='{x + LEFT}' y='{TOP - 14}' {_STYLE} font-weight='bold'>{escape(title)}</text>"
    yield f"<rect x='{x + LEFT}' y='{TOP}' width='{WIDTH}' height='{HEIGHT}' fill='none' stroke='#bbb'/>"
    for power in _powers([p[0] for p in points]):
        yield _text(across(10**power), TOP + HEIGHT + 16, _tick(power), "middle")
    for power in _powers([p[1] for p in points]):
        yield _text(x + LEFT - 6, down(10**power) + 4, _tick(power), "end")
        yield f"<path d='M{x + LEFT} {down(10**power):.0f}h{WIDTH}' stroke='#eee'/>"
    for colour, line in zip(COLOURS, lines.values(), strict=False):
        path = " ".join(f"{across(a):.1f},{down(b):.1f}" for a, b in line)
        yield f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'/>"
        for a, b in line:
            label = f"<title>{a:,} documents: {b:,}</title>"
            yield f"<circle cx='{across(a):.1f}' cy='{down(b):.1f}' r='3.5' fill='{colour}'>{label}</circle>"


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f"<text x='{x:.0f}' y='{y:.0f}' {_STYLE} text-anchor='{anchor}'>{escape(words)}</text>"


def _legend(halves: Sequence[str]) -> Iterator[str]:
    for n, (colour, half) in enumerate(zip(COLOURS, halves, strict=False)):
        y = TOP + HEIGHT + 40 + 16 * n
        yield f"<circle cx='{LEFT}' cy='{y - 4}' r='4' fill='{colour}'/>"
        yield f"<text x='{LEFT + 10}' y='{y}' {_STYLE}>{escape(half)}</text>"


def _powers(values: Sequence[float]) -> range:
    """The powers of ten from that below the least value to that above the greatest."""
    return range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)


def _scale(values: Sequence[float], start: int, length: int) -> Any:
    powers = _powers(values)
    step = length / max(len(powers) - 1, 1)
    return lambda value: start + (math.log10(value) - powers[0]) * step


def _tick(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10**power:.{-power}f}"
