"""The tables of the claims linker: statements ready to be compared with their vectors, and what came of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.link.claims.cluster import Edge
from sayso.link.claims.slots import Said
from sayso.records import from_plain, to_plain

KEPT = 65_536  # statements in memory at a time, without vectors
Floats = npt.NDArray[np.float32]
HELD, NEW = 8_192, 1_024  # statements whose vectors are in memory at a time: those compared with, those compared
_TABLES = (
    "CREATE TABLE IF NOT EXISTS ix_claims_said (id TEXT PRIMARY KEY, doc TEXT, body TEXT, words BLOB, frame BLOB)",
    "CREATE INDEX IF NOT EXISTS ix_claims_said_doc ON ix_claims_said (doc)",
    "CREATE TABLE IF NOT EXISTS ix_claims_doc (doc TEXT PRIMARY KEY, title BLOB, total BLOB)",
    "CREATE TABLE IF NOT EXISTS ix_claims_edge (one TEXT, other TEXT, place REAL, PRIMARY KEY (one, other))",
    "CREATE INDEX IF NOT EXISTS ix_claims_edge_other ON ix_claims_edge (other)",
    "CREATE TABLE IF NOT EXISTS ix_claims_against (one TEXT, other TEXT, place REAL, record TEXT, body TEXT, "
    "PRIMARY KEY (one, other))",
    "CREATE INDEX IF NOT EXISTS ix_claims_against_other ON ix_claims_against (other)",
    "CREATE TABLE IF NOT EXISTS ix_claims_member (statement TEXT PRIMARY KEY, claim TEXT)",
    "CREATE INDEX IF NOT EXISTS ix_claims_member_claim ON ix_claims_member (claim)",
)


@dataclass(frozen=True, slots=True)
class Block:
    """Statements (ids) with their vectors, and those of their documents: [N, 384] each.

    `totals` are sums over all statements of a document, its own vector not yet taken out.
    """

    ids: tuple[str, ...]
    words: Floats
    frames: Floats
    titles: Floats
    totals: Floats


class Shelf:
    """The index in the case file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.said = lru_cache(KEPT)(self._said)
        for table in _TABLES:
            db.execute(table)

    def strike(self, docs: Iterable[str]) -> set[str]:
        """Take documents out; the statements (ids) elsewhere that were tied to theirs, and their own."""
        touched = set[str]()
        for doc in sorted(docs):
            ids = [id for (id,) in self.db.execute("SELECT id FROM ix_claims_said WHERE doc = ?", (doc,))]
            for id in ids:
                touched |= {id, *self.tied(id)}
                for table in ("edge", "against"):
                    self.db.execute(f"DELETE FROM ix_claims_{table} WHERE one = ? OR other = ?", (id, id))
            self.db.execute("DELETE FROM ix_claims_said WHERE doc = ?", (doc,))
            self.db.execute("DELETE FROM ix_claims_doc WHERE doc = ?", (doc,))
        return touched

    def tied(self, id: str) -> set[str]:
        """The statements that a statement has an edge or a contradiction with."""
        found = set[str]()
        for table in ("edge", "against"):
            found |= {row[0] for row in self.db.execute(f"SELECT other FROM ix_claims_{table} WHERE one = ?", (id,))}
            found |= {row[0] for row in self.db.execute(f"SELECT one FROM ix_claims_{table} WHERE other = ?", (id,))}
        return found

    def add(self, doc: str, title: Floats, said: Sequence[Said], words: Floats, frames: Floats) -> None:
        """Put a document in: the vector of its title, and its statements with the vectors of theirs, [N, 384] each."""
        total = words.sum(axis=0, dtype=np.float32)
        self.db.execute("INSERT INTO ix_claims_doc VALUES (?, ?, ?)", (doc, title.tobytes(), total.tobytes()))
        rows = [(one.id, doc, _body(one), words[n].tobytes(), frames[n].tobytes()) for n, one in enumerate(said)]
        self.db.executemany("INSERT INTO ix_claims_said VALUES (?, ?, ?, ?, ?)", rows)

    def blocks(self, docs: Iterable[str] | None = None) -> Iterator[Block]:
        """All statements in order of their ids, block by block, or those of some documents, document by document."""
        sql = (
            "SELECT s.id, s.words, s.frame, d.title, d.total FROM ix_claims_said s "
            "JOIN ix_claims_doc d ON d.doc = s.doc"
        )
        if docs is None:
            return _blocks(self.db.execute(f"{sql} ORDER BY s.id"), HELD)
        each = (self.db.execute(f"{sql} WHERE s.doc = ? ORDER BY s.id", (doc,)) for doc in sorted(docs))
        return _blocks(chain.from_iterable(each), NEW)

    def _said(self, id: str) -> Said:
        """A statement on the shelf. Raises KeyError."""
        row = self.db.execute("SELECT body FROM ix_claims_said WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        return _said(row[0])

    def edges(self, id: str) -> list[Edge]:
        """The edges of a statement."""
        sql = "SELECT place, one, other FROM ix_claims_edge WHERE one = ? OR other = ?"
        return [Edge(*row) for row in self.db.execute(sql, (id, id))]


def _blocks(rows: Iterable[tuple[Any, ...]], size: int) -> Iterator[Block]:
    waiting = iter(rows)
    while held := list(islice(waiting, size)):
        ids, *vectors = zip(*held, strict=True)
        yield Block(ids, *(np.frombuffer(b"".join(one), np.float32).reshape(len(ids), -1) for one in vectors))


def _body(one: Said) -> str:
    return json.dumps(to_plain(one) | {"stems": sorted(one.stems), "names": sorted(one.names)}, ensure_ascii=False)


def _said(body: str) -> Said:
    made: Said = from_plain(Said, json.loads(body))
    return replace(made, stems=frozenset(made.stems), names=frozenset(made.names))
