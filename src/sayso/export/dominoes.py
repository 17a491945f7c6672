"""The dominoes of a case as JSON: nodes with a place each, edges with their claims and marks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from sayso.export import whole
from sayso.store import CaseFile
from sayso.views.dominoes import Dominoes, dominoes
from sayso.views.paths import chains, layers


def export(case: CaseFile, out: Path | None, *, text: bool = True) -> None:
    """Write the graph; `text=False` leaves the sentences of the claims out. Raises CaseError where it cannot."""
    graph = dominoes(case)
    with opened(out) as file:
        json.dump(plain(graph, text=text), file, ensure_ascii=False, indent=1)
        file.write("\n")


def plain(graph: Dominoes, *, text: bool = True) -> dict[str, Any]:
    """The graph as dicts and lists; `column` and `row` place a node left to right, `chains` are ids of edges."""
    places = layers(graph)
    nodes = [{**asdict(node), "column": places[node.id][0], "row": places[node.id][1]} for node in graph.nodes]
    edges = [asdict(edge) for edge in graph.edges]
    if not text:
        for edge in edges:
            for claim in edge["claims"]:
                del claim["words"]
    longest = [[edge.id for edge in chain] for chain in chains(graph)]
    return {"nodes": nodes, "edges": edges, "chains": longest, "unsure": graph.unsure}


@contextmanager
def opened(out: Path | None) -> Iterator[TextIO]:
    """The file to write, or standard output."""
    if out is None:
        yield sys.stdout
        return
    with whole(out) as file:
        yield file
