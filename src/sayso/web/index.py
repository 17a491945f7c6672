"""The index of a case: derived tables for its lists and its search, made bit by bit and at hand after every change.

The tables lie in the case file, their names begin with `shown_`, and every one can be dropped: it is made again. What
has changed is read from the case's own table `changed`; what people said is obeyed, and a word on a record has its
document indexed anew. Documents are done in batches, so that a page, or a judgement, never waits for long.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sayso.judgements import Reviewed, Rulings
from sayso.judgements.anchors import words_of
from sayso.rows import readable, safe
from sayso.store import CaseFile
from sayso.web.index_rows import rows
from sayso.web.index_tables import BY_DOC, CLAIMS, SOURCES, SUMS, TABLES, VERSION

BATCH = 25  # documents in one transaction: about a quarter of a second


@dataclass(frozen=True, slots=True)
class Ready:
    """How far the index is: documents still to do, of how many in the case."""

    left: int
    total: int


def prepare(case: CaseFile) -> None:
    """Make the tables where they are not there, or were made by another version."""
    with case.transaction() as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'shown~_%' ESCAPE '~'")]
        if "shown_state" in names and _state(db, "version") == VERSION:
            return
        # A virtual table takes its own tables with it.
        for which in ("sql LIKE 'CREATE VIRTUAL%'", "1"):
            sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'shown~_%' ESCAPE '~' AND "
            for (name,) in db.execute(sql + which).fetchall():
                db.execute(f"DROP TABLE {name}")
        for sql in TABLES:
            db.execute(sql)
        db.executemany("INSERT INTO shown_state VALUES (?, ?)", [("version", VERSION), ("upto", 0), ("linked", -1)])


def ready(case: CaseFile) -> Ready:
    """How far the index is."""
    left = case.rows("SELECT count(*) FROM changed WHERE seq > (SELECT value FROM shown_state WHERE key = 'upto')")
    total = case.rows("SELECT count(*) FROM document WHERE superseded IS NULL") if left[0][0] else [(0,)]
    return Ready(int(left[0][0]), int(total[0][0]))


def advance(case: CaseFile, most: int = BATCH) -> bool:
    """Index the next documents that have changed; whether there were any."""
    sql = """SELECT seq, doc FROM changed WHERE seq > (SELECT value FROM shown_state WHERE key = 'upto')
             ORDER BY seq LIMIT ?"""
    waiting = case.rows(sql, most)
    if waiting:
        renew(case, [row[1] for row in waiting], upto=waiting[-1][0])
    return bool(waiting)


def renew(case: CaseFile, docs: Iterable[str], *, upto: int | None = None) -> None:
    """Index these documents anew, with what people said of what was found in them."""
    reviewed = Reviewed(case, Rulings(case))
    wanted = list(docs)
    found = {doc: list(rows(reviewed, doc)) for doc in wanted}
    with case.transaction() as db:
        touched = {table: _keys(db, table, key, wanted) for table, key, _ in SUMS}
        for doc in wanted:
            _replace(db, doc, found[doc])
        for table, key, sql in SUMS:
            _count(db, table, key, sql, touched[table] | _keys(db, table, key, wanted))
        if upto is not None:
            db.execute("UPDATE shown_state SET value = ? WHERE key = 'upto'", (upto,))


def gather(case: CaseFile) -> bool:
    """Count claims anew where linkers have said something since; whether they had."""
    sql = "SELECT coalesce(sum(upto), 0) + (SELECT count(*) FROM claim_cluster) FROM linker"
    now = case.rows(sql)[0][0]
    if now == case.rows("SELECT value FROM shown_state WHERE key = 'linked'")[0][0]:
        return False
    with case.transaction() as db:
        db.execute("DELETE FROM shown_claim")
        db.execute(CLAIMS)
        db.execute("UPDATE shown_state SET value = ? WHERE key = 'linked'", (now,))
    return True


def _state(db: sqlite3.Connection, key: str) -> int:
    row = db.execute("SELECT value FROM shown_state WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row else -1


def _keys(db: sqlite3.Connection, table: str, key: str, docs: list[str]) -> set[str]:
    sql = f"SELECT DISTINCT {key} FROM shown_{SOURCES[table]} WHERE doc IN (SELECT value FROM json_each(?))"
    found = {row[0] for row in db.execute(sql, (json.dumps(docs),))}
    if table == "voice":
        about = "SELECT DISTINCT voice FROM shown_about WHERE doc IN (SELECT value FROM json_each(?))"
        found |= {row[0] for row in db.execute(about, (json.dumps(docs),))}
    return found


def _count(db: sqlite3.Connection, table: str, key: str, sql: str, keys: set[str]) -> None:
    for value in sorted(keys):
        db.execute(f"DELETE FROM shown_{table} WHERE {key} = ?", (value,))
        db.execute(f"INSERT INTO shown_{table} {sql}", (value,))


def _replace(db: sqlite3.Connection, doc: str, found: list[tuple[str, tuple[Any, ...]]]) -> None:
    for id, kind in db.execute("SELECT id, kind FROM shown_text WHERE doc = ?", (doc,)).fetchall():
        db.execute(f"DELETE FROM shown_find_{kind} WHERE rowid = ?", (id,))
    for table in BY_DOC:
        db.execute(f"DELETE FROM shown_{table} WHERE doc = ?", (doc,))
    for table, values in found:
        if table == "words":
            kind, record, words = values
            at = db.execute(
                "INSERT INTO shown_text (doc, record, kind) VALUES (?, ?, ?)", (doc, record, kind)
            ).lastrowid
            db.execute(f"INSERT INTO shown_find_{kind} (rowid, words) VALUES (?, ?)", (at, readable(words)))
        else:
            cells = [safe(value) if isinstance(value, str) else value for value in (doc, *values)]
            db.execute(f"INSERT INTO shown_{table} VALUES ({', '.join('?' * len(cells))})", cells)


def docs_of(case: CaseFile, id: str) -> list[str]:
    """The documents whose lists a word on the record `id` changes."""
    record = case.find(id)
    if record is None:
        return []
    own = [record.doc] if hasattr(record, "doc") else [span.doc for span in words_of(record)[:1]]
    return own or _members(case, id)


def _members(case: CaseFile, id: str) -> list[str]:
    """The first documents of a record across documents; a case may have thousands of one."""
    found = case.rows("SELECT member FROM member WHERE record = ? AND member LIKE 'doc-%' LIMIT 200", id)
    return [row[0] for row in found]
