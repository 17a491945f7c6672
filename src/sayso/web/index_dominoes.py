"""The graph of dominoes in the index: made once the case is still, so that a page reads no more than it shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sayso.judgements import Reviewed
from sayso.records import CausalKind, Document, to_plain
from sayso.rows import exact, readable, safe
from sayso.store import CaseFile
from sayso.views.domino_drawing import draw, drawable, part_of
from sayso.views.dominoes import Claim, Dominoes, Edge, Node, joined, told
from sayso.views.paths import Footing, footing

KINDS = ("all", *CausalKind)
SOON = 300  # links of a case whose graph is made at once when it is asked for: some 0.2 s; of more, a moment later
TOLD = 20  # sentences of a link, rivals and fallen happenings that are named

# What the graph hangs on: people's words, the documents, and what linkers said of them.
_STATE = """SELECT (SELECT count(*) FROM judgement), (SELECT max(seq) FROM changed),
                   (SELECT coalesce(sum(upto), 0) FROM linker), (SELECT count(*) FROM event_cluster)"""
_EDGE = "INSERT INTO shown_domino VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NODE = "INSERT INTO shown_happening VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def state(case: CaseFile) -> str:
    """What graphs of the case hang on: it is another after every word and every analysis."""
    return json.dumps(case.rows(_STATE)[0])


def is_fresh(case: CaseFile) -> bool:
    """Whether the graph in the index is that of the case as it is now."""
    return case.rows("SELECT state FROM shown_graph LIMIT 1") == [(state(case),)]


def is_small(case: CaseFile) -> bool:
    """Whether the graph is made in no time."""
    return len(case.rows("SELECT 1 FROM causal_link LIMIT ?", SOON + 1)) <= SOON


def renew(case: CaseFile, reviewed: Reviewed) -> None:
    """Make the graph anew, of the links that are sure enough and of all, as people left them."""
    now, seen = state(case), _Linked(case, reviewed)
    found = told(seen)  # type: ignore[arg-type]
    graphs = {every: joined(seen, found, every=bool(every)) for every in (0, 1)}  # type: ignore[arg-type]
    rows = {every: (list(_edges(graph)), list(_drawings(graph))) for every, graph in graphs.items()}
    with case.transaction() as db:
        for table in ("graph", "domino", "happening"):
            db.execute(f"DELETE FROM shown_{table}")
        for every, graph in graphs.items():
            edges, drawings = rows[every]
            db.executemany(_EDGE, ((every, *row) for row in edges))
            db.executemany(_NODE, ((every, *row) for row in _nodes(graph)))
            db.executemany(
                "INSERT INTO shown_graph VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((every, kind, links, ends, graph.unsure, now, row) for kind, links, ends, row in drawings),
            )


class Shown:
    """The graph as the index holds it, of the sure links or of `every` one; `fresh` where nothing was said since."""

    def __init__(self, case: CaseFile, *, every: bool) -> None:
        self.case, self.every = case, int(every)
        self.fresh = is_fresh(case)

    def drawing(self, kind: str) -> dict[str, Any]:
        """The links and happenings of a kind, counted, and their drawing; nothing where the graph is still made."""
        sql = "SELECT links, happenings, unsure, drawing FROM shown_graph WHERE every = ? AND kind = ?"
        for links, ends, unsure, drawing in self.case.rows(sql, self.every, kind):
            return {"total": links, "happenings": ends, "unsure": unsure, **json.loads(drawing)}
        return {"total": 0, "happenings": 0, "unsure": 0, **drawn(Dominoes((), (), 0))}

    def edges(self, kind: str, skip: int, most: int) -> list[dict[str, Any]]:
        """The links of a kind in order of telling, as pages show them."""
        sql = (
            "SELECT row FROM shown_domino WHERE every = ? AND (? = 'all' OR kind = ?) ORDER BY number LIMIT ? OFFSET ?"
        )
        return [json.loads(row) for (row,) in self.case.rows(sql, self.every, kind, kind, most, skip)]

    def chosen(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """The links with these ids, in this order."""
        sql = "SELECT id, row FROM shown_domino WHERE every = ? AND id IN (SELECT value FROM json_each(?))"
        found = dict(self.case.rows(sql, self.every, json.dumps(list(ids))))
        return [json.loads(found[id]) for id in ids]

    def meant(self, event: str, most: int) -> list[dict[str, Any]]:
        """The happenings that an id, the beginning of one, or words of a telling may mean, as pages show them."""
        sql = "SELECT row FROM shown_happening WHERE every = ? AND {} ORDER BY number LIMIT ?"
        asked = safe(event)
        by_id = "(substr(id, 1, length(?)) = ? OR instr(events, ' ' || ? || ' '))"
        found = self.case.rows(sql.format(by_id), self.every, asked, asked, asked, most)
        words = readable(event.casefold())
        found = found or self.case.rows(sql.format("instr(words, ?)"), self.every, words, most)
        return [json.loads(row) for (row,) in found]

    @cached_property
    def whole(self) -> Dominoes:
        """The graph without its sentences, for the ways through it and their drawing."""
        sql = "SELECT id, label, documents FROM shown_happening WHERE every = ? ORDER BY number"
        nodes = tuple(_node(*row) for row in self.case.rows(sql, self.every))
        sql = """SELECT id, cause, effect, kind, denied, single, backwards, cycle FROM shown_domino WHERE every = ?
                 ORDER BY number"""
        return Dominoes(nodes, tuple(_bare(*row) for row in self.case.rows(sql, self.every)), 0)


def drawn(graph: Dominoes) -> dict[str, Any]:
    """The drawing of a graph whose edges are numbered in their order, and how many there was no room for."""
    numbers = {edge.id: number for number, edge in enumerate(graph.edges, 1)}
    made = draw(drawable(graph), numbers)
    return {"undrawn": len(graph.edges) - len(made.lines), "drawn": to_plain(made)}


def _node(id: str, label: str, documents: int) -> Node:
    return Node(id, exact(label), (), (), (), None, None, ("",) * documents, "")


def _bare(id: str, cause: str, effect: str, kind: str, *marks: int) -> Edge:
    """A link without its sentences, with as many origins as its mark needs."""
    denied, single, backwards, cycle = map(bool, marks)
    return Edge(id, cause, effect, kind, (), denied, False, ("",) * (2 - single), backwards, cycle, ())


def _drawings(graph: Dominoes) -> Iterator[tuple[str, int, int, str]]:
    for kind in KINDS:
        part = part_of(graph, (edge for edge in graph.edges if kind in ("all", edge.kind)))
        yield str(kind), len(part.edges), len(part.nodes), json.dumps(drawn(part))


def _edges(graph: Dominoes) -> Iterator[tuple[Any, ...]]:
    names, stands = {node.id: node.label for node in graph.nodes}, footing(graph)
    causes = {edge.id: edge.cause for edge in graph.edges}
    for number, one in enumerate(graph.edges):
        marks = map(int, (one.denied, one.single, one.backwards, one.cycle))
        row = json.dumps(_edge(one, names, causes, stands))
        yield (number, one.id, one.cause, one.effect, str(one.kind), *marks, row)


def _edge(edge: Edge, names: Mapping[str, str], causes: Mapping[str, str], stands: Footing) -> dict[str, Any]:
    rivals = list(dict.fromkeys(causes[other] for other in edge.rivals))
    falls = [node for node in stands.falls(edge.id) if node != edge.effect]
    return {
        "id": edge.id,
        "cause": names[edge.cause],
        "effect": names[edge.effect],
        "cause_node": edge.cause,
        "effect_node": edge.effect,
        "kind": str(edge.kind),
        "denied": edge.denied,
        "hypothetical": edge.hypothetical,
        "origins": len(edge.origins),
        "backwards": edge.backwards,
        "cycle": edge.cycle,
        "rivals": _named(names, rivals[:TOLD]),
        "more_rivals": len(rivals[TOLD:]),
        "falls": _named(names, falls[:TOLD]),
        "more_falls": len(falls[TOLD:]),
        "sentences": len(edge.claims),
        "claims": [_claim(claim) for claim in edge.claims[:TOLD]],
    }


def _named(names: Mapping[str, str], nodes: Iterable[str]) -> list[dict[str, str]]:
    return [{"node": node, "label": names[node]} for node in nodes]


def _claim(claim: Claim) -> dict[str, Any]:
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
    }


def _nodes(graph: Dominoes) -> Iterator[tuple[Any, ...]]:
    for number, node in enumerate(graph.nodes):
        row = {
            "id": node.id,
            "label": node.label,
            "tellings": node.tellings,
            "joined": node.joined,
            "first": node.first,
            "last": node.last,
            "documents": len(node.documents),
        }
        events = f" {' '.join(node.events)} "
        words = readable("\n".join(node.tellings).casefold())
        yield (number, node.id, safe(node.label), len(node.documents), events, words, json.dumps(row))


class _Linked:
    """A case of which only the documents that say what led to what are seen, so that no other's text is read."""

    def __init__(self, case: CaseFile, reviewed: Reviewed) -> None:
        self.case, self.reviewed = case, reviewed

    def of(self, kind: Any, doc: str | None = None) -> Iterator[Any]:
        """The records of one type, those documents alone."""
        if kind is not Document:
            return self.reviewed.of(kind, doc)
        sql = "SELECT id FROM document WHERE superseded IS NULL AND id IN (SELECT doc FROM causal_link) ORDER BY id"
        return (self.reviewed.get(row[0]) for row in self.case.rows(sql))

    def get(self, id: str) -> Any:
        """The record with this id."""
        return self.reviewed.get(id)
