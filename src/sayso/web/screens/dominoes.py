"""Dominoes: what is said to have led to what, by whom, in which words; no link without somebody who claims it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sayso.records import CausalKind
from sayso.views.domino_drawing import draw, part_of, parts
from sayso.views.dominoes import Claim, Dominoes, Edge, Node
from sayso.views.paths import back, forward, meant
from sayso.web.desk import Graph
from sayso.web.screen import PAGE, Ask, Param, Screen, pages
from sayso.web.screens.shared import ruling

KINDS = ("all", *CausalKind)
SIZE = 40  # links of a page of the list
DRAWN = 300  # links of the drawing; beyond that, nobody finds a way through it by eye
TOLD = 20  # sentences of a link
CHOICES = 20  # happenings that the same words may mean
WAYS = ("behind", "ahead", "denied")  # of a link, seen from one happening

Ways = dict[str, str]  # by edge


def rows(ask: Ask) -> dict[str, Any]:
    """The graph of the case, or the ways through one happening, drawn; and each link with its sentences."""
    graph = ask.shelf.graph(every=ask["every"] == "1")
    found = meant(graph.whole, ask["from"]) if ask["from"] else []
    node = found[0] if len(found) == 1 else None
    ways = _ways(graph.whole, node.id) if node else {}
    edges = [edge for edge in graph.whole.edges if ask["kind"] in ("all", edge.kind) and (not node or edge.id in ways)]
    if node:
        edges.sort(key=lambda edge: WAYS.index(ways[edge.id]))  # else in order of telling
    cut = pages(len(edges), ask["page"], SIZE)
    numbers = {edge.id: number for number, edge in enumerate(edges, 1)}
    drawn = _drawn(part_of(graph.whole, edges))
    return {
        "edges": [_edge(ask, graph, edge, (numbers, ways)) for edge in edges[cut.skip : cut.skip + SIZE]],
        "total": len(edges),
        "happenings": len({end for edge in edges for end in (edge.cause, edge.effect)}),
        "unsure": graph.whole.unsure,
        "through": _through(node) if node else None,
        "choices": [{"node": one.id, "label": one.label} for one in found[:CHOICES]] if not node else [],
        "ways": {way: sum(held == way and id in numbers for id, held in ways.items()) for way in WAYS} if node else {},
        "pages": cut,
        "undrawn": len(edges) - len(drawn.edges),
        "drawn": draw(drawn, numbers),
    }


def _ways(graph: Dominoes, node: str) -> Ways:
    """The links on the ways to a happening and on from it, and those at it that are only denied."""
    denied = {edge.id: "denied" for edge in graph.edges if edge.denied and node in (edge.cause, edge.effect)}
    ahead = {edge.id: "ahead" for edge in forward(graph, node)}
    return denied | ahead | {edge.id: "behind" for edge in back(graph, node)}


def _drawn(graph: Dominoes) -> Dominoes:
    """What there is room for: the largest parts first."""
    if len(graph.edges) <= DRAWN:
        return graph
    return part_of(graph, [edge for part in parts(graph) for edge in part.edges][:DRAWN])


def _through(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.label,
        "tellings": node.tellings,
        "joined": node.joined,
        "first": node.first,
        "last": node.last,
        "documents": len(node.documents),
    }


def _edge(ask: Ask, graph: Graph, edge: Edge, known: tuple[Mapping[str, int], Ways]) -> dict[str, Any]:
    numbers, ways = known
    names = graph.names
    return {
        "id": edge.id,
        "number": numbers[edge.id],
        "way": ways.get(edge.id, ""),
        "cause": names[edge.cause],
        "effect": names[edge.effect],
        "cause_node": edge.cause,
        "effect_node": edge.effect,
        "kind": edge.kind,
        "denied": edge.denied,
        "hypothetical": edge.hypothetical,
        "origins": len(edge.origins),
        "backwards": edge.backwards,
        "cycle": edge.cycle,
        "rivals": _named(names, [graph.edges[other].cause for other in edge.rivals]),
        "falls": _named(names, [node for node in graph.falls(edge.id) if node != edge.effect]),
        "sentences": len(edge.claims),
        "claims": [_claim(ask, claim) for claim in edge.claims[:TOLD]],
    }


def _named(names: Mapping[str, str], nodes: Iterable[str]) -> list[dict[str, str]]:
    return [{"node": node, "label": names[node]} for node in dict.fromkeys(nodes)]


def _claim(ask: Ask, claim: Claim) -> dict[str, Any]:
    return {
        "link": claim.link,
        "statement": claim.statement,
        "document": claim.document,
        "title": claim.title,
        "chain": claim.chain,
        "words": claim.words,
        "signal": claim.signal,
        "negated": claim.negated,
        "hypothetical": claim.hypothetical,
        "score": claim.score,
        "rule": claim.rule,
        "ruling": ruling(ask.shelf, claim.link),
    }


SCREENS = (
    Screen("dominoes", "/dominoes", "Dominoes", rows, (
        Param("kind", "which links", "all", KINDS),
        Param("from", "the ways through one happening: its id, the beginning of one, or words of it"),
        Param("every", "1: the links that are less sure too", "0", ("0", "1")), PAGE)),
)  # fmt: skip
