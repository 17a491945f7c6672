"""Dominoes: what is said to have led to what, by whom, in which words; no link without somebody who claims it."""

from __future__ import annotations

from typing import Any

from sayso.records import CausalKind, CausalLink, EventCluster
from sayso.views.chains import one_line
from sayso.web.screen import PAGE, Ask, Param, Screen, pages
from sayso.web.screens.shared import found, listed, ruling

KINDS = ("all", *CausalKind)


def rows(ask: Ask) -> dict[str, Any]:
    """The links of a page with their sentences; ends that are one happening have one node in the drawing."""
    case = ask.shelf.case
    where, values = ("1", ()) if ask["kind"] == "all" else ("kind = ?", (ask["kind"],))
    total = case.rows(f"SELECT count(*) FROM causal_link WHERE {where}", *values)[0][0]
    cut = pages(total, ask["page"], 40)
    sql = f"SELECT id FROM causal_link WHERE {where} ORDER BY doc, place, id LIMIT ? OFFSET ?"
    ids = [row[0] for row in case.rows(sql, *values, cut.size, cut.skip)]
    links = [one for one in found(ask.shelf.whole, ids) if isinstance(one, CausalLink)]
    cards = {card["id"]: card for card in listed(ask.shelf, [one.statement for one in links])}
    return {"links": [_link(ask, one, cards.get(one.statement)) for one in links], "total": total, "pages": cut}


def _link(ask: Ask, one: CausalLink, card: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "cause": _words(ask, one.cause),
        "effect": _words(ask, one.effect),
        "signal": _words(ask, one.signal),
        "cause_node": _node(ask, one.causes, one.cause),
        "effect_node": _node(ask, one.effects, one.effect),
        "kind": str(one.kind),
        "negated": one.negated,
        "hypothetical": one.hypothetical,
        "doc": one.doc,
        "card": card,
        "rule": one.why.rule,
        "note": one.why.note,
        "ruling": ruling(ask.shelf, one.id),
    }


def _words(ask: Ask, spans: Any) -> str:
    return " … ".join(one_line(ask.shelf.case.quote(span)) for span in spans)


def _node(ask: Ask, events: tuple[str, ...], spans: Any) -> str:
    """The happening that an end is, under which ends of several links are one; else its words."""
    for event in events:
        cluster = next(iter(ask.shelf.reviewed.about(EventCluster, event)), None)
        return cluster.id if cluster else event
    return _words(ask, spans).casefold()


SCREENS = (
    Screen("dominoes", "/dominoes", "Dominoes", rows, (Param("kind", "which links", "all", KINDS), PAGE)),
)  # fmt: skip
