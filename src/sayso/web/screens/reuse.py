"""Reuse: which text has words from which, and the two side by side with the runs they share."""

from __future__ import annotations

from typing import Any

from sayso.records import ReuseLink
from sayso.views.reuse import aligned, reuse_rows
from sayso.web.pages import Missing
from sayso.web.screen import PAGE, Ask, Param, Screen, pages, plain
from sayso.web.screens.shared import Part, found, ruling

SHOW = ("all", "uncredited", "directed")
_WHERE = {"all": "1", "uncredited": "NOT credited", "directed": "direction <> 'unknown'"}


def rows(ask: Ask) -> dict[str, Any]:
    """Links between texts, those with most shared runs first."""
    case, where = ask.shelf.case, _WHERE[ask["show"]]
    counts = {show: case.rows(f"SELECT count(*) FROM reuse_link WHERE {sql}")[0][0] for show, sql in _WHERE.items()}
    cut = pages(counts[ask["show"]], ask["page"])
    sql = f"""SELECT id FROM reuse_link WHERE {where} ORDER BY json_array_length(passages) DESC, id LIMIT ? OFFSET ?"""
    links = found(ask.shelf.reviewed, [row[0] for row in case.rows(sql, cut.size, cut.skip)])
    links = [one for one in links if not ask.shelf.reviewed.ruling(one.id).rejected]
    return {"links": plain(reuse_rows(Part(ask.shelf.reviewed, {ReuseLink: links}))), "counts": counts, "pages": cut}


def one(ask: Ask) -> dict[str, Any]:
    """Two texts aligned, with the direction and its reasons, and what the later one left out."""
    link = ask.shelf.whole.find(ask["id"])
    if not isinstance(link, ReuseLink):
        raise Missing(f"{ask['id']} is no reuse of text.")
    return {
        "heading": "Two texts",
        "link": {"id": link.id, "kind": str(link.kind), "direction": str(link.direction), "rule": link.why.rule},
        "aligned": plain(aligned(ask.shelf.whole, link)),
        "ruling": ruling(ask.shelf, link.id),
    }


SCREENS = (
    Screen("reuse", "/reuse", "Reuse", rows, (Param("show", "which links", "all", SHOW), PAGE)),
    Screen("pair", "/reuse/{id}", "Two texts", one),
)
