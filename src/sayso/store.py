"""A case: one SQLite file that holds raw bytes, documents, what was found in them, and people's judgements.

Everything but `judgement` and the raw bytes is derived and can be made again. `filing.py` writes documents.
"""

from __future__ import annotations

import html
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Generic, Self, TypeVar
from urllib.parse import quote as url_quote

from sayso.errors import CaseError, SaysoError, UsageError
from sayso.records import (
    FOUND,
    LINKED,
    TYPES,
    Actor,
    CausalLink,
    Check,
    Citation,
    ClaimCluster,
    Contradiction,
    Document,
    Event,
    EventCluster,
    Hop,
    Judgement,
    Link,
    LoadedWord,
    Mention,
    Meta,
    Part,
    Pattern,
    Place,
    Problem,
    Relation,
    ReuseLink,
    Span,
    Statement,
    Tie,
    When,
)
from sayso.rows import columns, exact, from_row, read_text, readable
from sayso.schema import STEPS

T = TypeVar("T")

# The table of each type of record; an id begins with its type's, `doc` for a document.
TABLES: dict[type, str] = {
    Document: "document", Mention: "mention", When: "timex", Place: "place", Statement: "statement", Event: "event",
    CausalLink: "causal_link", Tie: "tie", LoadedWord: "loaded_word", Check: "consistency_check", Actor: "actor",
    EventCluster: "event_cluster", ReuseLink: "reuse_link", Citation: "citation", ClaimCluster: "claim_cluster",
    Contradiction: "contradiction", Relation: "relation", Pattern: "pattern", Problem: "problem",
    Judgement: "judgement",
}  # fmt: skip
KINDS: dict[str, type] = TYPES | {"doc": Document}
_BUSY_SECONDS = 10
_CHARS_KEPT = 8_000_000  # of texts to quote from: exports go by id, and so from document to document


class Records(Generic[T]):
    """The records of one type in a case: iterate as often as you like, `len` counts, nothing is held in memory."""

    def __init__(self, case: CaseFile, kind: type[T]) -> None:
        self._case, self._kind = case, kind

    def __iter__(self) -> Iterator[T]:
        return self._case.of(self._kind)

    def __len__(self) -> int:
        return self._case.count(self._kind)

    def __repr__(self) -> str:
        return f"<{len(self)} {TABLES[self._kind]}s of {self._case.name}>"


class CaseFile:
    """A case in a file; reads as the `Case` protocol says. Use it in a `with` block, or call `close`."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.db, self.path = connection, path
        self._texts: dict[str, str] = {}
        self._kept = 0  # characters in _texts

    @property
    def name(self) -> str:
        """The file's name, for people."""
        return self.path.name if self.path else "case in memory"

    @property
    def documents(self) -> Records[Document]:
        """All documents, by id; superseded ones are left out."""
        return Records(self, Document)

    @property
    def statements(self) -> Records[Statement]:
        """All statements, by document and place."""
        return Records(self, Statement)

    @property
    def mentions(self) -> Records[Mention]:
        """All mentions, by document and place."""
        return Records(self, Mention)

    @property
    def times(self) -> Records[When]:
        """All words for a time, by document and place."""
        return Records(self, When)

    @property
    def places(self) -> Records[Place]:
        """All names of places, by document and place."""
        return Records(self, Place)

    @property
    def events(self) -> Records[Event]:
        """All events, by document and place."""
        return Records(self, Event)

    @property
    def causal_links(self) -> Records[CausalLink]:
        """All dominoes, by document and place."""
        return Records(self, CausalLink)

    @property
    def ties(self) -> Records[Tie]:
        """All that actors are said to be to one another, by document and place."""
        return Records(self, Tie)

    @property
    def loaded_words(self) -> Records[LoadedWord]:
        """All loaded words, by document and place."""
        return Records(self, LoadedWord)

    @property
    def checks(self) -> Records[Check]:
        """All checks, failed, passed and undecided, by document and place."""
        return Records(self, Check)

    @property
    def actors(self) -> Records[Actor]:
        """All actors across documents, by id."""
        return Records(self, Actor)

    @property
    def claims(self) -> Records[ClaimCluster]:
        """All claims across documents, by id."""
        return Records(self, ClaimCluster)

    @property
    def relations(self) -> Records[Relation]:
        """All relations between actors across documents, by id."""
        return Records(self, Relation)

    @property
    def problems(self) -> Records[Problem]:
        """All problems, by document and id."""
        return Records(self, Problem)

    @property
    def judgements(self) -> Records[Judgement]:
        """All judgements ever given, oldest first."""
        return Records(self, Judgement)

    def of(self, kind: type[T], doc: str | None = None) -> Iterator[T]:
        """The records of one type, of one document or of all, sorted by document and place.

        Of what is found across documents: those that touch the document, sorted by id.
        """
        if doc is None:
            return self._stream(kind, "", _order(kind), ())
        if kind is Judgement:
            raise UsageError("Judgements are not kept by document: leave out doc, or use sayso.judged(case).")
        if kind in LINKED:
            return self.about(kind, doc)
        return self._stream(kind, f" WHERE {'id' if kind is Document else 'doc'} = ?", _order(kind), (doc,))

    def about(self, kind: type[T], id: str) -> Iterator[T]:
        """What was found across documents that holds the document or record `id`, sorted by id."""
        where = " WHERE id IN (SELECT record FROM member WHERE member = ?)"
        return self._stream(kind, where, "id", (id,))

    def by_id(self, kind: type[T]) -> Iterator[T]:
        """The records of one type, sorted by id: the order of exports."""
        return self._stream(kind, "", "id", ())

    def get(self, id: str) -> Any:
        """The record with this id, superseded documents too. Raises UsageError where there is none."""
        found = self.find(id)
        if found is None:
            raise UsageError(f"{self.name} holds no record {id!r}. `sayso export CASE` lists every record with its id.")
        return found

    def find(self, id: str) -> Any:
        """The record with this id, None where there is none."""
        kind = KINDS.get(id.partition("-")[0])
        return next(self._stream(kind, " WHERE id = ?", "id", (id,), current=False), None) if kind else None

    def whole_id(self, beginning: str) -> str:
        """The id that begins so, or what was given where there is none. Raises UsageError where there are several.

        Of a statement, which people judge most, the digits alone will do ("5f32d5b8").
        """
        if beginning and "-" not in beginning:
            beginning = f"statement-{beginning}"
        kind = KINDS.get(beginning.partition("-")[0])
        # "~" comes after every character of an id.
        sql = f"SELECT DISTINCT id FROM {TABLES.get(kind or Document)} WHERE id >= ? AND id < ? ORDER BY id LIMIT 3"
        found = [row[0] for row in self.rows(sql, beginning, beginning + "~")] if kind else []
        if len(found) > 1 and beginning not in found:
            some = ", ".join(found[:2])
            raise UsageError(f"Several records begin with {beginning!r} ({some} ...): write more of it.")
        return found[0] if len(found) == 1 else beginning

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return self._text(span.doc)[span.start : span.end]

    def around(self, span: Span, width: int) -> tuple[str, str]:
        """Up to `width` characters before a span and after it."""
        text = self._text(span.doc)
        return text[max(0, span.start - width) : span.start], text[span.end : span.end + width]

    def count(self, kind: type) -> int:
        """How many records of a type there are."""
        source = "(SELECT DISTINCT id FROM problem)" if kind is Problem else TABLES[kind]
        where = " WHERE superseded IS NULL" if kind is Document else ""
        return int(self.rows(f"SELECT count(*) FROM {source}{where}")[0][0])

    def raw(self, sha256: str) -> bytes:
        """The bytes of an item as they were read. Raises UsageError for an unknown hash, CaseError for damage."""
        rows = self.rows("SELECT zlib FROM raw WHERE sha256 = ?", sha256)
        if not rows:
            raise UsageError(f"{self.name} holds no bytes with the SHA-256 {sha256}.")
        try:
            return zlib.decompress(rows[0][0])
        except zlib.error as error:
            raise CaseError(f"{self.name}: the stored bytes {sha256} are damaged ({error}).") from error

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises CaseError, saying what to do, where SQLite fails."""
        with explained(self.path):
            return self.db.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is written inside is there after it, or nothing of it."""
        with explained(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            finally:
                self._texts.clear()
                self._kept = 0
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        try:
            counts = [f"{self.count(kind)} {TABLES[kind]}s" for kind in (Document, Statement, Mention, Problem)]
        except SaysoError:
            counts = ["closed"]
        return f"<{self.name}: {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        sql = "SELECT coalesce(title, name), publisher, published, statements FROM documents ORDER BY id LIMIT 20"
        rows = self.rows(sql)
        body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in rows)
        head = "<tr><th>document</th><th>publisher</th><th>published</th><th>statements</th></tr>"
        return f"<table><caption>{html.escape(readable(repr(self)[1:-1]))}</caption>{head}{body}</table>"

    def _text(self, doc: str) -> str:
        if doc not in self._texts:
            rows = self.rows("SELECT text, text_exact FROM document WHERE id = ?", doc)
            if not rows:
                raise UsageError(f"{self.name} holds no document {doc!r}.")
            self._kept += len(rows[0][0])
            while self._texts and self._kept > _CHARS_KEPT:
                self._kept -= len(self._texts.pop(next(iter(self._texts))))
            self._texts[doc] = read_text(rows[0], doc)
        return self._texts[doc]

    def _stream(
        self, kind: Any, where: str, order: str, values: tuple[str, ...], *, current: bool = True
    ) -> Iterator[Any]:
        # One problem may stand at several places.
        sql = f"SELECT {'DISTINCT ' if kind is Problem else ''}{_columns(kind)} FROM {TABLES[kind]}{where}"
        if kind is Document and current:
            sql += f" {'AND' if where else 'WHERE'} superseded IS NULL"
        with explained(self.path):
            for row in self.db.execute(f"{sql} ORDER BY {order}", values):
                yield self._record(kind, row)

    def _record(self, kind: Any, row: tuple[Any, ...]) -> Any:
        if kind is Document:
            return from_row(Document, row, row[0], **self._parts_of(row[0]))
        if kind is Statement:
            return from_row(Statement, row[1:], row[0], chain=self._children(Hop, "hop", "statement", (row[1], row[0])))
        return from_row(kind, row[1:], row[0])

    def _parts_of(self, doc: str) -> dict[str, Any]:
        return {
            "authors": self._children(Meta, "author", "doc", (doc, doc)),
            "parts": self._children(Part, "part", "doc", (doc, doc)),
            "links": self._children(Link, "link", "doc", (doc, doc)),
        }

    def _children(self, kind: type[T], table: str, owner: str, ids: tuple[str, str]) -> tuple[T, ...]:
        sql = f"SELECT {', '.join(columns(kind))} FROM {table} WHERE {owner} = ? ORDER BY position"
        return tuple(from_row(kind, row, ids[1]) for row in self.db.execute(sql, ids[:1]))


def open_case(path: str | Path) -> CaseFile:
    """Open a case file that exists, to read it and to judge. Raises CaseError."""
    file = Path(path)
    if not file.is_file():
        raise CaseError(f"There is no case file {file}. `sayso trace PATH... -o {file}` makes one.")
    return _open(file, "rw")


def create_case(path: str | Path | None = None) -> CaseFile:
    """Open a case file to write it, making it where it does not exist; None makes a case that goes when closed."""
    if path is None:
        # The empty name is SQLite's private temporary database: it grows on disk, not in memory.
        return _prepare(CaseFile(sqlite3.connect("", isolation_level=None), None))
    file = Path(path)
    if file.is_dir():
        raise CaseError(f"{file} is a folder. Name a file for the case, such as {file / 'case.sayso'}.")
    if not file.parent.is_dir():
        raise CaseError(f"The folder {file.parent} does not exist. Make it first, or name another place with -o.")
    return _open(file, "rwc")


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Turn SQLite's errors into CaseErrors that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        name = str(path) if path else "the case in memory"
        raise CaseError(f"{name}: {error}. {_advice(str(error))}") from error


def _open(file: Path, mode: str) -> CaseFile:
    with explained(file):
        case = CaseFile(_connect(file, f"mode={mode}"), file)
        try:
            case.db.execute("SELECT count(*) FROM sqlite_schema")
        except sqlite3.OperationalError:
            # A WAL database in a folder that may not be written can only be read as one that nobody changes.
            if mode == "rwc" or file.with_name(file.name + "-wal").exists():
                raise
            case.close()
            case = CaseFile(_connect(file, "mode=ro&immutable=1"), file)
        return _prepare(case)


def _connect(file: Path, options: str) -> sqlite3.Connection:
    uri = f"file:{url_quote(str(file.absolute()).encode('utf-8', 'surrogateescape'))}?{options}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_BUSY_SECONDS)


def _prepare(case: CaseFile) -> CaseFile:
    try:
        with explained(case.path):
            case.db.execute("PRAGMA foreign_keys = ON")
            case.db.execute("PRAGMA synchronous = NORMAL")
            _migrate(case)
    except BaseException:
        case.close()
        raise
    return case


def _migrate(case: CaseFile) -> None:
    version = _version(case)
    if version > len(STEPS):
        raise CaseError(
            f"{case.name} was written by a newer sayso (schema {version}; this one knows {len(STEPS)}). "
            "Update with `pip install --upgrade sayso`."
        )
    if version == len(STEPS):
        return
    case.db.execute("PRAGMA journal_mode = WAL")
    with case.transaction():
        for number in range(_version(case), len(STEPS)):
            for statement in _statements(STEPS[number]):
                case.db.execute(statement)
            case.db.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (str(number + 1),))


def _version(case: CaseFile) -> int:
    tables = {row[0] for row in case.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not tables:
        return 0
    row = case.db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() if "seen" in tables else None
    if row is None:
        raise CaseError(f"{case.name} is an SQLite file, but not a case of sayso. Name another file with -o.")
    return int(row[0])


def _statements(script: str) -> Iterator[str]:
    """The single statements of a script; `executescript` would commit the transaction they stand in."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


@cache
def _columns(kind: type) -> str:
    """The columns of a type as SQL; records that stand in a document have its id first, others nothing."""
    names = ", ".join(f'"{name}"' for name in columns(kind))
    if kind is Document:
        return names
    return f"{'doc' if kind in (*FOUND, Problem) else repr('')}, {names}"


def _order(kind: type) -> str:
    if kind in FOUND:
        return "doc, place, id"
    return {Judgement: "at, id", Problem: "doc, id"}.get(kind, "id")


def _cell(value: Any) -> str:
    return f"<td>{html.escape(readable(exact(str('' if value is None else value))))}</td>"


def _advice(message: str) -> str:
    for words, advice in _ADVICE.items():
        if words in message:
            return advice
    return "Try `sayso verify CASE`; if the file is damaged, trace into a new one."


_ADVICE = {
    "locked": "Another program is writing to it: wait until it has finished, or close it, and try again.",
    "readonly": "It cannot be written: check its permissions and those of its folder, or copy it elsewhere.",
    "unable to open": "Check that the folder exists and that you may read and write in it.",
    "full": "The disk is full: make room and run the same command again; what was acknowledged is kept.",
    "not a database": "It is not a case file, or its start is damaged: name another file, or restore a copy.",
    "malformed": "The file is damaged: restore a copy, or trace the articles into a new case.",
    "closed": "The case was closed: open it again with sayso.open_case.",
    "disk I/O": "The disk or its connection failed: check it, then run the same command again.",
    "newer": "Update with `pip install --upgrade sayso`.",
}
