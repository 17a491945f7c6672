"""Which documents of a whole case share shingles, counted partition by partition in Parquet files by DuckDB.

The same pairs as `Index.shared` and `candidates` find, in a memory that does not grow with the case. Shingles are
parted by their upper bits, so that the partitions, sorted one after the other, are the one sorted segment that later
documents are looked up in; pairs are parted by their first document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any

import numpy as np

from sayso.errors import CaseError
from sayso.link.reuse import index
from sayso.link.reuse.index import BITS, FEW, LEAST, NEARLY, Shared, held_in
from sayso.link.reuse.order import Families
from sayso.link.reuse.pairs import DENSE
from sayso.link.reuse.words import Hashes, Ints

MIB = 1 << 20
LEAST_MEMORY = 64 * MIB  # below it DuckDB cannot sort a partition
SHARE = 128  # of the memory (bytes) one posting of a partition: with the pairs that it makes it takes about as much
SHINGLES = 260  # distinct ones of an article; a wrong guess costs time, not memory
FETCH = 10_000  # rows
_KEYS = 40  # bits of a shingle that count

# A document's distinct shingles with the sentence of each and how many that sentence has. In a whole case documents
# are numbered in the order of their ids, so that the lesser number is the lesser id.
_RARE = f"""
    WITH held AS (SELECT shingle, count(*) AS n FROM part GROUP BY shingle HAVING n BETWEEN 2 AND $common),
    rare AS (SELECT part.*, (n::UBIGINT << {_KEYS}) | shingle AS width FROM part JOIN held USING (shingle))
    SELECT one.number, other.number AS other, one.sentence, one.among, count(*) AS shared, max(one.width) AS widest,
        one.number // $block AS block
    FROM rare one JOIN rare other ON one.shingle = other.shingle AND one.number < other.number
    GROUP BY ALL
"""
_COMMON = """
    WITH held AS (SELECT shingle FROM part GROUP BY shingle HAVING count(*) > $common)
    SELECT shingle, number, row_number() OVER (PARTITION BY shingle ORDER BY rank) <= $anchors AS anchor
    FROM part SEMI JOIN held USING (shingle) JOIN document USING (number)
"""
_MOSTLY = """
    CREATE TABLE mostly AS SELECT number FROM commons JOIN document USING (number)
    GROUP BY number, size HAVING count(*) >= $nearly::DOUBLE * size
"""
_EVERYWHERE = """
    WITH mine AS (SELECT * FROM part SEMI JOIN mostly USING (number))
    SELECT one.number, other.number AS other, count(*) AS many, one.number // $block AS block
    FROM mine one JOIN mine other
        ON one.shingle = other.shingle AND one.number < other.number AND (one.anchor OR other.anchor)
    GROUP BY ALL
"""
_SHARED = f"""
    WITH sentences AS (
        SELECT number, other, sum(shared) AS shared, sum(shared)::DOUBLE / any_value(among) AS dense,
            max(widest) AS widest
        FROM rare GROUP BY number, other, sentence
    ),
    few AS (
        SELECT number, other, sum(shared) AS rare, max(dense) AS dense, max(widest) AS widest
        FROM sentences GROUP BY number, other HAVING rare >= {LEAST}
    ),
    many AS (
        SELECT number, other FROM everywhere
        JOIN document one USING (number) JOIN document its ON its.number = other
        GROUP BY number, other, one.size, its.size HAVING sum(many) >= $nearly::DOUBLE * greatest(one.size, its.size)
    )
    SELECT number, other, coalesce(rare, 0)::INTEGER AS rare, many.number IS NOT NULL AS everywhere,
        CASE WHEN rare < {FEW} THEN dense ELSE 0 END AS dense,
        CASE WHEN rare < {FEW} THEN widest ELSE 0::UBIGINT END AS widest
    FROM few FULL JOIN many USING (number, other)
    WHERE rare >= {FEW} OR few.dense >= $dense::DOUBLE OR many.number IS NOT NULL
"""
_ORDERED = """
    SELECT number, other, rare, dense, everywhere, widest FROM shared
    JOIN family one USING (number) JOIN family its ON its.number = other
    ORDER BY one.head <> its.head, CASE WHEN one.head = its.head THEN one.head ELSE widest END, number, other
"""


@dataclass(frozen=True, slots=True)
class Posted:
    """A document's number with what `Words.shingles` gives: its distinct shingles, their sentences, how many each."""

    number: int
    shingles: Hashes
    sentence: Ints
    among: Ints


@dataclass(frozen=True, slots=True)
class Commons:
    """The common shingles of a case, sorted, in place of its whole index."""

    shingles: Hashes

    def common(self, hashes: Hashes) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Whether each shingle is common."""
        return held_in(self.shingles, hashes >> np.uint64(BITS))


class Partitions:
    """The shingles of a whole case in Parquet files in `folder`, and what is counted from them.

    `memory` (bytes) bounds what DuckDB holds; what does not fit it puts into `folder`. Call `post` for all documents
    in the order of their numbers, then `count`, then the rest.
    """

    def __init__(self, folder: Path, documents: int, memory: int) -> None:
        import duckdb

        memory = max(memory, LEAST_MEMORY)
        self._folder, self._db = folder, duckdb.connect(":memory:", config={"threads": 1})
        self._db.execute(f"SET memory_limit = '{memory // MIB}MiB'")
        self._db.execute("SET temp_directory = $folder", {"folder": str(folder / "spilled")})
        self._count = 1 << (documents * SHINGLES // (memory // SHARE)).bit_length()
        self._block = documents // self._count + 1
        self._batches = 0

    def __enter__(self) -> Partitions:
        return self

    def __exit__(self, _: object, error: BaseException | None, *__: object) -> None:
        import duckdb

        self._db.close()
        if isinstance(error, duckdb.Error | OSError):
            raise CaseError(
                f"The documents cannot be compared in {self._folder} ({error}). Make room there, or allow more memory."
            ) from error

    def post(self, documents: Iterable[Posted]) -> None:
        """Write the shingles of some documents into their partitions."""
        batch = list(documents)
        if not batch:
            return
        columns = {
            "shingle": np.concatenate([one.shingles for one in batch]) >> np.uint64(BITS),
            "number": np.repeat(np.array([one.number for one in batch], np.uint32), [len(o.shingles) for o in batch]),
            "sentence": np.concatenate([one.sentence for one in batch]).astype(np.int32),
            "among": np.concatenate([one.among for one in batch]).astype(np.int32),
        }
        self._db.register("batch", columns)
        bits = _KEYS - (self._count.bit_length() - 1)
        self._copy(f"SELECT *, shingle >> {bits} AS part FROM batch", f"posted/{self._batches}", by="part")
        self._db.unregister("batch")
        self._batches += 1

    def count(self, sizes: Ints, ranks: Ints) -> None:
        """Count what pairs of documents share; `sizes` and `ranks` in time are parallel to the numbers from 0."""
        numbers = np.arange(len(sizes), dtype=np.uint32)
        self._db.register("columns", {"number": numbers, "size": sizes, "rank": ranks})
        self._db.execute("CREATE TABLE document AS SELECT * FROM columns")
        for part in range(self._count):
            if self._view("part", f"posted/*/part={part}/*.parquet"):
                self._copy(_RARE, f"rare/{part}", by="block", block=self._block, common=index.COMMON)
                self._copy(_COMMON, f"common/{part}.parquet", common=index.COMMON, anchors=index.ANCHORS)
        if self._view("commons", "common/*.parquet"):
            self._db.execute(_MOSTLY, {"nearly": NEARLY})
        for part in range(self._count):
            if self._view("part", f"common/{part}.parquet"):
                self._copy(_EVERYWHERE, f"everywhere/{part}", by="block", block=self._block)
        for block in range(self._count + 1):
            self._merge(block)

    def segment(self) -> Iterator[Hashes]:
        """All postings, sorted, a partition at a time."""
        for part in range(self._count):
            if self._view("part", f"posted/*/part={part}/*.parquet"):
                sql = f"SELECT (shingle << {BITS}) | number AS posting FROM part ORDER BY posting"
                yield self._db.execute(sql).fetchnumpy()["posting"]

    def commons(self) -> Commons:
        """The common shingles."""
        if not self._view("commons", "common/*.parquet"):
            return Commons(np.zeros(0, np.uint64))
        found = self._db.execute("SELECT DISTINCT shingle FROM commons ORDER BY shingle").fetchnumpy()["shingle"]
        return Commons(found.astype(np.uint64))

    def shared(self, families: Families) -> Iterator[Shared]:
        """The pairs worth a closer look, in the order of `together`; `families` is filled with what it says."""
        if not self._view("shared", "shared/*.parquet"):
            return
        strong = f"SELECT number, other FROM shared WHERE rare >= {FEW} OR everywhere"
        for one, other in self._rows(strong):
            families.join(one, other)
        ((last,),) = self._db.execute("SELECT max(number) FROM document").fetchall()
        heads = np.fromiter(map(families.head, range(last + 1)), np.uint32, last + 1)
        self._db.register("heads", {"number": np.arange(last + 1, dtype=np.uint32), "head": heads})
        self._db.execute("CREATE OR REPLACE TABLE family AS SELECT * FROM heads")
        for number, other, rare, dense, everywhere, widest in self._rows(_ORDERED):
            yield Shared(number, other, rare, dense, everywhere, (widest & ((1 << _KEYS) - 1)) << BITS)

    def _merge(self, block: int) -> None:
        """What is counted of the pairs of some first documents, added up over all partitions."""
        rare = self._view("rare", f"rare/*/block={block}/*.parquet")
        if not rare:
            self._db.execute("""CREATE OR REPLACE VIEW rare AS SELECT 0 AS number, 0 AS other, 0 AS sentence,
                0 AS among, 0 AS shared, 0::UBIGINT AS widest WHERE false""")
        many = self._view("everywhere", f"everywhere/*/block={block}/*.parquet")
        if not many:
            empty = "CREATE OR REPLACE VIEW everywhere AS SELECT 0 AS number, 0 AS other, 0 AS many WHERE false"
            self._db.execute(empty)
        if rare or many:
            self._copy(_SHARED, f"shared/{block}.parquet", nearly=NEARLY, dense=DENSE)

    def _view(self, name: str, files: str) -> bool:
        """Give files a name in SQL; False where there are none."""
        if not next(self._folder.glob(files), None):
            return False
        path = f"{escape(str(self._folder))}/{files}".replace("'", "''")
        self._db.execute(
            f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{path}', hive_partitioning=false)"
        )
        return True

    def _copy(self, sql: str, path: str, *, by: str = "", **values: Any) -> None:
        """Write what a query gives, as one file or as one a value of the column `by`."""
        to = self._folder / path
        to.parent.mkdir(parents=True, exist_ok=True)
        options = f"FORMAT parquet{f', PARTITION_BY ({by})' if by else ''}"
        name = str(to).replace("'", "''")
        self._db.execute(f"COPY ({sql}) TO '{name}' ({options})", values or None)

    def _rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        found = self._db.execute(sql)
        while rows := found.fetchmany(FETCH):
            yield from rows
