"""Search: words in texts, statements and names, the best first."""

from __future__ import annotations

import re
from typing import Any

from sayso.rows import exact
from sayso.web.screen import PAGE, Ask, Param, Screen, pages
from sayso.web.screens.shared import listed

IN = ("statements", "texts", "actors")
_KINDS = {"statements": "statement", "texts": "document", "actors": "actor"}
MOST = 1_000  # hits that are counted and ranked
_WORD = re.compile(r"\w+", re.UNICODE)
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
OPEN, CLOSE = "\x02", "\x03"  # around the words found: no text that was read holds them
_SNIPPET = f"snippet({{}}, 0, '{OPEN}', '{CLOSE}', ' … ', 24)"


def rows(ask: Ask) -> dict[str, Any]:
    """Where all the words asked for stand together; "several words" in marks stand as they are."""
    query = expression(ask["q"])
    if not query:
        return {"hits": [], "total": 0, "more": False, "pages": pages(0, 1), "counts": dict.fromkeys(IN, 0)}
    case = ask.shelf.case
    counts = {name: _count(case, query, kind) for name, kind in _KINDS.items()}
    total = counts[ask["in"]]
    cut = pages(min(total, MOST), ask["page"], 30)
    found = _found(case, query, _KINDS[ask["in"]], cut)
    return {"hits": _hits(ask, found), "total": total, "more": total >= MOST, "pages": cut, "counts": counts}


def expression(asked: str) -> str:
    """What FTS5 is asked: every word of it in marks, so that nothing a person types is taken for a command."""
    pieces = [_WORD.findall(phrase or word) for phrase, word in _PIECE.findall(asked)]
    words = [" ".join(piece) for piece in pieces if piece][:24]
    return " ".join(f'"{piece}"' for piece in words)


def _count(case: Any, query: str, kind: str) -> int:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM shown_find_{kind} WHERE shown_find_{kind} MATCH ? LIMIT {MOST})"
    return int(case.rows(sql, query)[0][0])


def _found(case: Any, query: str, kind: str, cut: Any) -> list[tuple[Any, ...]]:
    table = f"shown_find_{kind}"
    # To rank, every place must be weighed: where there are too many, they come in the order of the documents.
    order = "rank" if cut.total < MOST else "rowid"
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY {order} LIMIT ? OFFSET ?"
    told = f"""SELECT record, doc, {"''" if kind == "statement" else _SNIPPET.format(table)} FROM {table}
               JOIN shown_text ON shown_text.id = {table}.rowid WHERE {table} MATCH ? AND {table}.rowid = ?"""
    return [row for (id,) in case.rows(sql, query, cut.size, cut.skip) for row in case.rows(told, query, id)]


def _hits(ask: Ask, found: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    cards = {card["id"]: card for card in listed(ask.shelf, [row[0] for row in found])} if ask["in"] == IN[0] else {}
    return [
        {"record": record, "doc": doc, "pieces": pieces(snippet), "card": cards.get(record), **_home(ask, doc)}
        for record, doc, snippet in found
    ]


def pieces(snippet: str) -> list[dict[str, Any]]:
    """A snippet as runs of text, those that were asked for marked."""
    runs = re.split(f"({OPEN}[^{CLOSE}]*{CLOSE})", snippet)
    return [{"text": run.strip(OPEN + CLOSE), "found": run.startswith(OPEN)} for run in runs if run]


def _home(ask: Ask, doc: str) -> dict[str, str]:
    row = ask.shelf.case.rows("SELECT title, publisher, published FROM shown_document WHERE doc = ?", doc)
    title, publisher, published = row[0] if row else ("", "", "")
    return {"title": exact(title), "publisher": exact(publisher), "published": exact(published)}


SCREENS = (
    Screen("search", "/search", "Search", rows, (
        Param("q", "the words to find; \"several words\" as they stand"), Param("in", "where", "statements", IN), PAGE,
    )),
)  # fmt: skip
