"""What the report shows of dominoes: the graph as a drawing from left to right, and every link with who says so."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

from sayso.case import Case
from sayso.views.dominoes import Dominoes, Edge, dominoes
from sayso.views.paths import chains, falls, layers

WIDE, HIGH = 210, 62  # of a node's box
ACROSS, DOWN = 290, 82  # from one box to the next
LINES, LETTERS = 4, 32  # of a node's words


@dataclass(frozen=True, slots=True)
class Box:
    """A node as drawn: where its box lies and the lines of its words."""

    x: int
    y: int
    lines: tuple[str, ...]
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class Line:
    """An edge as drawn: the path of its curve, its number in the list and where that stands, and how it is marked."""

    path: str
    number: int
    x: int
    y: int
    classes: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """An edge in the list: its number, what is said to lead to what, and what falls too if it is wrong."""

    number: int
    edge: Edge
    cause: str
    effect: str
    falls: tuple[str, ...]
    chain: bool


def context(case: Case) -> dict[str, Any]:
    """What the template needs; empty where no text says that anything led to anything."""
    graph = dominoes(case)
    if not graph.edges:
        return {"domino_rows": [], "domino_unsure": graph.unsure}
    at = {node: (column * ACROSS, row * DOWN) for node, (column, row) in layers(graph).items()}
    names = {node.id: node.label for node in graph.nodes}
    long = {edge.id for chain in chains(graph) if len(chain) > 1 for edge in chain}
    rows = [_row(graph, edge, number, (names, long)) for number, edge in enumerate(graph.edges, 1)]
    return {
        "domino_rows": rows,
        "domino_boxes": [_box(node.label, len(node.documents), at[node.id]) for node in graph.nodes],
        "domino_lines": [_line(row, at[row.edge.cause], at[row.edge.effect]) for row in rows],
        "domino_size": (max(x for x, _ in at.values()) + WIDE + 4, max(y for _, y in at.values()) + HIGH + 4),
        "domino_unsure": graph.unsure,
    }


def _row(graph: Dominoes, edge: Edge, number: int, known: tuple[dict[str, str], set[str]]) -> Row:
    names, long = known
    below = tuple(names[node] for node in falls(graph, edge.id) if node != edge.effect)
    return Row(number, edge, names[edge.cause], names[edge.effect], below, edge.id in long)


def _box(label: str, documents: int, at: tuple[int, int]) -> Box:
    lines = textwrap.wrap(label, LETTERS, max_lines=LINES, placeholder=" …")
    return Box(*at, tuple(lines), label, documents)


def _line(row: Row, start: tuple[int, int], end: tuple[int, int]) -> Line:
    """A curve from the right side of the cause to the left side of the effect."""
    x1, y1 = start[0] + WIDE, start[1] + HIGH // 2
    x2, y2 = end[0], end[1] + HIGH // 2
    bend = max(40, abs(x2 - x1) // 2)
    edge = row.edge
    marks = (("denied", edge.denied), ("single", edge.single), ("backwards", edge.backwards), ("cycle", edge.cycle))
    classes = " ".join(name for name, holds in marks if holds)
    path = f"M{x1},{y1} C{x1 + bend},{y1} {x2 - bend},{y2} {x2 - 6},{y2}"
    return Line(path, row.number, x2 - 26, y2 - 5, classes, f"{row.cause}: {edge.kind} {row.effect}")
