"""The tables of the events linker: documents and events ready to be compared, and the likely pairs."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

import numpy as np

from sayso.link.events.cluster import Edge
from sayso.link.events.facts import Facts
from sayso.link.events.told import Floats, Text, Told

KEPT = 512  # documents in memory at a time
_TABLES = (
    "CREATE TABLE IF NOT EXISTS ix_events_text (doc TEXT PRIMARY KEY, day INTEGER, body TEXT, vectors BLOB)",
    "CREATE TABLE IF NOT EXISTS ix_events_told (id TEXT PRIMARY KEY, doc TEXT, body TEXT, facts TEXT, vectors BLOB)",
    "CREATE INDEX IF NOT EXISTS ix_events_told_doc ON ix_events_told (doc)",
    "CREATE TABLE IF NOT EXISTS ix_events_stem (stem TEXT, doc TEXT, PRIMARY KEY (stem, doc)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS ix_events_stem_doc ON ix_events_stem (doc)",
    "CREATE TABLE IF NOT EXISTS ix_events_edge (one TEXT, other TEXT, chance REAL, PRIMARY KEY (one, other))",
    "CREATE INDEX IF NOT EXISTS ix_events_edge_other ON ix_events_edge (other)",
    "CREATE TABLE IF NOT EXISTS ix_events_member (event TEXT PRIMARY KEY, cluster TEXT)",
)
_SETS = ("stems", "before", "after", "names", "numbers")
_BAGS = ("stems", "names", "numbers", "pairs")


class Shelf:
    """The index in the case file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.text = lru_cache(KEPT)(self._text)
        self.told = lru_cache(KEPT)(self._told)
        self.facts = lru_cache(32 * KEPT)(self._facts)
        for table in _TABLES:
            db.execute(table)

    def strike(self, docs: Iterable[str]) -> set[str]:
        """Take documents out; their events (ids), and those elsewhere that were tied to them."""
        touched = set[str]()
        for doc in sorted(docs):
            for (id,) in self.db.execute("SELECT id FROM ix_events_told WHERE doc = ?", (doc,)).fetchall():
                touched |= {id, *(end for edge in self.edges(id) for end in edge[1:])}
                self.db.execute("DELETE FROM ix_events_edge WHERE one = ? OR other = ?", (id, id))
            for table in ("told", "text", "stem"):
                self.db.execute(f"DELETE FROM ix_events_{table} WHERE doc = ?", (doc,))
        return touched

    def add(self, text: Text, day: int | None, rare: Iterable[str], found: Sequence[tuple[Told, Facts]]) -> None:
        """Put a document in, with the rare stems by which others find it."""
        body = json.dumps({name: dict(sorted(getattr(text, name).items())) for name in _BAGS}, ensure_ascii=False)
        self.db.execute("INSERT INTO ix_events_text VALUES (?, ?, ?, ?)", (text.doc, day, body, _blob(text.vectors)))
        self.db.executemany("INSERT INTO ix_events_stem VALUES (?, ?)", [(stem, text.doc) for stem in sorted(rare)])
        rows = [(t.id, t.doc, _body(t), facts.dumped(), _blob(t.vectors)) for t, facts in found]
        self.db.executemany("INSERT INTO ix_events_told VALUES (?, ?, ?, ?, ?)", rows)

    def beside(self, doc: str, least: int, days: int) -> list[str]:
        """Documents that share `least` rare stems or more and are not known to lie more than `days` apart."""
        sql = """SELECT o.doc FROM ix_events_stem s JOIN ix_events_stem o ON o.stem = s.stem AND o.doc != s.doc
                 JOIN ix_events_text a ON a.doc = s.doc JOIN ix_events_text b ON b.doc = o.doc
                 WHERE s.doc = ? AND (a.day IS NULL OR b.day IS NULL OR abs(a.day - b.day) <= ?)
                 GROUP BY o.doc HAVING count(*) >= ? ORDER BY o.doc"""
        return [row[0] for row in self.db.execute(sql, (doc, days, least))]

    def edges(self, id: str) -> list[Edge]:
        """The likely pairs that an event is in."""
        sql = "SELECT chance, one, other FROM ix_events_edge WHERE one = ? OR other = ?"
        return [(chance, one, other) for chance, one, other in self.db.execute(sql, (id, id))]

    def tie(self, found: Iterable[Edge]) -> None:
        """Keep likely pairs."""
        rows = [(one, other, chance) for chance, one, other in found]
        self.db.executemany("INSERT OR REPLACE INTO ix_events_edge VALUES (?, ?, ?)", rows)

    def _facts(self, id: str) -> tuple[str, Facts]:
        """The document and the facts of an event. Raises KeyError."""
        row = self.db.execute("SELECT doc, facts FROM ix_events_told WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        return row[0], Facts.loaded(row[1])

    def forget(self, ids: Iterable[str]) -> set[str]:
        """The clusters (ids) that events were in; they are in none from now on."""
        old = set[str]()
        for id in sorted(ids):
            old |= {row[0] for row in self.db.execute("SELECT cluster FROM ix_events_member WHERE event = ?", (id,))}
            self.db.execute("DELETE FROM ix_events_member WHERE event = ?", (id,))
        return old

    def _text(self, doc: str) -> Text:
        body, blob = self.db.execute("SELECT body, vectors FROM ix_events_text WHERE doc = ?", (doc,)).fetchone()
        bags = json.loads(body)
        held, names, numbers, pairs = (Counter[str](bags[name]) for name in _BAGS)
        return Text(doc, held, names, numbers, pairs, _vectors(blob, (-1, 384)))

    def _told(self, doc: str) -> tuple[Told, ...]:
        return tuple(self._read(doc))

    def _read(self, doc: str) -> Iterator[Told]:
        sql = "SELECT body, vectors FROM ix_events_told WHERE doc = ? ORDER BY id"
        for body, blob in self.db.execute(sql, (doc,)):
            plain: dict[str, Any] = json.loads(body)
            plain |= {name: frozenset(plain[name]) for name in _SETS}
            yield Told(**plain, vectors=_vectors(blob, (4, 384)))


def _body(one: Told) -> str:
    plain = {field.name: getattr(one, field.name) for field in fields(one) if field.name != "vectors"}
    return json.dumps(plain | {name: sorted(plain[name]) for name in _SETS}, ensure_ascii=False)


def _blob(vectors: Floats) -> bytes:
    return vectors.astype(np.float16).tobytes()


def _vectors(blob: bytes, shape: tuple[int, ...]) -> Floats:
    return np.frombuffer(blob, np.float16).reshape(shape).astype(np.float32)
