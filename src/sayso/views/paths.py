"""Ways through the dominoes: forward and back from one of them, the longest chains, circles, what falls with one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.views.dominoes import Dominoes, Edge, Node

CHAINS = 5  # longest chains that are listed
STEPS = 60  # links of a path, at most
_START = ""  # before every beginning


def circles(edges: Iterable[Edge]) -> frozenset[str]:
    """The ids of the edges that lie on a circle."""
    import networkx

    graph = networkx.DiGraph()
    rows = [(edge.cause, edge.effect, edge.id) for edge in edges]
    graph.add_edges_from((cause, effect) for cause, effect, _ in rows)
    home = {node: n for n, held in enumerate(networkx.strongly_connected_components(graph)) for node in held}
    return frozenset(id for cause, effect, id in rows if home[cause] == home[effect])


def chosen(graph: Dominoes, event: str) -> Node:
    """The node meant by an id, the beginning of one, or words of a telling. Raises UsageError."""
    found = meant(graph, event)
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{node.id} ({node.label})" for node in (found or graph.nodes)[:8])
    reason = f"{event!r} may mean several events" if found else f"No event is told with the words {event!r}"
    raise UsageError(f"{reason}. Name one of: {listed}.")


def meant(graph: Dominoes, event: str) -> list[Node]:
    """The nodes that an id, the beginning of one, or words of a telling may mean."""
    asked = event.casefold()
    found = [node for node in graph.nodes if node.id.startswith(event) or event in node.events]
    return found or [node for node in graph.nodes if any(asked in words.casefold() for words in node.tellings)]


def forward(graph: Dominoes, node: str) -> list[Edge]:
    """The edges that lie ahead of a node, nearest first: what is said to have come of it."""
    return _walk(graph, node, ahead=True)


def back(graph: Dominoes, node: str) -> list[Edge]:
    """The edges that lie behind a node, nearest first: what is said to have led to it."""
    return _walk(graph, node, ahead=False)


def chains(graph: Dominoes) -> list[tuple[Edge, ...]]:
    """The longest chains, the longest first, none a part of another; a circle is walked but once round.

    Within a circle the way taken is the one that leaves out the fewest edges in order of telling, so that the result
    is the same on every machine.
    """
    import networkx

    whole = _digraph(graph)
    edges = {(edge.cause, edge.effect): edge for edge in reversed(_asserted(graph))}
    out: list[tuple[Edge, ...]] = []
    while len(out) < CHAINS:
        straight = whole.copy()
        _cut_circles(straight, graph)
        path: list[str] = networkx.dag_longest_path(straight)
        if len(path) < 2:
            break
        out.append(tuple(edges[pair] for pair in itertools.pairwise(path))[:STEPS])
        whole.remove_edges_from(list(itertools.pairwise(path)))
    return out


def falls(graph: Dominoes, edge: str) -> list[str]:
    """The nodes that nothing leads to from the beginning of a chain any more if this edge is wrong."""
    return footing(graph).falls(edge)


@dataclass(frozen=True, slots=True)
class Footing:
    """What stands on what: of every node and edge those that fall with it and with nothing after it."""

    on: Mapping[str, Sequence[str]]
    order: Mapping[str, int]

    def falls(self, edge: str) -> list[str]:
        """The nodes that fall with an edge, in order of telling."""
        todo = [edge]
        for one in todo:
            todo += self.on.get(one, ())
        return sorted((one for one in todo if one in self.order), key=self.order.__getitem__)


def footing(graph: Dominoes) -> Footing:
    """What falls with each edge, for all edges at once.

    Every edge becomes a node between its ends; what every way from a beginning to a node passes through is the node's
    dominators (Cooper, Harvey and Kennedy 2001). A circle that nothing leads to begins at its node told first.
    """
    import networkx

    order = {node.id: n for n, node in enumerate(graph.nodes)}
    whole, split = _digraph(graph), networkx.DiGraph()
    parts = networkx.condensation(whole)
    begins = (min(parts.nodes[n]["members"], key=order.__getitem__) for n in parts if parts.in_degree(n) == 0)
    split.add_edges_from((_START, node) for node in begins)
    for edge in _asserted(graph):
        split.add_edges_from(((edge.cause, edge.id), (edge.id, edge.effect)))
    on: dict[str, list[str]] = {}
    for one, over in networkx.immediate_dominators(split, _START).items() if len(split) else ():
        if one != _START:
            on.setdefault(over, []).append(one)
    return Footing(on, order)


def layers(graph: Dominoes) -> dict[str, tuple[int, int]]:
    """A place for every node, left to right: its column (after all its causes) and its row within it.

    Circles are opened at the edge told last. Rows are ordered so that neighbours lie near each other (barycenter
    method: Sugiyama, Tagawa and Toda 1981).
    """
    import networkx

    whole = _digraph(graph)
    whole.add_nodes_from(node.id for node in graph.nodes)
    _cut_circles(whole, graph)
    columns = [list(column) for column in networkx.topological_generations(whole)]
    order = {node.id: n for n, node in enumerate(graph.nodes)}
    columns = [sorted(column, key=order.__getitem__) for column in columns]
    for sweep in range(4):
        columns = _settled(columns, whole, left=sweep % 2 == 0)
    return {node: (x, y) for x, column in enumerate(columns) for y, node in enumerate(column)}


def _settled(columns: list[list[str]], whole: Any, *, left: bool) -> list[list[str]]:
    """Each column ordered by the mean row of its neighbours on one side."""
    row = {node: y for column in columns for y, node in enumerate(column)}

    def key(node: str) -> tuple[float, int]:
        beside = list(whole.predecessors(node) if left else whole.successors(node))
        return (sum(row[one] for one in beside) / len(beside) if beside else row[node], row[node])

    made = []
    for column in columns if left else reversed(columns):
        column = sorted(column, key=key)
        row.update({node: y for y, node in enumerate(column)})
        made.append(column)
    return made if left else made[::-1]


def _asserted(graph: Dominoes) -> Sequence[Edge]:
    return [edge for edge in graph.edges if not edge.denied]


def _digraph(graph: Dominoes) -> Any:
    import networkx

    whole = networkx.DiGraph()
    whole.add_edges_from((edge.cause, edge.effect) for edge in _asserted(graph))
    return whole


def _cut_circles(whole: Any, graph: Dominoes) -> None:
    """Take out of every circle its last told edge until none is left."""
    import networkx

    told = {(edge.cause, edge.effect): n for n, edge in enumerate(_asserted(graph))}
    while True:
        try:
            found = networkx.find_cycle(whole)
        except networkx.NetworkXNoCycle:
            return
        whole.remove_edge(*max((pair[:2] for pair in found), key=lambda pair: told[pair]))


def _walk(graph: Dominoes, node: str, *, ahead: bool) -> list[Edge]:
    beside: dict[str, list[Edge]] = {}
    for edge in _asserted(graph):
        beside.setdefault(edge.cause if ahead else edge.effect, []).append(edge)
    out, seen, todo = [], {node}, [node]
    for one in todo:
        for edge in beside.get(one, []):
            out.append(edge)
            other = edge.effect if ahead else edge.cause
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return out
