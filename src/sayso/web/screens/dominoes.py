"""Dominoes: what is said to have led to what, by whom, in which words; no link without somebody who claims it."""

from __future__ import annotations

from typing import Any

from sayso.views.domino_drawing import part_of
from sayso.views.dominoes import Dominoes
from sayso.views.paths import back, forward
from sayso.web.index_dominoes import KINDS, Shown, drawn
from sayso.web.screen import PAGE, Ask, Pages, Param, Screen, pages
from sayso.web.screens.shared import ruling

SIZE = 40  # links of a page of the list
CHOICES = 20  # happenings that the same words may mean
WAYS = ("behind", "ahead", "denied")  # of a link, seen from one happening

Ways = dict[str, str]  # by edge


def rows(ask: Ask) -> dict[str, Any]:
    """The graph of the case, or the ways through one happening, drawn; and each link with its sentences."""
    shown = ask.shelf.dominoes(every=ask["every"] == "1")
    found = shown.meant(ask["from"], CHOICES) if ask["from"] else []
    node = found[0] if len(found) == 1 else None
    made = _around(ask, shown, node) if node else _all(ask, shown)
    known = {"fresh": shown.fresh, "unsure": shown.drawing("all")["unsure"], "through": node}
    return made | known | {"choices": [] if node else [{"node": one["id"], "label": one["label"]} for one in found]}


def _all(ask: Ask, shown: Shown) -> dict[str, Any]:
    drawing = shown.drawing(ask["kind"])
    cut = pages(drawing["total"], ask["page"], SIZE)
    edges = shown.edges(ask["kind"], cut.skip, SIZE)
    return drawing | {"edges": _listed(ask, edges, cut, {}), "ways": {}, "pages": cut}


def _around(ask: Ask, shown: Shown, node: dict[str, Any]) -> dict[str, Any]:
    ways = _ways(shown.whole, node["id"])
    kept = [edge for edge in shown.whole.edges if edge.id in ways and ask["kind"] in ("all", edge.kind)]
    kept.sort(key=lambda edge: WAYS.index(ways[edge.id]))
    part = part_of(shown.whole, kept)
    cut = pages(len(kept), ask["page"], SIZE)
    edges = shown.chosen([edge.id for edge in kept[cut.skip : cut.skip + SIZE]])
    return drawn(part) | {
        "edges": _listed(ask, edges, cut, ways),
        "total": len(kept),
        "happenings": len(part.nodes),
        "ways": {way: sum(ways[edge.id] == way for edge in kept) for way in WAYS},
        "pages": cut,
    }


def _ways(graph: Dominoes, node: str) -> Ways:
    """The links on the ways to a happening and on from it, and those at it that are only denied."""
    denied = {edge.id: "denied" for edge in graph.edges if edge.denied and node in (edge.cause, edge.effect)}
    ahead = {edge.id: "ahead" for edge in forward(graph, node)}
    return denied | ahead | {edge.id: "behind" for edge in back(graph, node)}


def _listed(ask: Ask, edges: list[dict[str, Any]], cut: Pages, ways: Ways) -> list[dict[str, Any]]:
    """The links of a page, numbered, with people's words on their sentences. What was rejected a moment ago is gone
    from it, though the graph may still be made anew."""
    out = []
    for number, edge in enumerate(edges, cut.skip + 1):
        claims = [claim | {"ruling": ruling(ask.shelf, claim["link"])} for claim in edge["claims"]]
        held = [claim for claim in claims if not _rejected(ask, claim)]
        if held:
            out.append(edge | {"number": number, "way": ways.get(edge["id"], ""), "claims": held})
    return out


def _rejected(ask: Ask, claim: dict[str, Any]) -> bool:
    return any(ask.shelf.whole.ruling(claim[of]).rejected for of in ("link", "statement"))


SCREENS = (
    Screen("dominoes", "/dominoes", "Dominoes", rows, (
        Param("kind", "which links", "all", KINDS),
        Param("from", "the ways through one happening: its id, the beginning of one, or words of it"),
        Param("every", "1: the links that are less sure too", "0", ("0", "1")), PAGE)),
)  # fmt: skip
