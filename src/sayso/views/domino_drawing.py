"""Dominoes as a drawing from left to right: where every box and every curve lies; numbers and words only."""

from __future__ import annotations

import itertools
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.views.dominoes import Dominoes, Edge, Node
from sayso.views.paths import layers

WIDE, HIGH = 210, 62  # of a node's box
ACROSS, DOWN = 325, 82  # from one box to the next
LINES, LETTERS = 4, 32  # of a node's words
BEND = 40  # least reach of a curve's bend
TIP = 6  # of an arrow
DRAWN = 300  # links of a drawing; beyond that, nobody finds a way through it by eye

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A node as drawn: where its box lies and the lines of its words."""

    id: str
    x: int
    y: int
    lines: tuple[str, ...]
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class Line:
    """An edge as drawn: its curve, its number in the list and where that stands, and how it is marked."""

    id: str
    path: str
    number: int
    x: int
    y: int
    classes: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and lines within `width` and `height`."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def draw(graph: Dominoes, numbers: Mapping[str, int]) -> Drawing:
    """The drawing of a graph whose edges have these numbers; parts that nothing joins lie below one another, the
    largest on top."""
    at: dict[str, Place] = {}
    ways: dict[str, list[str]] = {}
    below = 0
    for part in parts(graph):
        places = layers(_stopped(part, ways))
        rows = Counter(x for x, _ in places.values())
        most = max(rows.values())
        for node, (x, y) in places.items():
            at[node] = (x * ACROSS, below + y * DOWN + (most - rows[x]) * DOWN // 2)
        below += most * DOWN
    wide = max((x for x, _ in at.values()), default=0) + WIDE + 4
    boxes = tuple(_box(node, at[node.id]) for node in graph.nodes)
    return Drawing(boxes, tuple(_lines(graph, (at, ways), numbers)), wide, max(0, below - DOWN + HIGH + 4))


def part_of(graph: Dominoes, edges: Iterable[Edge]) -> Dominoes:
    """The graph of these edges alone and of their ends."""
    kept = tuple(edges)
    ends = {end for edge in kept for end in (edge.cause, edge.effect)}
    return replace(graph, nodes=tuple(node for node in graph.nodes if node.id in ends), edges=kept)


def drawable(graph: Dominoes) -> Dominoes:
    """What there is room for, which is all of it but in a very large case: the largest parts first."""
    if len(graph.edges) <= DRAWN:
        return graph
    return part_of(graph, [edge for part in parts(graph) for edge in part.edges][:DRAWN])


def parts(graph: Dominoes) -> list[Dominoes]:
    """The parts that no edge joins, the largest first, else in order of telling."""
    import networkx

    whole = networkx.Graph()
    whole.add_nodes_from(node.id for node in graph.nodes)
    whole.add_edges_from((edge.cause, edge.effect) for edge in graph.edges)
    home = {node: n for n, held in enumerate(networkx.connected_components(whole)) for node in held}
    nodes: dict[int, list[Node]] = defaultdict(list)
    edges: dict[int, list[Edge]] = defaultdict(list)
    for node in graph.nodes:
        nodes[home[node.id]].append(node)
    for edge in graph.edges:
        edges[home[edge.cause]].append(edge)
    made = [replace(graph, nodes=tuple(held), edges=tuple(edges[n])) for n, held in nodes.items()]
    return sorted(made, key=lambda part: -len(part.edges))


def _stopped(part: Dominoes, ways: dict[str, list[str]]) -> Dominoes:
    """The graph with a stop in each column that an edge passes over, so that there is room for it between the boxes
    (Sugiyama, Tagawa and Toda 1981). The stops of each edge are put into `ways`."""
    places = layers(part)
    held = {node.id: node for node in part.nodes}
    nodes, edges = list(part.nodes), []
    for edge in part.edges:
        columns = range(places[edge.cause][0] + 1, places[edge.effect][0])
        stops = [] if edge.denied else [f"{edge.id}@{column}" for column in columns]
        ways[edge.id] = stops
        nodes += [replace(held[edge.cause], id=stop) for stop in stops]
        pairs = itertools.pairwise([edge.cause, *stops, edge.effect])
        edges += [replace(edge, cause=one, effect=other) for one, other in pairs]
    return replace(part, nodes=tuple(nodes), edges=tuple(edges))


def _box(node: Node, at: Place) -> Box:
    lines = textwrap.wrap(node.label, LETTERS, max_lines=LINES, placeholder=" …")
    return Box(node.id, *at, tuple(lines), node.label, len(node.documents))


def _lines(
    graph: Dominoes, where: tuple[Mapping[str, Place], Mapping[str, list[str]]], numbers: Mapping[str, int]
) -> Iterable[Line]:
    at, ways = where
    starts = _doors([(edge.id, edge.cause, at[[*ways[edge.id], edge.effect][0]]) for edge in graph.edges])
    ends = _doors([(edge.id, edge.effect, at[[edge.cause, *ways[edge.id]][-1]]) for edge in graph.edges])
    names = {node.id: node.label for node in graph.nodes}
    for edge in graph.edges:
        (x1, y1), (x2, y2) = at[edge.cause], at[edge.effect]
        path = _path((x1, y1 + starts[edge.id]), [at[stop] for stop in ways[edge.id]], (x2, y2 + ends[edge.id]))
        label = f"{names[edge.cause]}: {'denied: ' if edge.denied else ''}{edge.kind} {names[edge.effect]}"
        place = (x2 - 12, y2 + ends[edge.id] - 4)
        yield Line(edge.id, path, numbers[edge.id], *place, _classes(edge), edge.kind, label)


def _doors(rows: Sequence[tuple[str, str, Place]]) -> dict[str, int]:
    """Where on its box's side each edge begins or ends, spread out in the order of the boxes at the other ends."""
    beside: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for edge, node, (x, y) in rows:
        beside[node].append((y, x, edge))
    return {
        edge: HIGH * n // (len(held) + 1) for held in beside.values() for n, (*_, edge) in enumerate(sorted(held), 1)
    }


def _path(start: Place, stops: Sequence[Place], end: Place) -> str:
    """Curves from the right side of the cause to the left side of the effect, straight where a box might stand."""
    level = [start, *((x, y + HIGH // 2) for x, y in stops)]
    path = f"M{start[0] + WIDE},{start[1]}"
    for (x1, y1), (x2, y2) in itertools.pairwise([*level, (end[0] - TIP, end[1])]):
        bend = max(BEND, abs(x2 - x1 - WIDE) // 2)
        path += f" C{x1 + WIDE + bend},{y1} {x2 - bend},{y2} {x2},{y2}"
        path += f" H{x2 + WIDE}" if (x2, y2) in level else ""
    return path


def _classes(edge: Edge) -> str:
    marks = (("denied", edge.denied), ("single", edge.single), ("backwards", edge.backwards), ("cycle", edge.cycle))
    return " ".join(name for name, holds in marks if holds)
