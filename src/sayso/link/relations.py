"""Relations: what actors are said to be to one another, the same in several statements as one edge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.records import (
    Actor,
    EventStatus,
    Manner,
    Relation,
    RelationKind,
    Stance,
    Statement,
    Tie,
    Why,
    make_id,
)

Key = tuple[str, str, str, str]  # subject, kind, object, status
_TABLES = (
    "CREATE TABLE IF NOT EXISTS ix_relations_tie (tie TEXT PRIMARY KEY, doc TEXT, statement TEXT, subject TEXT, "
    "kind TEXT, object TEXT, status TEXT)",
    "CREATE INDEX IF NOT EXISTS ix_relations_tie_doc ON ix_relations_tie (doc)",
    "CREATE INDEX IF NOT EXISTS ix_relations_tie_key ON ix_relations_tie (subject, object)",
)


def relations(case: LinkCase, changed: frozenset[str]) -> Iterable[Change]:
    """Who is said to be what to whom: one `Relation` for two actors, a kind and a status, with all that say so.

    The ties of the documents are joined by the actors that their mentions were taken for. What a source denies, or the
    writer rejects, is a relation of its own that is marked negated, beside the one that others assert; so is what is
    said to be over, planned or open. An actor's tie to itself is none. Blind spots: those of `ties` and of `actors`.
    """
    db = case.db
    for table in _TABLES:
        db.execute(table)
    keys = set[Key]()
    for doc in sorted(changed):
        keys |= set(db.execute("SELECT subject, kind, object, status FROM ix_relations_tie WHERE doc = ?", (doc,)))
        db.execute("DELETE FROM ix_relations_tie WHERE doc = ?", (doc,))
        keys |= _index(case, doc)
    for key in sorted(keys):
        yield _change(db, key)


def standing(tie: Tie, statement: Statement) -> EventStatus:
    """The status of a tie in the mouth of its chain: what a source denies or a voice rejects is said not to be so."""
    chain = () if tie.aside else statement.chain
    denied = any(hop.manner is Manner.DENIED or hop.stance is Stance.REJECTS for hop in chain)
    return EventStatus.NEGATED if denied and tie.status is EventStatus.HAPPENED else tie.status


def _index(case: LinkCase, doc: str) -> set[Key]:
    """Put the ties of a document in; the keys of their relations."""
    keys = set[Key]()
    for tie in case.of(Tie, doc):
        one, other = (_actor(case, id) for id in (tie.subject, tie.object))
        if one is None or other is None or one == other:
            continue
        if tie.kind is RelationKind.ALLIED_WITH:
            one, other = sorted((one, other))
        key = (one, str(tie.kind), other, str(standing(tie, case.get(tie.statement))))
        keys.add(key)
        row = (tie.id, doc, tie.statement, *key)
        case.db.execute("INSERT OR REPLACE INTO ix_relations_tie VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return keys


def _actor(case: LinkCase, mention: str) -> str | None:
    return next((actor.id for actor in case.about(Actor, mention) if mention in actor.mentions), None)


def _change(db: sqlite3.Connection, key: Key) -> Change:
    sql = (
        "SELECT DISTINCT doc, statement FROM ix_relations_tie "
        "WHERE subject = ? AND kind = ? AND object = ? AND status = ? ORDER BY doc, statement"
    )
    rows = db.execute(sql, key).fetchall()
    subject, kind, object, status = key
    id = make_id("relation", *key)
    if not rows:
        return Withdraw(id)
    docs = frozenset(doc for doc, _ in rows)
    note = f"{_many(len(rows), 'statement')} of {_many(len(docs), 'document')}"
    statements = tuple(statement for _, statement in rows)
    why = Why("relations", note=note)
    record = Relation(id, subject, RelationKind(kind), object, EventStatus(status), statements, why)
    return Add(record, docs)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" + "s" * (count != 1)
