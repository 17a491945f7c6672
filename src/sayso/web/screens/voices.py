"""Voices: who is cited, how often as the origin and how often to pass on, who relays whom, and what rests on nobody."""

from __future__ import annotations

from typing import Any

from sayso.records import Actor
from sayso.rows import exact
from sayso.views.chains import NOBODY, NOBODY_LABEL, Standing
from sayso.web.pages import Missing
from sayso.web.screen import PAGE, Ask, Param, Screen, pages, plain
from sayso.web.screens.network import told_of
from sayso.web.screens.shared import listed, ruling

SHOW = ("all", "named", "unnamed")
_WHERE = {
    "all": "1",
    "named": f"standing = '{Standing.NAMED}'",
    "unnamed": f"(standing = '{Standing.ANONYMOUS}' OR voice = '{NOBODY}')",
}
PARTS = ("by", "about", "passed")
_STATEMENTS = {
    "by": "SELECT DISTINCT doc, statement FROM shown_heard WHERE voice = ? AND last = 1",
    "passed": "SELECT DISTINCT doc, statement FROM shown_heard WHERE voice = ? AND last = 0",
    "about": "SELECT DISTINCT doc, statement FROM shown_about WHERE voice = ?",
}


def rows(ask: Ask) -> dict[str, Any]:
    """All voices, most cited first, and what the case's statements rest on."""
    case, where = ask.shelf.case, _WHERE[ask["show"]]
    like = f"%{ask['q']}%"
    total = case.rows(f"SELECT count(*) FROM shown_voice WHERE {where} AND label LIKE ?", like)[0][0]
    cut = pages(total, ask["page"])
    sql = f"""SELECT voice, label, kind, standing, origin, relay, about, documents, publishers FROM shown_voice
              WHERE {where} AND label LIKE ? ORDER BY origin DESC, relay DESC, label, voice LIMIT ? OFFSET ?"""
    held = case.rows("SELECT coalesce(sum(attributed), 0), coalesce(sum(unnamed), 0) FROM shown_document")[0]
    return {
        "voices": [_voice(row) for row in case.rows(sql, like, cut.size, cut.skip)],
        "pages": cut,
        "attributed": held[0],
        "unnamed": held[1],
        "share": held[1] / held[0] if held[0] else None,
    }


def one(ask: Ask) -> dict[str, Any]:
    """One voice: all that it is said to have said, what is said of it, whom it relays and who relays it."""
    case, key = ask.shelf.case, ask["key"]
    sql = """SELECT voice, label, kind, standing, origin, relay, about, documents, publishers FROM shown_voice
             WHERE voice = ?"""
    found = case.rows(sql, key)
    voice = _voice(found[0] if found else _uncited(ask, key))
    counts = {part: case.rows(f"SELECT count(*) FROM ({sql})", key)[0][0] for part, sql in _STATEMENTS.items()}
    cut = pages(counts[ask["part"]], ask["page"], 25)
    page = f"{_STATEMENTS[ask['part']]} ORDER BY doc, statement LIMIT ? OFFSET ?"
    return {
        "heading": voice["label"] or NOBODY_LABEL,
        "voice": voice,
        "counts": counts,
        "statements": listed(ask.shelf, [row[1] for row in case.rows(page, key, cut.size, cut.skip)]),
        "pages": cut,
        "manners": [list(row) for row in case.rows(
            """SELECT manner, count(DISTINCT statement) FROM shown_heard WHERE voice = ? AND last = 1
               GROUP BY manner ORDER BY 2 DESC, 1""", key)],
        "relays": _edges(case, "a", "b", key),
        "relayed_by": _edges(case, "b", "a", key),
        "actor": _actor(ask, key),
        "told": told_of(ask, key) if key.startswith("actor-") else [],
        "like": _alike(ask, voice),
    }  # fmt: skip


def _uncited(ask: Ask, key: str) -> tuple[Any, ...]:
    """The row of an actor that nobody cites. Raises Missing where the key is none's."""
    actor = ask.shelf.reviewed.find(key) if key.startswith("actor-") else None
    if not isinstance(actor, Actor):
        raise Missing("Nobody of this name is cited in the case.")
    documents = {ask.shelf.case.get(id).spans[0].doc for id in actor.mentions}
    publishers = {one.publisher.value for one in map(ask.shelf.case.get, sorted(documents)) if one.publisher}
    about = ask.shelf.case.rows(f"SELECT count(*) FROM ({_STATEMENTS['about']})", key)[0][0]
    return (key, actor.name, str(actor.kind), "", 0, 0, about, len(documents), len(publishers))


def _voice(row: tuple[Any, ...]) -> dict[str, Any]:
    names = ("key", "label", "kind", "standing", "origin", "relay", "about", "documents", "publishers")
    told = {name: exact(cell) if isinstance(cell, str) else cell for name, cell in zip(names, row, strict=True)}
    return told | {"label": told["label"] or NOBODY_LABEL}


def _edges(case: Any, own: str, other: str, key: str) -> list[dict[str, Any]]:
    sql = f"""SELECT {other}, coalesce((SELECT label FROM shown_voice WHERE voice = {other}), {other}), statements,
              documents FROM shown_edge WHERE {own} = ? ORDER BY statements DESC, 1 LIMIT 30"""
    return [{"key": key, "label": exact(label).removeprefix("text:"), "statements": statements, "documents": documents}
            for key, label, statements, documents in case.rows(sql, key)]  # fmt: skip


def _actor(ask: Ask, key: str) -> dict[str, Any] | None:
    actor = ask.shelf.reviewed.find(key) if key.startswith("actor-") else None
    if not isinstance(actor, Actor):
        return None
    mentions = [one for one in map(ask.shelf.reviewed.find, actor.mentions[:200]) if one]
    reasons = {merge.right: plain(merge.why) for merge in actor.merges}
    return {
        "id": actor.id, "name": actor.name, "aliases": list(actor.aliases), "country": actor.country,
        "kind": str(actor.kind), "sectors": list(actor.sectors), "rule": actor.why.rule,
        "mentions": [{"id": one.id, "doc": one.spans[0].doc, "words": ask.shelf.case.quote(one.spans[0]),
                      "name": one.name, "why": reasons.get(one.id)} for one in mentions],
        "ruling": ruling(ask.shelf, actor.id),
    }  # fmt: skip


def _alike(ask: Ask, voice: dict[str, Any]) -> list[dict[str, Any]]:
    """Other voices that share a word of the name: what a person may want to put together."""
    last = voice["label"].split()[-1] if voice["label"] else ""
    if len(last) < 3 or not voice["key"].startswith("actor-"):
        return []
    sql = """SELECT voice, label FROM shown_voice WHERE voice LIKE 'actor-%' AND voice <> ? AND label LIKE ?
             ORDER BY origin DESC, label LIMIT 8"""
    found = ask.shelf.case.rows(sql, voice["key"], f"%{last}%")
    return [{"key": key, "label": exact(label)} for key, label in found]


SCREENS = (
    Screen("voices", "/voices", "Voices", rows, (
        Param("show", "which voices", "all", SHOW), Param("q", "part of a name"), PAGE)),
    Screen("voice", "/voice", "Voice", one, (
        Param("key", "under which it is counted"), Param("part", "which statements", "by", PARTS), PAGE)),
)  # fmt: skip
