"""What the report shows of dominoes: the graph as a drawing from left to right, and every link with who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.case import Case
from sayso.views.domino_drawing import draw, drawable
from sayso.views.dominoes import Dominoes, Edge, dominoes
from sayso.views.paths import chains, footing


@dataclass(frozen=True, slots=True)
class Row:
    """An edge in the list: its number, what is said to lead to what, and what falls too if it is wrong; the numbers of
    the edges that explain the same effect otherwise, that lead to its cause, and that go on from its effect."""

    number: int
    edge: Edge
    cause: str
    effect: str
    falls: tuple[str, ...]
    rivals: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]


def context(case: Case) -> dict[str, Any]:
    """What the template needs; empty where no text says that anything led to anything."""
    graph = dominoes(case)
    if not graph.edges:
        return {"domino_rows": [], "domino_unsure": graph.unsure}
    numbers = {edge.id: number for number, edge in enumerate(graph.edges, 1)}
    drawing = draw(drawable(graph), numbers)
    return {
        "domino_rows": list(_rows(graph, numbers)),
        "domino_chains": [[numbers[edge.id] for edge in chain] for chain in chains(graph) if len(chain) > 1],
        "domino_boxes": drawing.boxes,
        "domino_lines": drawing.lines,
        "domino_undrawn": len(graph.edges) - len(drawing.lines),
        "domino_size": (drawing.width, drawing.height),
        "domino_unsure": graph.unsure,
    }


def _rows(graph: Dominoes, numbers: Mapping[str, int]) -> Iterator[Row]:
    names, stands = {node.id: node.label for node in graph.nodes}, footing(graph)
    to, on = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for edge in graph.edges:
        if not edge.denied:
            to[edge.effect].append(numbers[edge.id])
            on[edge.cause].append(numbers[edge.id])
    for edge in graph.edges:
        falls = tuple(names[node] for node in stands.falls(edge.id) if node != edge.effect)
        rivals = tuple(numbers[other] for other in edge.rivals)
        ways = (tuple(to[edge.cause]), tuple(on[edge.effect]))
        yield Row(numbers[edge.id], edge, names[edge.cause], names[edge.effect], falls, rivals, *ways)
