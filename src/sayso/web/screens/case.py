"""Case: what is in it in one paragraph, its documents, and what could not be read."""

from __future__ import annotations

from typing import Any

from sayso.records import LINKED
from sayso.rows import exact
from sayso.store import TABLES
from sayso.views.dates import days
from sayso.web.screen import PAGE, Ask, Param, Screen, pages

ORDERS = {
    "published": "published = '', published, title, doc",
    "newest": "published DESC, title, doc",
    "title": "title, doc",
    "publisher": "publisher, published, doc",
    "statements": "statements DESC, title, doc",
    "unnamed": "unnamed DESC, title, doc",
}
PROBLEMS = 50


def rows(ask: Ask) -> dict[str, Any]:
    """What the case holds, its documents in the order asked for, and its problems."""
    case = ask.shelf.case
    counts = case.rows(
        """SELECT count(*), count(DISTINCT nullif(publisher, '')), coalesce(sum(statements), 0),
           coalesce(sum(attributed), 0), coalesce(sum(unnamed), 0) FROM shown_document"""
    )[0]
    dates = case.rows("SELECT min(published), max(published) FROM shown_document WHERE published <> ''")[0]
    cut = pages(counts[0], ask["page"])
    return {
        "holds": dict(zip(("documents", "publishers", "statements", "attributed", "unnamed"), counts, strict=True)),
        "voices": case.rows("SELECT count(*) FROM shown_voice")[0][0],
        "dates": days([day[:10] for day in dates if day]),
        "linked": {TABLES[kind]: case.count(kind) for kind in LINKED},
        "documents": _documents(ask, cut),
        "pages": cut,
        "problems": problems(case),
        "problem_count": case.rows("SELECT count(DISTINCT id) FROM problem")[0][0],
        "runs": runs(case),
        "judgements": case.rows("SELECT count(*) FROM judgement")[0][0],
    }


def _documents(ask: Ask, cut: Any) -> list[dict[str, Any]]:
    sql = f"""SELECT doc, title, publisher, published, format, statements, attributed, unnamed,
              (SELECT count(*) FROM problem WHERE problem.doc = shown_document.doc)
              FROM shown_document ORDER BY {ORDERS[ask["order"]]} LIMIT ? OFFSET ?"""
    names = ("id", "title", "publisher", "published", "format", "statements", "attributed", "unnamed", "problems")
    found = ask.shelf.case.rows(sql, cut.size, cut.skip)
    return [
        {name: exact(cell) if isinstance(cell, str) else cell for name, cell in zip(names, row, strict=True)}
        for row in found
    ]


def problems(case: Any) -> list[dict[str, str]]:
    """What could not be read or analysed, and what can be done about it."""
    sql = """SELECT problem.doc, stage, message, coalesce(shown_document.title, problem.doc), shown_document.doc, id
             FROM problem LEFT JOIN shown_document ON shown_document.doc = problem.doc
             GROUP BY id ORDER BY problem.doc, id LIMIT ?"""
    return [
        {"id": id, "name": exact(name), "stage": stage, "message": exact(message), "doc": doc or ""}
        for _, stage, message, name, doc, id in case.rows(sql, PROBLEMS)
    ]


def runs(case: Any) -> list[dict[str, Any]]:
    """The last runs that wrote the case."""
    sql = "SELECT started, outcome, documents, unchanged, problems, version FROM run ORDER BY id DESC LIMIT 5"
    names = ("started", "outcome", "documents", "unchanged", "problems", "version")
    return [dict(zip(names, row, strict=True)) for row in case.rows(sql)]


SCREENS = (
    Screen(
        "case", "/case", "Case", rows, (Param("order", "the order of the documents", "published", tuple(ORDERS)), PAGE)
    ),
)
