"""What the report shows of dominoes: the graph as a drawing from left to right, and every link with who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sayso.case import Case
from sayso.views.domino_drawing import draw, drawable
from sayso.views.dominoes import Edge, dominoes
from sayso.views.paths import Footing, chains, footing


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
    drawing = draw(drawable(graph), {edge.id: number for number, edge in enumerate(graph.edges, 1)})
    names, stands = {node.id: node.label for node in graph.nodes}, footing(graph)
    long = {edge.id for chain in chains(graph) if len(chain) > 1 for edge in chain}
    rows = [_row(stands, edge, number, (names, long)) for number, edge in enumerate(graph.edges, 1)]
    return {
        "domino_rows": rows,
        "domino_boxes": drawing.boxes,
        "domino_lines": drawing.lines,
        "domino_undrawn": len(graph.edges) - len(drawing.lines),
        "domino_size": (drawing.width, drawing.height),
        "domino_unsure": graph.unsure,
    }


def _row(stands: Footing, edge: Edge, number: int, known: tuple[dict[str, str], set[str]]) -> Row:
    names, long = known
    below = tuple(names[node] for node in stands.falls(edge.id) if node != edge.effect)
    return Row(number, edge, names[edge.cause], names[edge.effect], below, edge.id in long)
