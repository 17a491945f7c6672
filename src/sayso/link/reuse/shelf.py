"""What the linker keeps between runs, in tables of the case file: documents, postings, pairs, owners of links."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from sayso.link.reuse.align import Aligned, Box
from sayso.link.reuse.index import Entry, merged
from sayso.link.reuse.pairs import Pair
from sayso.link.reuse.words import Hashes, Ints

CHUNK = 1 << 20  # postings a row: SQLite holds at most 1 GB in one
ENTRIES = 1 << 16  # in memory at a time
GROWTH = 4  # a segment is merged into the one before it unless that is this many times its size

_TABLES = """
    CREATE TABLE IF NOT EXISTS ix_reuse_document (
        number INTEGER PRIMARY KEY, doc TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, published TEXT NOT NULL,
        publisher TEXT NOT NULL, mark INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS ix_reuse_segment (
        segment INTEGER NOT NULL, chunk INTEGER NOT NULL, postings BLOB NOT NULL, PRIMARY KEY (segment, chunk)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS ix_reuse_pair (
        "left" INTEGER NOT NULL, "right" INTEGER NOT NULL, sizes TEXT NOT NULL, passages BLOB NOT NULL,
        PRIMARY KEY ("left", "right")
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS ix_reuse_pair_right ON ix_reuse_pair ("right");
    CREATE TABLE IF NOT EXISTS ix_reuse_link (
        owner TEXT NOT NULL, link TEXT NOT NULL, PRIMARY KEY (owner, link)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS ix_reuse_link_link ON ix_reuse_link (link);
"""


class Shelf:
    """The linker's tables. Documents are numbered as they come; nothing that is found depends on the numbers."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._entries: dict[int, Entry] = {}
        for statement in _TABLES.split(";"):
            db.execute(statement)

    def entry(self, number: int) -> Entry:
        """What is known of a document."""
        if number not in self._entries:
            if len(self._entries) >= ENTRIES:
                self._entries.clear()
            sql = "SELECT doc, size, published, publisher, mark FROM ix_reuse_document WHERE number = ?"
            self._entries[number] = Entry(*self._db.execute(sql, (number,)).fetchone())
        return self._entries[number]

    @property
    def postings(self) -> int:
        """How many postings there are."""
        sql = "SELECT coalesce(sum(length(postings)), 0) FROM ix_reuse_segment"
        return int(self._db.execute(sql).fetchone()[0]) // 8

    def forget(self) -> frozenset[str]:
        """Forget all but which document gave rise to which links; the ids of the documents there were."""
        before = frozenset(row[0] for row in self._db.execute("SELECT doc FROM ix_reuse_document"))
        for table in ("document", "segment", "pair"):
            self._db.execute(f"DELETE FROM ix_reuse_{table}")
        self._entries.clear()
        return before

    @property
    def file(self) -> Path | None:
        """The case file, None for one in memory."""
        file = self._db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
        return Path(file) if file else None

    def numbers(self) -> list[int]:
        """The numbers of all documents."""
        return [row[0] for row in self._db.execute("SELECT number FROM ix_reuse_document")]

    def sizes(self) -> Ints:
        """How many shingles each document has, by its number."""
        sql = "SELECT number, size FROM ix_reuse_document ORDER BY number"
        rows = np.fromiter(self._db.execute(sql), dtype=np.dtype((np.int64, 2)))
        sizes = np.zeros(rows[:, 0].max(initial=0) + 1, dtype=np.int64)
        sizes[rows[:, 0]] = rows[:, 1]
        return sizes

    def ranks(self) -> Ints:
        """The place in time of each document, by its number; undated ones come last."""
        sql = "SELECT number FROM ix_reuse_document ORDER BY CASE published WHEN '' THEN '9' ELSE published END, doc"
        ordered = np.array([row[0] for row in self._db.execute(sql)], dtype=np.int64)
        ranks = np.zeros(ordered.max(initial=0) + 1, dtype=np.int64)
        ranks[ordered] = np.arange(len(ordered))
        return ranks

    def number(self, doc: str) -> int | None:
        """The number of a document, None where it is not indexed."""
        row = self._db.execute("SELECT number FROM ix_reuse_document WHERE doc = ?", (doc,)).fetchone()
        return None if row is None else int(row[0])

    def enter(self, entry: Entry) -> int:
        """Give a document a number; one that is struck leaves no postings, so that its number may be given again."""
        sql = "INSERT INTO ix_reuse_document (doc, size, published, publisher, mark) VALUES (?, ?, ?, ?, ?)"
        values = (entry.id, entry.size, entry.published, entry.publisher, entry.mark)
        number = int(self._db.execute(sql, values).lastrowid or 0)
        self._entries.pop(number, None)
        return number

    def known(self, number: int) -> bool:
        """Whether a number is that of a document."""
        return self._db.execute("SELECT 1 FROM ix_reuse_document WHERE number = ?", (number,)).fetchone() is not None

    def strike(self, number: int) -> set[int]:
        """Forget a document and its pairs; the numbers of those that it was paired with."""
        partners = {side for pair in self.pairs(number) for side in (pair.left, pair.right)} - {number}
        self._db.execute("DELETE FROM ix_reuse_document WHERE number = ?", (number,))
        self._db.execute('DELETE FROM ix_reuse_pair WHERE "left" = ?1 OR "right" = ?1', (number,))
        self._entries.pop(number, None)
        return partners

    def segments(self) -> list[Hashes]:
        """All postings, in sorted segments."""
        rows: dict[int, list[Hashes]] = {}
        for segment, postings in self._db.execute(
            "SELECT segment, postings FROM ix_reuse_segment ORDER BY segment, chunk"
        ):
            rows.setdefault(segment, []).append(np.frombuffer(postings, dtype="<u8"))
        return [np.concatenate(chunks) if len(chunks) > 1 else chunks[0] for chunks in rows.values()]

    def write(self, before: list[Hashes], after: list[Hashes]) -> None:
        """Put the segments `after` in place of `before`; those that are the same objects are left as they lie."""
        same = 0
        while same < min(len(before), len(after)) and before[same] is after[same]:
            same += 1
        kept = [row[0] for row in self._db.execute("SELECT DISTINCT segment FROM ix_reuse_segment ORDER BY 1")][:same]
        first = kept[-1] + 1 if kept else 0
        self._db.execute("DELETE FROM ix_reuse_segment WHERE segment >= ?", (first,))
        for number, segment in enumerate(after[same:], first):
            chunks = (segment[at : at + CHUNK] for at in range(0, len(segment), CHUNK))
            blobs = ((number, n, chunk.astype("<u8").tobytes()) for n, chunk in enumerate(chunks))
            self._db.executemany("INSERT INTO ix_reuse_segment VALUES (?, ?, ?)", blobs)

    def lay(self, parts: Iterable[Hashes]) -> None:
        """Write the one segment of an empty shelf; `parts` are its postings, sorted throughout."""
        chunks = (part[at : at + CHUNK] for part in parts for at in range(0, len(part), CHUNK))
        blobs = ((n, chunk.astype("<u8").tobytes()) for n, chunk in enumerate(chunks))
        self._db.executemany("INSERT INTO ix_reuse_segment VALUES (0, ?, ?)", blobs)

    def pairs(self, number: int) -> Iterator[Pair]:
        """The pairs of a document, on whichever side it stands."""
        sql = 'SELECT "left", "right", sizes, passages FROM ix_reuse_pair WHERE "left" = ?1 OR "right" = ?1'
        for left, right, sizes, passages in self._db.execute(sql, (number,)):
            one, other = sizes.split()
            yield Pair(left, right, (int(one), int(other)), _unpacked(passages))

    def replace_pairs(self, numbers: Iterable[int], found: Iterable[Pair]) -> set[int]:
        """Put the pairs found in place of all those of `numbers`; the documents (numbers) whose pairs are others."""
        old: dict[tuple[int, int], Pair] = {}
        for number in numbers:
            old.update({(pair.left, pair.right): pair for pair in self.pairs(number)})
        new = {(pair.left, pair.right): pair for pair in found}
        changed = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
        self._db.executemany('DELETE FROM ix_reuse_pair WHERE "left" = ? AND "right" = ?', changed)
        self.add_pairs(new[key] for key in changed if key in new)
        return {number for key in changed for number in key}

    def add_pairs(self, found: Iterable[Pair]) -> None:
        """Write pairs that are not there yet."""
        rows = ((p.left, p.right, f"{p.sizes[0]} {p.sizes[1]}", _packed(p.passages)) for p in found)
        self._db.executemany("INSERT INTO ix_reuse_pair VALUES (?, ?, ?, ?)", rows)

    def links(self, owner: str) -> set[str]:
        """The ids of the links that a document gave rise to."""
        return {row[0] for row in self._db.execute("SELECT link FROM ix_reuse_link WHERE owner = ?", (owner,))}

    def own(self, owner: str, links: Iterable[str]) -> None:
        """Note the links that a document gives rise to, in place of those before."""
        self._db.execute("DELETE FROM ix_reuse_link WHERE owner = ?", (owner,))
        self._db.executemany("INSERT INTO ix_reuse_link VALUES (?, ?)", ((owner, link) for link in sorted(links)))

    def owned(self, link: str) -> bool:
        """Whether any document still gives rise to a link."""
        return self._db.execute("SELECT 1 FROM ix_reuse_link WHERE link = ?", (link,)).fetchone() is not None


def compacted(segments: list[Hashes]) -> list[Hashes]:
    """Segments, each at least `GROWTH` times the next: few to look in, and seldom a large one to write anew."""
    out = list(segments)
    while len(out) > 1 and len(out[-2]) < GROWTH * len(out[-1]):
        out[-2:] = [merged(out[-2:])]
    return out


def _packed(passages: tuple[Aligned, ...]) -> bytes:
    return np.array([[*p.box, *p.left, *p.right] for p in passages], dtype="<i4").tobytes()


def _unpacked(passages: bytes) -> tuple[Aligned, ...]:
    rows = np.frombuffer(passages, dtype="<i4").reshape(-1, 9).tolist()
    return tuple(Aligned(Box(*row[:5]), (row[5], row[6]), (row[7], row[8])) for row in rows)
