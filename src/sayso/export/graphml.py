"""The dominoes of a case as GraphML, for graph programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

from sayso.export.dominoes import opened
from sayso.store import CaseFile
from sayso.views.dominoes import Edge, Node, dominoes
from sayso.views.paths import layers

SPACE = "http://graphml.graphdrawing.org/xmlns"
NODE = {"label": "string", "first": "string", "last": "string", "documents": "int", "joined": "string",
        "column": "int", "row": "int"}  # fmt: skip
EDGE = {"kind": "string", "denied": "boolean", "hypothetical": "boolean", "backwards": "boolean", "cycle": "boolean",
        "origins": "int", "claims": "int", "rivals": "int", "who": "string", "words": "string"}  # fmt: skip


def export(case: CaseFile, out: Path | None, *, text: bool = True) -> None:
    """Write the graph as GraphML (graphdrawing.org, 1.0); `text=False` leaves the sentences of the claims out.

    Characters that XML cannot hold are left out. Raises CaseError where `out` cannot be written.
    """
    graph = dominoes(case)
    root = xml.Element("graphml", xmlns=SPACE)
    for domain, keys in (("node", NODE), ("edge", EDGE)):
        for name, kind in keys.items():
            xml.SubElement(root, "key", {"id": f"{domain}_{name}", "for": domain, "attr.name": name, "attr.type": kind})
    body = xml.SubElement(root, "graph", id="dominoes", edgedefault="directed")
    places = layers(graph)
    for node in graph.nodes:
        _add(body, "node", {"id": node.id}, _of_node(node, places[node.id]))
    for edge in graph.edges:
        ends = {"id": edge.id, "source": edge.cause, "target": edge.effect}
        _add(body, "edge", ends, _of_edge(edge, text=text))
    xml.indent(root)
    with opened(out) as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{xml.tostring(root, encoding="unicode")}\n')


def _of_node(node: Node, place: tuple[int, int]) -> dict[str, Any]:
    values = (node.label, node.first or "", node.last or "", len(node.documents), node.joined, *place)
    return dict(zip(NODE, values, strict=True))


def _of_edge(edge: Edge, *, text: bool) -> dict[str, Any]:
    who = " / ".join(dict.fromkeys(claim.chain for claim in edge.claims))
    words = " / ".join(dict.fromkeys(claim.words for claim in edge.claims)) if text else ""
    marks = (edge.denied, edge.hypothetical, edge.backwards, edge.cycle)
    counts = (len(edge.origins), len(edge.claims), len(edge.rivals))
    return dict(zip(EDGE, (edge.kind, *marks, *counts, who, words), strict=True))


def _add(body: xml.Element, domain: str, ids: dict[str, str], values: dict[str, Any]) -> None:
    element = xml.SubElement(body, domain, ids)
    for name, value in values.items():
        written = str(value).lower() if isinstance(value, bool) else _clean(str(value))
        xml.SubElement(element, "data", key=f"{domain}_{name}").text = written


def _clean(words: str) -> str:
    """Without what XML 1.0 cannot hold: control characters and lone surrogates."""
    return "".join(
        c for c in words if c in "\t\n" or ("\x20" <= c <= "\ud7ff") or (c >= "\ue000" and c not in "\ufffe\uffff")
    )
