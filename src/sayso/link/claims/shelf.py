"""The tables of the claims linker: which statements a case holds, what came of comparing them, and what is stock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from sayso.link.change import LinkCase
from sayso.link.claims.basis import MARKS, Basis, Encode, basis_version, compared, direction, mood, unpacked
from sayso.link.claims.decide import LASTING
from sayso.link.claims.slots import Said
from sayso.records import Contradiction, Document, Statement, When, to_plain

KEPT = 8_192  # documents whose statements are in memory at a time
# A statement is known by a number: that of its document, shifted, and its place among the document's statements.
SHIFT = 20
FEW = 2_048  # documents read at a time
STOCK = 50  # documents with a sentence of the same words and numbers, over more than LASTING days: nobody's claim
Tie = tuple[int, int, float]  # two statements that say the same; the surest have the least last number
_TABLES = (
    "CREATE TABLE IF NOT EXISTS ix_claims_doc (n INTEGER PRIMARY KEY AUTOINCREMENT, doc TEXT UNIQUE, day INTEGER, "
    "size INTEGER, keys BLOB, total BLOB)",
    "CREATE INDEX IF NOT EXISTS ix_claims_doc_day ON ix_claims_doc (day, n, size)",
    "CREATE TABLE IF NOT EXISTS ix_claims_key (key INTEGER, n INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS ix_claims_stock (key INTEGER PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS ix_claims_edge (one INTEGER, other INTEGER, place REAL, PRIMARY KEY (one, other)) "
    "WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS ix_claims_edge_other ON ix_claims_edge (other)",
    "CREATE TABLE IF NOT EXISTS ix_claims_against (one TEXT, other TEXT, place REAL, record TEXT, body TEXT, "
    "one_doc TEXT, other_doc TEXT, PRIMARY KEY (one, other))",
    "CREATE INDEX IF NOT EXISTS ix_claims_against_other ON ix_claims_against (other)",
    "CREATE INDEX IF NOT EXISTS ix_claims_against_one_doc ON ix_claims_against (one_doc)",
    "CREATE INDEX IF NOT EXISTS ix_claims_against_other_doc ON ix_claims_against (other_doc)",
    "CREATE TABLE IF NOT EXISTS ix_claims_member (statement INTEGER PRIMARY KEY, id TEXT UNIQUE, claim TEXT)",
    "CREATE TABLE IF NOT EXISTS ix_claims_shown (record TEXT PRIMARY KEY, one TEXT, other TEXT)",
    "CREATE INDEX IF NOT EXISTS ix_claims_shown_one ON ix_claims_shown (one)",
    "CREATE INDEX IF NOT EXISTS ix_claims_shown_other ON ix_claims_shown (other)",
    "CREATE TABLE IF NOT EXISTS ix_claims_way (celled INTEGER)",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A document on the shelf: its number, its id, its ordinal day (0 unknown), how many statements it has."""

    n: int
    doc: str
    day: int
    size: int


@dataclass(slots=True)
class Touched:
    """Statements whose claims are to be made anew (numbers), and those whose contradictions are (ids)."""

    numbers: set[int] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)


class Shelf:
    """The index in the case file. Statements are numbers here; `said` gives what stands behind one."""

    def __init__(self, case: LinkCase, encode: Encode) -> None:
        self.case, self.db, self.encode = case, case.db, encode
        self.basis = lru_cache(KEPT)(self._basis)
        for table in _TABLES:
            self.db.execute(table)

    def strike(self, docs: Iterable[str]) -> tuple[Touched, set[int]]:
        """Take documents out: what was tied to their statements, with these, and the keys of these."""
        touched, keys = Touched(), set[int]()
        for doc in sorted(docs):
            for end in ("one_doc", "other_doc"):
                touched.ids |= self._part(end, doc)
            row = self.db.execute("SELECT n, keys FROM ix_claims_doc WHERE doc = ?", (doc,)).fetchone()
            if row:
                first = row[0] << SHIFT
                touched.numbers |= self.untie(first, (row[0] + 1) << SHIFT)
                own = np.frombuffer(row[1], "<i8").tolist()
                self.db.executemany(
                    "DELETE FROM ix_claims_key WHERE key = ? AND n = ?", [(key, first + n) for n, key in enumerate(own)]
                )
                self.db.execute("DELETE FROM ix_claims_doc WHERE n = ?", row[:1])
                keys.update(own)
        return touched, keys

    def untie(self, first: int, after: int) -> set[int]:
        """Forget the edges of the statements `[first, after)`: those at either end, and those in a claim."""
        own = "SELECT statement FROM ix_claims_member WHERE statement >= ? AND statement < ?"
        found = {row[0] for row in self.db.execute(own, (first, after))}
        for end in ("one", "other"):
            where = f"FROM ix_claims_edge WHERE {end} >= ? AND {end} < ?"
            found.update(n for row in self.db.execute(f"SELECT one, other {where}", (first, after)) for n in row)
            self.db.execute(f"DELETE {where}", (first, after))
        return found

    def part(self, number: int, touched: Touched) -> None:
        """Forget all that came of comparing a statement, and note what it was tied to."""
        touched.numbers |= self.untie(number, number + 1)
        for end in ("one", "other"):
            touched.ids |= self._part(end, self.said(number).id)

    def part_all(self, touched: Touched) -> None:
        """The same for all statements."""
        touched.numbers |= {n for (n,) in self.db.execute("SELECT statement FROM ix_claims_member")}
        touched.ids |= {id for row in self.db.execute("SELECT one, other FROM ix_claims_against") for id in row}
        for table in ("edge", "against"):
            self.db.execute(f"DELETE FROM ix_claims_{table}")

    def _part(self, end: str, value: str) -> set[str]:
        """Forget contradictions by one of their ends; the statements (ids) of both."""
        where = f"FROM ix_claims_against WHERE {end} = ?"
        found = {id for row in self.db.execute(f"SELECT one, other {where}", (value,)) for id in row}
        self.db.execute(f"DELETE {where}", (value,))
        return found

    def add(self, document: Document) -> tuple[int, set[int]]:
        """Put a document in: its number and the keys of its statements. Vectors that its analysis left out are made."""
        day, packed, words = self._vectors(document.id) or self._make(document)
        keys = np.frombuffer(packed, MARKS)["key"]
        sql = "INSERT INTO ix_claims_doc (doc, day, size, keys, total) VALUES (?, ?, ?, ?, ?)"
        own = (document.id, day, len(keys), keys.tobytes(), direction(words))
        n = self.db.execute(sql, own).lastrowid or 0
        rows = [(key, (n << SHIFT) + at) for at, key in enumerate(keys.tolist())]
        self.db.executemany("INSERT INTO ix_claims_key VALUES (?, ?)", rows)
        return n, {key for key, _ in rows}

    def _vectors(self, doc: str) -> tuple[int, bytes, bytes] | None:
        sql = "SELECT day, marks, words FROM statement_vectors WHERE doc = ? AND version = ?"
        row: tuple[int, bytes, bytes] | None = self.db.execute(sql, (doc, basis_version())).fetchone()
        return row

    def _make(self, document: Document) -> tuple[int, bytes, bytes]:
        made = compared(document, self.case.of(Statement, document.id), self.case.of(When, document.id), self.encode)
        packed = unpacked(made)
        sql = "INSERT OR REPLACE INTO statement_vectors VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        self.db.execute(sql, (made.doc, made.version, made.day, made.published, *packed))
        return made.day, packed[0], packed[1]

    def held(self) -> list[Held]:
        """Documents in order of their days and numbers, those of unknown day first."""
        return [Held(*row) for row in self.db.execute("SELECT n, doc, day, size FROM ix_claims_doc ORDER BY day, n")]

    def size(self) -> int:
        """How many statements there are."""
        return int(self.db.execute("SELECT coalesce(sum(size), 0) FROM ix_claims_doc").fetchone()[0])

    def rows(self, numbers: Sequence[int]) -> Iterator[list[tuple[bytes, bytes, bytes, bytes]]]:
        """Of documents (numbers, in order of their days) that have statements, some at a time: the marks of these, the
        vectors of title and statements, the direction of all that is stated, and the vectors of frames."""
        sql = """SELECT d.n, marks, words, total, frames FROM ix_claims_doc d JOIN statement_vectors v ON v.doc = d.doc
                 WHERE size > 0 ORDER BY d.day, d.n"""
        if len(numbers) < FEW:
            sql = sql.replace("size > 0", f"d.n IN ({', '.join(map(str, numbers))})")
        wanted = frozenset(numbers)
        found = (row[1:] for row in self.db.execute(sql) if row[0] in wanted)
        while part := list(islice(found, FEW)):
            yield part

    def packed(self, doc: str) -> tuple[bytes, bytes]:
        """The marks of a document's statements, and the vectors of its title and theirs."""
        sql = "SELECT marks, words FROM statement_vectors WHERE doc = ?"
        row: tuple[bytes, bytes] = self.db.execute(sql, (doc,)).fetchone()
        return row

    def demands(self, doc: str) -> bool:
        """Whether a statement of a document that can be a claim demands something."""
        return bool((np.frombuffer(self.packed(doc)[0], MARKS)["mood"] == mood("demand")).any())

    def said(self, number: int) -> Said:
        """A statement by its number."""
        return self.basis(number >> SHIFT).said(number & ((1 << SHIFT) - 1))

    def number(self, doc: str, id: str) -> list[int]:
        """The number of a document's statement (id), nothing where it cannot be a claim."""
        row = self.db.execute("SELECT n FROM ix_claims_doc WHERE doc = ?", (doc,)).fetchone()
        at = self.basis(row[0]).place(id) if row else None
        return [] if at is None else [(row[0] << SHIFT) + at]

    def numbers(self, doc: str) -> range:
        """The numbers of all statements of a document."""
        row = self.db.execute("SELECT n, size FROM ix_claims_doc WHERE doc = ?", (doc,)).fetchone() or (0, 0)
        return range(row[0] << SHIFT, (row[0] << SHIFT) + row[1])

    def linked(self, number: int) -> list[Said]:
        """The statement with this number, nothing where its document is gone."""
        there = self.db.execute("SELECT 1 FROM ix_claims_doc WHERE n = ?", (number >> SHIFT,)).fetchone()
        return [self.said(number)] if there else []

    def _basis(self, n: int) -> Basis:
        sql = """SELECT v.doc, published, words, frames, slots FROM ix_claims_doc d
                 JOIN statement_vectors v ON v.doc = d.doc WHERE n = ?"""
        doc, *held = self.db.execute(sql, (n,)).fetchone()
        return Basis(doc, *held)

    def stock(self, keys: Iterable[int]) -> tuple[set[int], set[int]]:
        """Look again whether sentences (keys) are stock; the statements of those that became so or ceased to be."""
        on, off = set[int](), set[int]()
        for key in sorted(keys):
            was = bool(self.db.execute("SELECT 1 FROM ix_claims_stock WHERE key = ?", (key,)).fetchone())
            if self._is_stock(key) == was:
                continue
            change = "DELETE FROM ix_claims_stock WHERE key = ?" if was else "INSERT INTO ix_claims_stock VALUES (?)"
            self.db.execute(change, (key,))
            (off if was else on).update(self.of_key(key))
        return on, off

    def _is_stock(self, key: int) -> bool:
        few = self.db.execute("SELECT 1 FROM ix_claims_key WHERE key = ? LIMIT ?", (key, STOCK + 1)).fetchall()
        if len(few) <= STOCK:
            return False
        sql = """SELECT count(*), max(day) - min(nullif(day, 0)) FROM
                 (SELECT DISTINCT d.n, day FROM ix_claims_key k JOIN ix_claims_doc d ON d.n = k.n >> ? WHERE key = ?)"""
        docs, spread = self.db.execute(sql, (SHIFT, key)).fetchone()
        return docs > STOCK and (spread or 0) > LASTING

    def of_key(self, key: int) -> list[int]:
        """The statements with this key."""
        return [n for (n,) in self.db.execute("SELECT n FROM ix_claims_key WHERE key = ? ORDER BY n", (key,))]

    def stocked(self) -> npt.NDArray[np.int64]:
        """The keys of stock sentences, sorted."""
        return np.array([k for (k,) in self.db.execute("SELECT key FROM ix_claims_stock ORDER BY key")], dtype=np.int64)

    def edges(self, number: int) -> list[Tie]:
        """The edges of a statement."""
        sql = """SELECT one, other, place FROM ix_claims_edge WHERE one = ?1
                 UNION ALL SELECT one, other, place FROM ix_claims_edge WHERE other = ?1"""
        return self.db.execute(sql, (number,)).fetchall()

    def tie(self, edges: Iterable[Tie]) -> None:
        """Keep edges of two statements each."""
        self.db.executemany("INSERT OR REPLACE INTO ix_claims_edge VALUES (?, ?, ?)", edges)

    def oppose(self, record: Contradiction, place: float) -> None:
        """Keep a contradiction; those with a lower `place` are shown first."""
        body = json.dumps(to_plain(record), ensure_ascii=False)
        docs = (record.left_span.doc, record.right_span.doc)
        row = (record.left, record.right, place, record.id, body, *docs)
        self.db.execute("INSERT OR REPLACE INTO ix_claims_against VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def members(self, ids: Iterable[str]) -> set[int]:
        """The numbers of those statements (ids) that are in a claim."""
        sql = "SELECT statement FROM ix_claims_member WHERE id = ?"
        return {n for id in sorted(ids) for (n,) in self.db.execute(sql, (id,))}

    def leave(self, numbers: Iterable[int], touched: Touched) -> set[str]:
        """Take statements out of their claims; the ids of these."""
        claims = set[str]()
        for number in numbers:
            sql = "SELECT id, claim FROM ix_claims_member WHERE statement = ?"
            for id, claim in self.db.execute(sql, (number,)).fetchall():
                touched.ids.add(id)
                claims.add(claim)
                self.db.execute("DELETE FROM ix_claims_member WHERE statement = ?", (number,))
        return claims

    def join(self, claim: str, members: Iterable[tuple[int, str]]) -> None:
        """Put statements (number, id) into a claim."""
        sql = "INSERT INTO ix_claims_member VALUES (?, ?, ?)"
        self.db.executemany(sql, [(number, id, claim) for number, id in members])

    def turned(self, *, celled: bool) -> bool:
        """Whether statements were last looked for in another way; the new one is noted."""
        before = self.db.execute("SELECT celled FROM ix_claims_way").fetchone()
        self.db.execute("DELETE FROM ix_claims_way")
        self.db.execute("INSERT INTO ix_claims_way VALUES (?)", (celled,))
        return before is not None and bool(before[0]) != celled
