"""Writing a case: one transaction a document, so that a run killed at any moment loses nothing acknowledged.

`seen` says which item was met at which place, by which run and with which bytes, and by which version of
the program it was read to its end ("" not yet); `seen_document` which documents came from there, so that
a changed item replaces its old ones.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.ingest.blocks import Item
from sayso.records import FOUND, Document, Judgement, Problem, Statement, StatementVectors, spans_of
from sayso.rows import columns, safe, to_row
from sayso.store import TABLES, CaseFile

# What belongs to a record in tables of its own: the table, the column that names the record, the field.
_CHILDREN: dict[type, tuple[tuple[str, str, str], ...]] = {
    Document: (("author", "doc", "authors"), ("part", "doc", "parts"), ("link", "doc", "links")),
    Statement: (("hop", "statement", "chain"),),
}
CALL = "call"  # in place of a location: a problem of the last call itself, such as a PATH that names nothing


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item came from and who reads it: its place, its bytes with what was given, the run's version."""

    location: str
    fingerprint: str
    version: str
    run: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row to write: its table, its columns, its values."""

    table: str
    names: tuple[str, ...]
    cells: list[Any]


def met(case: CaseFile, location: str, run: int) -> str | None:
    """The fingerprint of the item that this run has already met at a place."""
    rows = case.rows("SELECT fingerprint FROM seen WHERE location = ? AND run = ?", safe(location), run)
    return str(rows[0][0]) if rows else None


def meet(case: CaseFile, origin: Origin) -> bool:
    """Note that this run has met an item; whether this very item was read to its end by this version before.

    One that could not be read whole is read again: a higher limit or a mended installation may help.
    """
    place = safe(origin.location)
    with case.transaction() as db:
        sql = """UPDATE seen SET run = ? WHERE location = ? AND fingerprint = ? AND version = ?
                 AND NOT EXISTS (SELECT 1 FROM problem WHERE problem.location = seen.location)"""
        if db.execute(sql, (origin.run, place, origin.fingerprint, origin.version)).rowcount:
            return True
        db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, '', ?)", (place, origin.fingerprint, origin.run))
        return False


def is_filed(case: CaseFile, document: Document, origin: Origin) -> bool:
    """Whether the case already holds this document, analysed by this version.

    The same bytes under the same address may lie in two places and be read with other metadata; then the
    document with the first name stands, whichever was read first.
    """
    sql = "SELECT 1 FROM document WHERE id = ? AND version = ? AND superseded IS NULL"
    if not case.rows(sql, document.id, origin.version):
        return False
    stored = case.get(document.id)
    if stored == document:
        return True
    elsewhere = "SELECT 1 FROM seen_document WHERE doc = ? AND location <> ?"
    return stored.name <= document.name and bool(case.rows(elsewhere, document.id, safe(origin.location)))


def file_item(case: CaseFile, item: Item, records: Iterable[Any], origin: Origin) -> None:
    """Write a document with its bytes and all that was found in it, replacing what it held before.

    Records of types that a case does not keep (what detectors tell one another) are passed over.
    """
    given = list(records)
    kept = {record.id: record for record in given if type(record) in (*FOUND, Problem)}
    found = [kept[id] for id in sorted(kept)]
    with case.transaction() as db:
        if not is_filed(case, item.document, origin):
            _write_document(db, item, found, origin)
            for one in given:
                if isinstance(one, StatementVectors):
                    write_vectors(db, one)
        _attach(db, item.document.id, origin)


def attach(case: CaseFile, document: Document, origin: Origin) -> None:
    """Note that a document already filed also came from here."""
    with case.transaction() as db:
        _attach(db, document.id, origin)


def finish(case: CaseFile, docs: Iterable[str], problems: Sequence[Problem], origin: Origin) -> None:
    """Note that an item was read to its end: its problems, and that its former documents are superseded."""
    place, held = safe(origin.location), set(docs)
    with case.transaction() as db:
        db.execute("DELETE FROM problem WHERE location = ?", (place,))
        for problem in problems:
            _write_problem(db, problem, place, origin.run)
        before = db.execute("SELECT doc FROM seen_document WHERE location = ?", (place,)).fetchall()
        for doc in sorted({row[0] for row in before} - held):
            _leave(db, doc, place)
        row = (place, origin.fingerprint, origin.version, origin.run)
        db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", row)


def note_problem(case: CaseFile, problem: Problem, run: int, *, place: str = "") -> None:
    """Write a problem of an item that could not even be handed to a reader."""
    with case.transaction() as db:
        _write_problem(db, problem, place, run)


def clear_problems(case: CaseFile, name: str, run: int) -> None:
    """Forget what earlier runs noted about the item of this name: it has been found now.

    `name` may be a member: then the archives that hold it were opened too.
    """
    names = [name] + [name[:at] for at in range(len(name)) if name[at] == "!"]
    sql = "SELECT id FROM problem WHERE location = '' AND doc = ? AND run < ?"
    for stale in names:
        if case.rows(sql, safe(stale), run):
            with case.transaction() as db:
                db.execute(sql.replace("SELECT id", "DELETE"), (safe(stale), run))


def problems_at(case: CaseFile, location: str) -> int:
    """How many problems stand against the item at a place and its documents."""
    sql = """SELECT count(DISTINCT id) FROM problem WHERE location = ?1
             OR doc IN (SELECT doc FROM seen_document WHERE location = ?1)"""
    return int(case.rows(sql, safe(location))[0][0])


def write_judgement(case: CaseFile, judgement: Judgement) -> None:
    """Append a person's word."""
    with case.transaction() as db:
        db.execute(_sql("judgement", columns(Judgement)), to_row(judgement, judgement.id))


def begin_run(case: CaseFile, started: str, version: str) -> int:
    """Open a row for a run; its number. The problems of the call before are over."""
    names = ("started", "outcome", "version", "documents", "unchanged", "problems")
    with case.transaction() as db:
        db.execute("DELETE FROM problem WHERE location = ?", (CALL,))
        return int(db.execute(_sql("run", names), (started, "stopped", version, 0, 0, 0)).lastrowid or 0)


def end_run(case: CaseFile, run: int, ended: str, outcome: str, counts: tuple[int, int, int]) -> None:
    """Close the row of a run; counts are documents written, items unchanged, problems."""
    sql = "UPDATE run SET ended = ?, outcome = ?, documents = ?, unchanged = ?, problems = ? WHERE id = ?"
    with case.transaction() as db:
        db.execute(sql, (ended, outcome, *counts, run))


def digest(document: Document, records: Iterable[Any]) -> str:
    """A hash over the rows of a document and what was found in it, to tell when another hand changed one."""
    found = sorted(records, key=lambda record: record.id)
    return _hash(row for record in (document, *found) for row in rows_of(record, document.id))


def _write_document(db: sqlite3.Connection, item: Item, found: list[Any], origin: Origin) -> None:
    doc = item.document.id
    packed = zlib.compress(item.data, 6)
    db.execute("INSERT OR IGNORE INTO raw VALUES (?, ?, ?)", (item.document.raw, len(item.data), packed))
    own, *belonging = rows_of(item.document, doc)
    belonging += [row for record in found for row in rows_of(record, doc)]
    names = (*own.names, "version", "digest", "superseded")
    # An upsert, not a replace: a replace would delete the row and all that hangs on it in other places.
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
    upsert = f"{_sql('document', names)} ON CONFLICT (id) DO UPDATE SET {updates}"
    db.execute(upsert, [*own.cells, origin.version, _hash([own, *belonging]), None])
    for table in ("author", "part", "link"):
        db.execute(f"DELETE FROM {table} WHERE doc = ?", (doc,))
    _clear(db, doc)
    for row in belonging:
        if row.table == "problem":
            row = Row(row.table, (*row.names, "location", "run"), [*row.cells, "", origin.run])
        insert(db, row)


def rows_of(record: Any, doc: str) -> Iterator[Row]:
    """The row of a record and those of what belongs to it."""
    kind: Any = type(record)
    extra: dict[str, Any] = {}
    if kind in FOUND:
        # Some records say their document in their spans only.
        extra = {} if "doc" in columns(kind) else {"doc": doc}
        extra["place"] = min(span.start for span in spans_of(record))
    yield Row(TABLES[kind], (*extra, *columns(kind)), [*extra.values(), *to_row(record, doc)])
    for table, owner, field in _CHILDREN.get(kind, ()):
        for position, child in enumerate(getattr(record, field)):
            names = (owner, "position", *columns(type(child)))
            yield Row(table, names, [record.id, position, *to_row(child, doc)])


def _hash(rows: Iterable[Row]) -> str:
    # repr of str, int, float, bytes and None is the same in every Python from 3.11 on; rows hold nothing else.
    return hashlib.sha256(repr([(row.table, row.cells) for row in rows]).encode()).hexdigest()


def _write_problem(db: sqlite3.Connection, problem: Problem, place: str, run: int) -> None:
    names = (*columns(Problem), "location", "run")
    insert(db, Row("problem", names, [*to_row(problem, problem.doc), place, run]))


def write_vectors(db: sqlite3.Connection, one: StatementVectors) -> None:
    """Write what is compared of a document.

    Not among the records that a document's digest covers: it can be made again, and differs between CPUs.
    """
    packed = [b64decode(part) for part in (one.marks, one.words, one.frames, one.slots)]
    names = ("doc", "version", "day", "published", "marks", "words", "frames", "slots")
    insert(db, Row("statement_vectors", names, [one.doc, one.version, one.day, safe(one.published), *packed]))


def _attach(db: sqlite3.Connection, doc: str, origin: Origin) -> None:
    db.execute("INSERT OR IGNORE INTO seen_document VALUES (?, ?)", (safe(origin.location), doc))


def _leave(db: sqlite3.Connection, doc: str, place: str) -> None:
    """A document is no longer at a place; where it is at no other either, it is superseded."""
    db.execute("DELETE FROM seen_document WHERE location = ? AND doc = ?", (place, doc))
    if not db.execute("SELECT 1 FROM seen_document WHERE doc = ?", (doc,)).fetchone():
        db.execute("UPDATE document SET superseded = ?, version = NULL WHERE id = ?", (place, doc))
        _clear(db, doc)


def _clear(db: sqlite3.Connection, doc: str) -> None:
    """Forget what was found in a document."""
    for kind in FOUND:
        db.execute(f"DELETE FROM {TABLES[kind]} WHERE doc = ?", (doc,))
    db.execute("DELETE FROM statement_vectors WHERE doc = ?", (doc,))
    db.execute("INSERT OR REPLACE INTO changed (doc) VALUES (?)", (doc,))
    db.execute("DELETE FROM problem WHERE doc = ? AND location = ''", (doc,))


def insert(db: sqlite3.Connection, row: Row) -> None:
    """Write a row in place of one with the same key."""
    db.execute(_sql(row.table, row.names).replace("INSERT", "INSERT OR REPLACE", 1), row.cells)


@cache
def _sql(table: str, names: tuple[str, ...]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})"
