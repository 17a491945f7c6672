"""Relating a case: every linker over what changed since it last ran, each in one transaction; then the checks that
see several documents."""

from __future__ import annotations

import pickle
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from sayso.check import ACROSS, CaseCheck
from sayso.filing import insert, rows_of
from sayso.link import LINKERS, Add, Change, Linker
from sayso.records import Span
from sayso.rows import columns, to_row
from sayso.store import KINDS, TABLES, CaseFile
from sayso.versions import room_version

CHECKS = "checks"  # in place of a linker's name
Tell = Callable[[str, int, int], None]
_ID = re.compile(r"[a-z_]+-[0-9a-f]{20}")


def relate(
    case: CaseFile,
    linkers: Sequence[Linker] = LINKERS,
    tell: Tell | None = None,
    *,
    checks: Sequence[CaseCheck] = ACROSS,
) -> int:
    """Bring what is found across documents up to date; how many records were added or withdrawn.

    Stopped at any moment, the same call goes on with the linker that was at work. A linker whose code has changed
    forgets what it found and starts from all documents.
    """
    changes = 0
    for number, linker in enumerate(linkers):
        if tell:
            tell(name(linker), number, len(linkers))
        with case.transaction() as db:
            _begin(db, linker)
            changes += _run(case, db, linker)
    if _stale_checks(case):
        with case.transaction() as db:
            _check(case, db, checks)
    # What a linker touches is no news for those before it.
    with case.transaction() as db:
        db.execute("UPDATE linker SET upto = (SELECT coalesce(max(seq), 0) FROM changed)")
    return changes


def _check(case: CaseFile, db: sqlite3.Connection, checks: Sequence[CaseCheck]) -> None:
    """Make the checks over several documents anew."""
    for (id,) in db.execute("SELECT record FROM linked_by WHERE linker = ?", (CHECKS,)).fetchall():
        _withdraw(db, id)
    for record in sorted({one.id: one for check in checks for one in check(case)}.values(), key=lambda one: one.id):
        for row in rows_of(record, record.doc):
            insert(db, row)
        db.execute("INSERT OR REPLACE INTO linked_by VALUES (?, ?)", (CHECKS, record.id))
    seq = db.execute("SELECT coalesce(max(seq), 0) FROM changed").fetchone()[0]
    db.execute("INSERT OR REPLACE INTO linker VALUES (?, ?, ?)", (CHECKS, room_version("check", "data"), seq))


def _stale_checks(case: CaseFile) -> bool:
    """Whether a document has changed, or the checks have, since they last ran."""
    last = case.rows("SELECT coalesce(max(seq), 0) FROM changed")[0][0]
    done = case.rows("SELECT version, upto FROM linker WHERE name = ?", CHECKS)
    return bool(last) and (not done or done[0] != (room_version("check", "data"), last))


def name(linker: Linker) -> str:
    """What a linker is called: its function's name."""
    function = getattr(linker, "func", linker)  # of a linker that was told its memory
    return str(getattr(function, "__name__", type(function).__name__))


def is_current(case: CaseFile, linkers: Sequence[Linker] = LINKERS) -> bool:
    """Whether every linker has seen every document as it is now."""
    last = case.rows("SELECT coalesce(max(seq), 0) FROM changed")[0][0]
    done = dict(case.rows("SELECT name, upto FROM linker"))
    return all(done.get(name(linker), 0) >= last for linker in linkers)


def _run(case: CaseFile, db: sqlite3.Connection, linker: Linker) -> int:
    upto = db.execute("SELECT upto FROM linker WHERE name = ?", (name(linker),)).fetchone()[0]
    changed = frozenset(row[0] for row in db.execute("SELECT doc FROM changed WHERE seq > ?", (upto,)))
    if not changed:
        return 0
    last = db.execute("SELECT max(seq) FROM changed").fetchone()[0]
    changes, touched = 0, set[str]()
    for change in _drawn(linker(case, changed), case.path):
        changes += 1
        id = change.record.id if isinstance(change, Add) else change.id
        touched |= _documents(db, id)
        _withdraw(db, id)
        if isinstance(change, Add):
            _add(db, linker, change)
            touched |= _documents(db, id)
    # What this linker found is news for those behind it, not for itself.
    for doc in sorted(touched - changed):
        last = db.execute("INSERT OR REPLACE INTO changed (doc) VALUES (?)", (doc,)).lastrowid
    db.execute("UPDATE linker SET upto = ? WHERE name = ?", (last, name(linker)))
    return changes


def _drawn(changes: Iterable[Change], path: Path | None) -> Iterator[Change]:
    """All changes, drawn before the first is given: a linker reads the case as it was.

    Until then they wait in a file beside the case: a case of millions has millions.
    """
    with TemporaryFile(dir=path.parent if path else None) as waiting:
        count = 0
        for change in changes:
            pickle.dump(change, waiting)
            count += 1
        waiting.seek(0)
        for _ in range(count):
            yield pickle.load(waiting)  # written a moment ago by this very process


def _begin(db: sqlite3.Connection, linker: Linker) -> None:
    """Make sure that the linker has a row of its own version; what another version found is forgotten."""
    called, version = name(linker), _version()
    if db.execute("SELECT 1 FROM linker WHERE name = ? AND version = ?", (called, version)).fetchone():
        return
    for (id,) in db.execute("SELECT record FROM linked_by WHERE linker = ?", (called,)).fetchall():
        _withdraw(db, id)
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ?", (f"ix_{called}_*",))
    for (table,) in tables.fetchall():
        db.execute(f'DROP TABLE "{table}"')
    db.execute("INSERT OR REPLACE INTO linker VALUES (?, ?, 0)", (called, version))


def _add(db: sqlite3.Connection, linker: Linker, change: Add) -> None:
    record: Any = change.record
    names = ", ".join(f'"{column}"' for column in columns(type(record)))
    row = to_row(record, "")
    db.execute(f"INSERT INTO {TABLES[type(record)]} ({names}) VALUES ({', '.join('?' * len(row))})", row)
    members = sorted({*_ids(record), *change.docs} - {record.id})
    db.executemany("INSERT OR IGNORE INTO member VALUES (?, ?)", [(member, record.id) for member in members])
    db.execute("INSERT OR REPLACE INTO linked_by VALUES (?, ?)", (name(linker), record.id))


def _withdraw(db: sqlite3.Connection, id: str) -> None:
    # An id begins with its type: a look into every table is a third of what a change costs.
    kind = KINDS[id.partition("-")[0]]
    db.execute(f"DELETE FROM {TABLES[kind]} WHERE id = ?", (id,))
    db.execute("DELETE FROM member WHERE record = ?", (id,))
    db.execute("DELETE FROM linked_by WHERE record = ?", (id,))


def _documents(db: sqlite3.Connection, id: str) -> set[str]:
    """The documents that a record across documents touches."""
    sql = "SELECT member FROM member WHERE record = ? AND member >= 'doc-' AND member < 'doc.'"
    return {row[0] for row in db.execute(sql, (id,))}


def _ids(value: Any) -> Iterator[str]:
    """All ids in a record, however deep; of spans their documents."""
    if isinstance(value, Span):
        yield value.doc
    elif isinstance(value, str):
        if _ID.fullmatch(value):
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _ids(item)
    elif hasattr(value, "__dataclass_fields__"):
        yield from _ids(tuple(getattr(value, field) for field in value.__dataclass_fields__))


@cache
def _version() -> str:
    return room_version("link", "data")
