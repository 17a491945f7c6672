"""Network: who passes on whom, and who is said to be what to whom; every edge opens its statements."""

from __future__ import annotations

from typing import Any

from sayso.records import Actor, Relation
from sayso.rows import exact
from sayso.web.pages import Missing
from sayso.web.screen import PAGE, Ask, Param, Screen, pages
from sayso.web.screens.shared import found, listed, ruling

KINDS = ("cites", "relations")
DRAWN = 70  # edges of the drawing: more cannot be told apart


def rows(ask: Ask) -> dict[str, Any]:
    """The edges with most statements first, and as many as a drawing bears."""
    case = ask.shelf.case
    counts = {"cites": case.rows("SELECT count(*) FROM shown_edge")[0][0], "relations": case.count(Relation)}
    cut = pages(counts[ask["kind"]], ask["page"])
    edges = _cites if ask["kind"] == "cites" else _relations
    return {"edges": edges(ask, cut.size, cut.skip), "drawn": edges(ask, DRAWN, 0), "counts": counts, "pages": cut}


def edge(ask: Ask) -> dict[str, Any]:
    """The statements in which one voice passes on another, or of one relation."""
    case = ask.shelf.case
    if ask["relation"]:
        return _relation(ask)
    total = case.rows("SELECT count(DISTINCT statement) FROM shown_pass WHERE a = ? AND b = ?", ask["from"], ask["to"])
    if not total[0][0]:
        raise Missing("Nobody passes on anybody here.")
    cut = pages(total[0][0], ask["page"], 25)
    sql = (
        "SELECT DISTINCT doc, statement FROM shown_pass WHERE a = ? AND b = ? ORDER BY doc, statement LIMIT ? OFFSET ?"
    )
    ids = [row[1] for row in case.rows(sql, ask["from"], ask["to"], cut.size, cut.skip)]
    ends = [_label(case, ask[name]) for name in ("from", "to")]
    return {"heading": " cites ".join(ends), "ends": ends, "what": "cites", "statements": listed(ask.shelf, ids),
            "pages": cut, "record": None}  # fmt: skip


def _relation(ask: Ask) -> dict[str, Any]:
    one = ask.shelf.reviewed.find(ask["relation"])
    if not isinstance(one, Relation):
        raise Missing(f"{ask['relation']} is no relation.")
    cut = pages(len(one.statements), ask["page"], 25)
    ends = [_actor(ask, one.subject), _actor(ask, one.object)]
    what = str(one.kind).replace("_", " ")
    return {
        "heading": f"{ends[0]} {what} {ends[1]}",
        "ends": ends,
        "what": what,
        "statements": listed(ask.shelf, one.statements[cut.skip : cut.skip + cut.size]),
        "pages": cut,
        "record": {"id": one.id, "ruling": ruling(ask.shelf, one.id), "note": one.why.note, "rule": one.why.rule},
    }


def _cites(ask: Ask, most: int, skip: int) -> list[dict[str, Any]]:
    case = ask.shelf.case
    sql = """SELECT a, b, statements, documents FROM shown_edge ORDER BY statements DESC, a, b LIMIT ? OFFSET ?"""
    return [
        {"id": f"{a} {b}", "from": exact(a), "to": exact(b), "subject": _label(case, a), "object": _label(case, b),
         "what": "cites", "statements": statements, "documents": documents, "relation": ""}
        for a, b, statements, documents in case.rows(sql, most, skip)
    ]  # fmt: skip


def _relations(ask: Ask, most: int, skip: int) -> list[dict[str, Any]]:
    sql = "SELECT id FROM relation ORDER BY json_array_length(statements) DESC, id LIMIT ? OFFSET ?"
    records = found(ask.shelf.reviewed, [row[0] for row in ask.shelf.case.rows(sql, most, skip)])
    return [
        {"id": one.id, "from": one.subject, "to": one.object, "subject": _actor(ask, one.subject),
         "object": _actor(ask, one.object), "what": str(one.kind).replace("_", " "),
         "statements": len(one.statements), "documents": None, "relation": one.id}
        for one in records if not ask.shelf.reviewed.ruling(one.id).rejected
    ]  # fmt: skip


def _label(case: Any, key: str) -> str:
    if key.startswith("text:"):
        return exact(key.removeprefix("text:"))
    row = case.rows("SELECT label FROM shown_voice WHERE voice = ?", key)
    return exact(row[0][0]) if row else exact(key)


def _actor(ask: Ask, id: str) -> str:
    actor = ask.shelf.reviewed.find(id)
    return actor.name if isinstance(actor, Actor) else id


SCREENS = (
    Screen("network", "/network", "Network", rows, (
        Param("kind", "who cites whom, or what actors are said to be to one another", "cites", KINDS), PAGE)),
    Screen("edge", "/edge", "Edge", edge, (
        Param("from", "who cites"), Param("to", "who is cited"), Param("relation", "or a relation's id"), PAGE)),
)  # fmt: skip
