"""Network: who passes on whom, and who is said to be what to whom; every edge opens its statements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sayso.records import Actor, Relation
from sayso.rows import exact
from sayso.views.chains import spoken
from sayso.views.dates import interval
from sayso.views.network import MARKS, Saying, edges
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
    found = _cites if ask["kind"] == "cites" else _relations
    return {"edges": found(ask, cut.size, cut.skip), "drawn": found(ask, DRAWN, 0), "counts": counts, "pages": cut}


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
    return {"heading": " cites ".join(ends), "ends": ends, "keys": [ask["from"], ask["to"]], "what": "cites",
            "statements": listed(ask.shelf, ids), "pages": cut, "mark": "", "beside": [], "sayings": [],
            "record": None}  # fmt: skip


def _relation(ask: Ask) -> dict[str, Any]:
    one = ask.shelf.reviewed.find(ask["relation"])
    if not isinstance(one, Relation):
        raise Missing(f"{ask['relation']} is no relation.")
    cut = pages(len(one.statements), ask["page"], 25)
    some = one.statements[cut.skip : cut.skip + cut.size]
    (row,) = edges(ask.shelf.case, [replace(one, statements=some)])
    return {
        "heading": row.line,
        "ends": [row.subject_name, row.object_name],
        "keys": [row.subject, row.object],
        "what": row.what,
        "mark": row.mark,
        "beside": [_told(ask, other) for other in _beside(ask, one)],
        "sayings": [_saying(said) for said in row.sayings],
        "statements": listed(ask.shelf, some),
        "pages": cut,
        "record": {"id": one.id, "ruling": ruling(ask.shelf, one.id), "note": one.why.note, "rule": one.why.rule},
    }


def _beside(ask: Ask, one: Relation) -> list[Relation]:
    """The same between the same two under another mark: what is denied beside what is asserted."""
    others = (other for other in ask.shelf.case.about(Relation, one.subject) if other.id != one.id)
    ends = {one.subject, one.object}
    return [other for other in others if other.kind is one.kind and {other.subject, other.object} == ends]


def told_of(ask: Ask, actor: str) -> list[dict[str, Any]]:
    """What an actor is said to be to others, and they to it, those that most statements say first."""
    found = sorted(ask.shelf.case.about(Relation, actor), key=lambda one: (-len(one.statements), one.id))
    kept = (one for one in found if not ask.shelf.reviewed.ruling(one.id).rejected)
    return [_told(ask, one) for one in kept]


def _told(ask: Ask, one: Relation) -> dict[str, Any]:
    return {"relation": one.id, "from": one.subject, "to": one.object, "subject": _actor(ask, one.subject),
            "object": _actor(ask, one.object), "what": spoken(str(one.kind)), "mark": MARKS.get(one.status, ""),
            "statements": len(one.statements)}  # fmt: skip


def _saying(one: Saying) -> dict[str, Any]:
    since = [interval(first, last) for first, last in one.since]
    return {"statement": one.statement, "words": one.words, "chain": one.chain, "doc": one.document, "title": one.title,
            "published": one.published, "since": since}  # fmt: skip


def _cites(ask: Ask, most: int, skip: int) -> list[dict[str, Any]]:
    case = ask.shelf.case
    sql = """SELECT a, b, statements, documents FROM shown_edge ORDER BY statements DESC, a, b LIMIT ? OFFSET ?"""
    return [
        {"id": f"{a} {b}", "from": exact(a), "to": exact(b), "subject": _label(case, a), "object": _label(case, b),
         "what": "cites", "mark": "", "statements": statements, "documents": documents, "relation": ""}
        for a, b, statements, documents in case.rows(sql, most, skip)
    ]  # fmt: skip


def _relations(ask: Ask, most: int, skip: int) -> list[dict[str, Any]]:
    sql = "SELECT id FROM relation ORDER BY json_array_length(statements) DESC, id LIMIT ? OFFSET ?"
    records = found(ask.shelf.reviewed, [row[0] for row in ask.shelf.case.rows(sql, most, skip)])
    return [
        {"id": one.id, "documents": None, **_told(ask, one)}
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
