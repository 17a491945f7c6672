"""A PDF page: from runs of text with their places to lines in reading order, column by column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# A gutter counts only where this many lines stand on either side of it.
_COLUMN_LINES = 4
# Columns of prose have this many characters a line; those of tables and line numbers fewer.
_COLUMN_CHARS = 14
# So many numbers count lines; fewer may be a list.
_COUNTED = 5
_SAME_EDGE = 3.0
# No page of prose has more runs (three columns of a gazette: 250); it bounds the search for gutters.
_CROWDED = 3000
_SIDE_BY_SIDE = 0.45


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text without wide gaps, in points, y growing upwards.

    `size` is the height of its letters' boxes, `bold` the share of bold letters.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column: its words, place, and the edges of the column that it stands in."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    left: float
    right: float
    page: int
    column: int

    @property
    def indent(self) -> float:
        """How far it begins right of its column's edge, in heights of its letters."""
        return (self.x0 - self.left) / self.size

    @property
    def room(self) -> float:
        """How far it ends left of its column's other edge, in heights of its letters."""
        return (self.right - self.x1) / self.size


def lines(runs: Sequence[Run], page: int) -> list[Line]:
    """The upright lines of a page in reading order: columns from left to right between what spans them."""
    ordered = _ordered([run for run in runs if run.upright and run.text.strip()])
    found: list[Line] = []
    for column, group in enumerate(ordered):
        left, right = min(run.x0 for run in group), max(run.x1 for run in group)
        found += [_line(row, (left, right), (page, column)) for row in _rows(group)]
    return found


def line_numbers(runs: Sequence[Run]) -> list[Run]:
    """The numbers that count the lines of a transcript: in one column at the edge, each one more than the last."""
    numbers = [run for run in runs if run.upright and re.fullmatch(r"\d{1,3}", run.text)]
    column = max((_aligned(numbers, edge) for edge in ("x0", "x1")), key=len)
    if len(column) < _COUNTED:
        return []
    steps = sum(int(b.text) - int(a.text) == 1 for a, b in pairwise(column))
    first = min(run.x0 for run in column)
    outermost = not any(run.x0 < first - 20 for run in runs if run.upright)
    return column if outermost and steps >= 0.8 * (len(column) - 1) else []


def _aligned(numbers: Sequence[Run], edge: str) -> list[Run]:
    """The largest set of `numbers` that share a left or right edge, from top to bottom."""
    at = Counter(round(getattr(run, edge)) for run in numbers).most_common(1)
    return sorted((run for run in numbers if abs(getattr(run, edge) - at[0][0]) <= 2), key=lambda run: -run.y0)


def _ordered(runs: list[Run]) -> list[list[Run]]:
    """The runs as groups in reading order; each is a column, or what stands across columns."""
    gutter = _gutter(runs)
    if gutter is None:
        return [sorted(runs, key=lambda run: (-run.y0, run.x0))] if runs else []
    x, low, high = gutter
    above = [run for run in runs if run.y0 >= high]
    below = [run for run in runs if run.y1 <= low]
    band = [run for run in runs if run.y0 < high and run.y1 > low]
    left, right = [run for run in band if run.x1 <= x], [run for run in band if run.x1 > x]
    return _ordered(above) + _ordered(left) + _ordered(right) + _ordered(below)


def _gutter(runs: Sequence[Run]) -> tuple[float, float, float] | None:
    """The gutter with most lines beside it: its x, and the lowest and highest y between which nothing crosses it."""
    if len(runs) > _CROWDED:
        return None
    edges = Counter(round(run.x0 / _SAME_EDGE) for run in runs)
    best: tuple[int, tuple[float, float, float]] | None = None
    for edge, count in edges.items():
        if count < _COLUMN_LINES:
            continue
        x = min(run.x0 for run in runs if round(run.x0 / _SAME_EDGE) == edge) - 1.0
        for low, high in _free(runs, x):
            lines = _beside(runs, x, low, high)
            if lines and (best is None or lines > best[0]):
                best = (lines, (x, low, high))
    return best[1] if best else None


def _free(runs: Sequence[Run], x: float) -> list[tuple[float, float]]:
    """The stretches of y between runs that cross `x`."""
    crossing = sorted((run.y0, run.y1) for run in runs if run.x0 < x < run.x1)
    low, found = float("-inf"), []
    for bottom, top in crossing:
        if bottom > low:
            found.append((low, bottom))
        low = max(low, top)
    return [*found, (low, float("inf"))]


def _beside(runs: Sequence[Run], x: float, low: float, high: float) -> int:
    """How many lines stand on the poorer side of a gutter; 0 where they are too few or no prose."""
    within = [run for run in runs if run.y0 >= low - 1 and run.y1 <= high + 1]
    sides = [[run for run in within if run.x1 <= x], [run for run in within if run.x0 >= x]]
    counts = [len({round(run.y0 / 3) for run in side}) for side in sides]
    if min(counts) < _COLUMN_LINES:
        return 0
    chars = [sum(len(run.text) for run in side) for side in sides]
    if any(total < _COLUMN_CHARS * count for total, count in zip(chars, counts, strict=True)):
        return 0
    shared = min(max(r.y1 for r in side) for side in sides) - max(min(r.y0 for r in side) for side in sides)
    tallest = max(max(r.y1 for r in side) - min(r.y0 for r in side) for side in sides)
    return min(counts) if shared > 0.25 * tallest or shared > 60 else 0


def _rows(group: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand side by side on one line, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(group, key=lambda run: (-run.y0, run.x0)):
        near = [row for row in rows[-3:] if _same_line(row[0], run)]
        if near:
            near[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.x0) for row in rows]


def _same_line(a: Run, b: Run) -> bool:
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    return overlap > _SIDE_BY_SIDE * min(a.y1 - a.y0, b.y1 - b.y0)


def _line(row: Sequence[Run], edges: tuple[float, float], place: tuple[int, int]) -> Line:
    text = row[0].text
    for before, run in pairwise(row):
        gap = (run.x0 - before.x1) / max(before.size, 1.0)
        text += ("" if gap < 0.1 else " " if gap < 1.5 else "  ") + run.text
    letters = sum(len(run.text) for run in row)
    return Line(
        text=text, x0=row[0].x0, y0=min(run.y0 for run in row), x1=max(run.x1 for run in row),
        y1=max(run.y1 for run in row), size=median(run.size for run in row for _ in range(min(len(run.text), 200))),
        bold=sum(len(run.text) * run.bold for run in row) > 0.95 * letters,
        left=edges[0], right=edges[1], page=place[0], column=place[1],
    )  # fmt: skip
